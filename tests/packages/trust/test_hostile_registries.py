"""Registries that were broken into or mean harm: each refusal has its own class and sentence, and nothing is kept."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tuf.api.metadata import TargetFile

from packages.hostile.guards import tree_of
from packages.trust.forging import edit_json, forge, unused_port, web
from packages.trust.samples import NOW, STRANGER, Place, archive_of, make_place
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.trust import Registry, RegistryKeys, add, create, problems, rotate, sign

SERVICE, VERSION = "anwohnerparken", "1.0.0"
PATH = f"{SERVICE}/{SERVICE}-{VERSION}.leistung"
LATE = NOW + timedelta(days=15)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path, archive_of())


def expire(role: str) -> Callable[[Place], None]:
    def change(signed: Any) -> None:
        signed.expires = NOW - timedelta(days=1)

    return lambda place: forge(place, role, change)


def on_target(change: Callable[[TargetFile], object]) -> Callable[[Place], None]:
    return lambda place: forge(place, "targets", lambda signed: change(signed.targets[PATH]))


def custom(**words: object) -> Callable[[Place], None]:
    return on_target(lambda target: target.custom.update(words))


def archive_file(place: Place) -> Path:
    return next((place.folder / "targets").rglob("*.leistung"))


def replace_archive(content: Callable[[bytes], bytes]) -> Callable[[Place], None]:
    return lambda place: void(archive_file(place).write_bytes(content(archive_file(place).read_bytes())))


def other_archive(data: bytes) -> Callable[[Place], None]:
    """The registry itself signs another archive under the old words."""

    def change(place: Place) -> None:
        target = TargetFile.from_data(PATH, data)
        file = place.folder / "targets" / target.get_prefixed_paths()[0]
        file.write_bytes(data)
        on_target(lambda old: (setattr(old, "hashes", target.hashes), setattr(old, "length", target.length)))(place)

    return change


def rename_target(name: str) -> Callable[[Place], None]:
    def change(signed: Any) -> None:
        signed.targets = {name: signed.targets[PATH]}

    return lambda place: forge(place, "targets", change)


def older(role: str) -> Callable[[Place], None]:
    """A new, well signed state that leads to an older one."""

    def change(place: Place) -> None:
        def point(signed: Any) -> None:
            meta = signed.snapshot_meta if role == "snapshot" else signed.meta["targets.json"]
            meta.version, meta.hashes, meta.length = 1, None, None

        forge(place, "timestamp" if role == "snapshot" else "snapshot", point)

    return change


def pipe(place: Place) -> None:
    place.metadata("timestamp.json").unlink()
    os.mkfifo(place.metadata("timestamp.json"))


def link(place: Place) -> None:
    real = archive_file(place)
    real.rename(real.with_name("real"))
    real.symlink_to("real")


def foreign_root(place: Place) -> None:
    other = Place(place.folder.parent / "other", RegistryKeys(place.folder.parent / "other-keys"), place.known)
    create(other.folder, other.keys, now=NOW)
    rotate(other.folder, other.keys, "root", now=NOW)
    shutil.copy(other.metadata("2.root.json"), place.metadata("2.root.json"))


def own_key_in_timestamp(place: Place) -> None:
    edit_json(place, "timestamp.json", lambda data: data["signatures"][0].update(keyid="0" * 64))


def skip_root(place: Place) -> None:
    rotate(place.folder, place.keys, "timestamp", now=NOW)
    rotate(place.folder, place.keys, "timestamp", now=NOW)
    place.metadata("3.root.json").replace(place.metadata("2.root.json"))


def bad_adoptions(place: Place) -> None:
    target = TargetFile.from_data("adoptions.json", b"[]")
    (place.folder / "targets" / target.get_prefixed_paths()[0]).write_bytes(b"[]")
    forge(place, "targets", lambda signed: signed.targets.update({"adoptions.json": target}))


def void(_: object) -> None:
    """The result is of no interest."""


ATTACKS: dict[str, tuple[Callable[[Place], object], type[PackageProblem], str]] = {
    "timestamp expired": (expire("timestamp"), problems.RegistryExpired, "jemand hält Neues zurück"),
    "snapshot expired": (expire("snapshot"), problems.RegistryExpired, "Stand des Registers ist abgelaufen"),
    "targets expired": (expire("targets"), problems.RegistryExpired, "Liste der Leistungen"),
    "older snapshot": (older("snapshot"), problems.RegistryRolledBack, "älteren Stand"),
    "older targets": (older("targets"), problems.RegistryRolledBack, "älteren Stand"),
    "timestamp changed": (
        lambda p: edit_json(p, "timestamp.json", lambda d: d["signed"].update(version=99)),
        problems.RegistryTampered,
        "nachdem sie unterschrieben war",
    ),
    "targets changed": (
        lambda p: (forge(p, "targets", void), edit_json(p, "3.targets.json", lambda d: d["signed"]["targets"].clear())),
        PackageProblem,
        "passen zwei Angaben nicht|mehr Daten",
    ),
    "timestamp unsigned": (
        lambda p: edit_json(p, "timestamp.json", lambda d: d["signatures"].clear()),
        problems.RegistryUnsigned,
        "nicht unterschrieben",
    ),
    "signed by an unknown key": (own_key_in_timestamp, problems.UnknownKey, "dem es selbst nicht vertraut"),
    "root of somebody else": (foreign_root, problems.UnknownKey, "dem es selbst nicht vertraut"),
    "root left out": (skip_root, PackageProblem, "passen zwei Angaben nicht|nicht vertraut"),
    "two states mixed": (
        lambda p: (
            forge(p, "targets", void),
            shutil.copy(p.metadata("2.snapshot.json"), p.metadata("3.snapshot.json")),
        ),
        problems.MixedUp,
        "passen zwei Angaben nicht",
    ),
    "archive changed": (
        replace_archive(lambda data: data.replace(b"Parkausweis", b"Porkausweis")),
        problems.RegistryTampered,
        "verändert",
    ),
    "archive too short": (replace_archive(lambda data: data[:-1]), problems.WrongSize, "größer oder kleiner"),
    "archive too long": (replace_archive(lambda data: data + b"x"), problems.EndlessData, "mehr Daten"),
    "archive announced huge": (
        on_target(lambda target: setattr(target, "length", 10**12)),
        problems.WrongSize,
        "größer ist als 10 MB",
    ),
    "archive gone": (lambda p: archive_file(p).unlink(), problems.NotThere, "fehlt eine Datei"),
    "archive is a link": (link, PackageProblem, "nicht erreichbar"),
    "timestamp is a pipe": (pipe, problems.RegistryTampered, "keine gewöhnliche Datei"),
    "timestamp endlessly deep": (
        lambda p: p.metadata("timestamp.json").write_bytes(b"[" * 16_000),
        problems.RegistryTampered,
        "unlesbar",
    ),
    "timestamp huge": (
        lambda p: p.metadata("timestamp.json").write_bytes(b" " * 20_000),
        problems.EndlessData,
        "mehr Daten",
    ),
    "timestamp gone": (lambda p: p.metadata("timestamp.json").unlink(), problems.NotThere, "fehlt eine Datei"),
    "everything gone": (lambda p: shutil.rmtree(p.folder), problems.Unreachable, "nicht erreichbar"),
    "path traversal": (rename_target("../../../x/y.leistung"), problems.RegistryTampered, "unlesbaren Angaben"),
    "absolute target": (rename_target("/etc/passwd"), problems.RegistryTampered, "unlesbaren Angaben"),
    "words without sense": (custom(version="latest"), problems.RegistryTampered, "unlesbaren Angaben"),
    "words without end": (custom(title="x" * 10_000), problems.RegistryTampered, "unlesbaren Angaben"),
    "words that write on the terminal": (custom(title="\x1b[2J"), problems.RegistryTampered, "unlesbaren Angaben"),
    "archive of another author": (
        other_archive(archive_of(author=STRANGER)),
        problems.RegistryTampered,
        "nicht von dem Urheber",
    ),
    "archive of another service": (other_archive(archive_of("hallen")), problems.RegistryTampered, "andere Leistung"),
    "archive of another version": (other_archive(archive_of(version="0.9.0")), problems.RegistryTampered, "andere"),
    "no archive at all": (other_archive(b"\x7fELF"), PackageProblem, "kein Leistungsarchiv"),
    "list of towns without sense": (bad_adoptions, problems.RegistryTampered, "Liste der nutzenden Kommunen"),
}


def ask_everything(registry: Registry) -> None:
    registry.refresh(now=NOW)
    registry.fetch(SERVICE, now=NOW)


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: case.replace(" ", "-"))
def test_an_attack_is_refused_for_its_own_reason(case: str, place: Place) -> None:
    attack, kind, sentence = ATTACKS[case]
    registry = place.known_as("bund")
    ask_everything(registry)
    attack(place)
    began = time.perf_counter()
    with pytest.raises(kind, match=sentence):
        ask_everything(registry)
    assert time.perf_counter() - began < 2
    kept = tree_of(place.known)
    assert not [name for name in kept if not name.startswith("bund/metadata/") and name.count("/") > 1]


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: case.replace(" ", "-"))
def test_a_registry_under_attack_is_not_even_added(case: str, place: Place, tmp_path: Path) -> None:
    """Except where only somebody who knew the older state can see it."""
    attack = ATTACKS[case][0]
    root = place.root
    attack(place)
    if case in ("older snapshot", "older targets") or "archive" in case:
        return
    with pytest.raises(PackageProblem):
        add(place.known, name="bund", address=str(place.folder), root=root, now=NOW)
    assert not place.known.exists() or not tree_of(place.known)


def test_a_registry_that_goes_back_to_yesterday_is_refused(place: Place, tmp_path: Path) -> None:
    shutil.copytree(place.folder, tmp_path / "yesterday")
    place.publish(archive_of(version="1.1.0"))
    registry = place.known_as("bund")
    shutil.rmtree(place.folder)
    (tmp_path / "yesterday").rename(place.folder)
    with pytest.raises(problems.RegistryRolledBack, match="älteren Stand"):
        registry.refresh(now=NOW)


def test_a_registry_frozen_for_two_weeks_is_refused(place: Place) -> None:
    registry = place.known_as("bund")
    with pytest.raises(problems.RegistryExpired, match="jemand hält Neues zurück"):
        registry.search("park", now=LATE)
    sign(place.folder, place.keys, now=LATE)
    assert registry.search("park", now=LATE)


def test_a_root_of_another_registry_pins_nothing(place: Place, tmp_path: Path) -> None:
    other = make_place(tmp_path / "other")
    with pytest.raises(problems.UnknownKey):
        add(place.known, name="bund", address=str(place.folder), root=other.root, now=NOW)
    assert not tree_of(place.known)


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 9000, b"x" * 600_000, b'{"signed": {"_type": "root"}}'])
def test_what_is_no_root_pins_nothing(place: Place, content: bytes) -> None:
    with pytest.raises(problems.RootRefused):
        add(place.known, name="bund", address=str(place.folder), root=content, now=NOW)
    assert not place.known.exists()


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "file:///etc",
        "http://a:b@example.org/",
        "http://example.org/?x=1",
        "http://example.org/../x",
        "http://",
        "https://example.org:99999/",
        "registry",
        "",
        "http://exa mple.org/",
        "gopher://x",
    ],
)
def test_what_is_no_address_is_not_even_tried(place: Place, address: str) -> None:
    with pytest.raises(problems.AddressRefused):
        add(place.known, name="bund", address=address, root=place.root, now=NOW)


@pytest.mark.parametrize("name", ["", "../x", "A", "a/b", "a" * 60, ".hidden"])
def test_what_is_no_name_becomes_no_folder(place: Place, name: str) -> None:
    with pytest.raises(problems.AddressRefused):
        add(place.known, name=name, address=str(place.folder), root=place.root, now=NOW)


def redirect(handler: Any) -> None:
    handler.send_response(302)
    handler.send_header("Location", "http://127.0.0.1:1/elsewhere")
    handler.end_headers()


def endless(handler: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * 65_536)
    except OSError:
        return


def drip(handler: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    slowly(handler, b" ")


def slow_headers(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    slowly(handler, b"X-A: b\r\n")


def slowly(handler: Any, words: bytes) -> None:
    try:
        for _ in range(60):
            handler.wfile.write(words)
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        return


def compressed(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.end_headers()


def announced(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(10**12))
    handler.end_headers()


WEB = {
    "redirect": (redirect, problems.Redirected, "andere Adresse"),
    "endless": (endless, problems.EndlessData, "mehr Daten"),
    "drop by drop": (drip, problems.TooSlow, "zu langsam"),
    "headers drop by drop": (slow_headers, problems.TooSlow, "zu langsam"),
    "compressed": (compressed, problems.RegistryTampered, "komprimiert"),
    "announced endless": (announced, problems.EndlessData, "mehr Daten"),
    "broken": (lambda handler: handler.send_error(500), problems.Unreachable, "Fehler 500"),
    "empty": (lambda handler: handler.send_error(404), problems.NotThere, "fehlt eine Datei"),
    "no web server": (lambda handler: handler.wfile.write(b"SSH-2.0\r\n"), problems.Unreachable, "nicht erreichbar"),
}


@pytest.mark.parametrize("case", WEB, ids=lambda case: case.replace(" ", "-"))
def test_a_web_server_that_plays_games_is_left_soon(case: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    answer, kind, sentence = WEB[case]
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    registry = place.known_as("bund")
    began = time.perf_counter()
    with web(answer) as address, pytest.raises(kind, match=sentence):
        Registry("bund", registry.folder, address, seconds=0.5).refresh(now=NOW)
    assert time.perf_counter() - began < 3


def test_nobody_there_is_said_so(place: Place) -> None:
    registry = place.known_as("bund")
    with pytest.raises(problems.Unreachable, match="nicht erreichbar"):
        Registry("bund", registry.folder, f"http://127.0.0.1:{unused_port()}").refresh(now=NOW)
