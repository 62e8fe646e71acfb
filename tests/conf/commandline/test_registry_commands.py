"""Registries as an operator and a town type them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stadtamt.conf.commandline import main
from stadtamt.packages.archive import unpack


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own and a package of an author."""
    monkeypatch.setenv("STADTAMT_DATA", str(tmp_path / "data"))
    assert main(["package", "new", "fundsache-melden", "--into", str(tmp_path)]) == 0
    return tmp_path


def build(place: Path) -> None:
    assert main(["registry", "build", str(place / "bund"), str(place / "fundsache-melden")]) == 0


def test_from_the_authors_folder_to_a_towns_search(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(place)
    root = place / "bund/metadata/1.root.json"
    assert main(["registry", "add", "bund", str(place / "bund"), "--root", str(root)]) == 0
    assert main(["registry", "sign", str(place / "bund")]) == 0
    capsys.readouterr()
    assert main(["registry", "search", "fundsache"]) == 0
    shown = capsys.readouterr().out
    assert "[fundsache-melden 0.1.0, Register bund]" in shown
    assert "Reifegrad: Stufe" in shown
    assert "{" not in shown
    assert "Noch meldet keine Kommune" in shown


def test_packing_twice_gives_the_same_file(place: Path) -> None:
    for name in ("a.leistung", "b.leistung"):
        assert main(["package", "pack", str(place / "fundsache-melden"), "--out", str(place / name)]) == 0
    assert (place / "a.leistung").read_bytes() == (place / "b.leistung").read_bytes()
    assert "service.toml" in unpack((place / "a.leistung").read_bytes()).files
    assert (place / "data/keys/author.json").stat().st_mode & 0o777 == 0o600


def test_a_package_with_errors_is_neither_packed_nor_published(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "fundsache-melden" / "form.yaml").write_text("form: x")
    assert main(["package", "pack", str(place / "fundsache-melden"), "--out", str(place / "a.leistung")]) == 1
    assert main(["registry", "build", str(place / "bund"), str(place / "fundsache-melden")]) == 1
    assert "hat Fehler: form.yaml" in capsys.readouterr().err
    assert not (place / "a.leistung").exists()
    assert not (place / "bund").exists()


def test_an_archive_of_another_author_keeps_its_author(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = place / "fremd.leistung"
    key = ["--key", str(place / "fremd.json")]
    assert main(["package", "pack", str(place / "fundsache-melden"), "--out", str(archive), *key]) == 0
    assert main(["registry", "build", str(place / "bund"), str(archive)]) == 0
    assert unpack(archive.read_bytes()).key_id[:12] in capsys.readouterr().out


def test_keys_are_exchanged_and_versions_withdrawn(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(place)
    assert main(["registry", "sign", str(place / "bund"), "--rotate", "targets"]) == 0
    assert main(["registry", "sign", str(place / "bund"), "--withdraw", "fundsache-melden@0.1.0"]) == 0
    assert main(["registry", "sign", str(place / "bund"), "--withdraw", "fundsache-melden"]) == 1
    assert "Bitte Kennung und Version angeben" in capsys.readouterr().err


def test_without_a_registry_the_search_says_what_to_do(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registry", "search", "hund"]) == 1
    assert "Bitte zuerst „registry add“ benutzen" in capsys.readouterr().err
    assert main(["registry", "serve", str(place)]) == 1
    assert "liegt kein Register" in capsys.readouterr().err


def test_a_served_registry_ends_in_an_orderly_way(place: Path) -> None:
    build(place)
    words = [sys.executable, "-m", "stadtamt.conf.commandline", "registry", "serve", str(place / "bund"), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[2]
        root = place / "bund/metadata/1.root.json"
        assert main(["registry", "add", "netz", address, "--root", str(root)]) == 0
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=10) == 0


def test_what_is_no_plain_file_is_not_waited_for(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(place)
    os.mkfifo(place / "pipe")
    assert main(["registry", "build", str(place / "bund"), str(place / "pipe")]) == 1
    assert main(["package", "check", str(place / "pipe")]) == 1
    assert main(["registry", "add", "b", str(place / "bund"), "--root", str(place / "pipe")]) == 1
    assert capsys.readouterr().err.count("ist keine gewöhnliche Datei") == 3
