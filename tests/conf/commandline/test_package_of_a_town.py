"""Packages of a town as an operator types it: install, list, diff, update, move, export, withdraw."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from stadtamt.conf.commandline import main, town
from stadtamt.kernel import clock
from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.archive import author_key, pack
from stadtamt.packages.format.files import Files
from stadtamt.packages.format.layer import read_layer
from stadtamt.packages.format.layer_file import write_layer
from stadtamt.packages.models import Installation
from stadtamt.packages.trust import RegistryKeys, add, create, publish
from support.life_package import KEY, life_files, next_version, running
from support.small_package import override, town_layer

type Run = Callable[..., tuple[int, str, str]]
KONSTANZ = ("--municipality", "Konstanz")


@pytest.fixture
def run(
    konstanz: Municipality,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    settings: object,
) -> Run:
    """A command on the database of the test; gives its code and what it said."""
    monkeypatch.setattr(town, "database", nullcontext)
    monkeypatch.setattr(town, "set_up", lambda: None)
    monkeypatch.setenv("STADTAMT_DATA", str(tmp_path / "data"))
    settings.DATA = tmp_path / "data"  # type: ignore[attr-defined]

    def typed(*words: str) -> tuple[int, str, str]:
        code = main(["package", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


def folder(place: Path, files: Files) -> str:
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return str(place)


@pytest.fixture
def settings_file(tmp_path: Path) -> str:
    file = tmp_path / "konstanz.toml"
    file.write_text(write_layer(town_layer({"fee": 2000}), service=KEY, municipality="Konstanz"))
    return str(file)


@pytest.fixture
def first(run: Run, tmp_path: Path, settings_file: str) -> str:
    """1.0.0 installed from an archive; the archive's path."""
    archive = tmp_path / "stand.leistung"
    archive.write_bytes(pack(life_files(), author_key(tmp_path / "author.json")))
    assert run("install", str(archive), *KONSTANZ, "--parameters", settings_file)[0] == 0
    return str(archive)


def test_a_town_is_found_by_name_and_by_key(run: Run, first: str, konstanz: Municipality) -> None:
    for name in ("konstanz", konstanz.ars):
        code, said, _ = run("list", "--municipality", name)
        assert code == 0
        assert "stand-anmelden 1.0.0  Stand anmelden" in said


def test_an_unknown_town_is_named_with_those_that_are_known(run: Run) -> None:
    code, _, trouble = run("list", "--municipality", "Entenhausen")
    assert code == 1
    assert "„Entenhausen“ gibt es hier nicht. Bekannt sind: Hattenhofen, Konstanz." in trouble


def test_the_deed_is_in_the_audit_trail(first: str, konstanz: Municipality) -> None:
    with within(konstanz):
        entry = AuditEntry.objects.get(action="package.installed", data__key=KEY)
        assert entry.actor_name == "Kommandozeile"


def test_what_is_installed_is_not_installed_over(run: Run, first: str) -> None:
    code, _, trouble = run("install", first, *KONSTANZ)
    assert code == 1
    assert "package update" in trouble


def test_the_list_counts_running_cases_by_edition(run: Run, first: str, konstanz: Municipality, tmp_path: Path) -> None:
    with within(konstanz):
        running()
    run("update", KEY, *KONSTANZ, "--to", folder(tmp_path / "new", next_version()), "--new-author")
    with within(konstanz):
        running()
    rows = json.loads(run("list", "--json")[1])
    (row,) = [row for row in rows if row["package"] == KEY]
    assert row["municipality"] == "Konstanz"
    assert sorted(row["running_cases"].values()) == [1, 1]
    assert "(früherer Stand)" in run("list")[1]


def test_the_difference_is_shown_and_nothing_is_changed(run: Run, first: str, tmp_path: Path) -> None:
    new = folder(tmp_path / "new", next_version())
    code, said, _ = run("diff", KEY, *KONSTANZ, "--to", new)
    assert code == 0
    assert "stand-anmelden: 1.0.0 → 1.1.0" in said
    assert "40,00\N{NO-BREAK SPACE}€ → 45,00\N{NO-BREAK SPACE}€  Zwei Tage" in said
    assert "Frage neu: „Machen Sie Musik?“." in said
    assert said.rstrip().endswith("Kann übernommen werden.")
    assert "stand-anmelden 1.0.0" in run("list")[1]


def test_a_conflict_is_answered_at_the_terminal(run: Run, first: str, konstanz: Municipality, tmp_path: Path) -> None:
    tighter = next_version()["parameters.toml"].decode().replace("max = 100000", "max = 1000").replace("1500", "500")
    new = ("--to", folder(tmp_path / "new", next_version(parameters=tighter)), "--new-author")
    code, said, _ = run("update", KEY, *KONSTANZ, *new, "--dry-run")
    assert code == 1
    assert "--answer 'parameter:fee:unfit=theirs|WERT'" in said
    code, _, trouble = run("update", KEY, *KONSTANZ, *new)
    assert code == 1
    assert "Bitte entscheiden Sie zuerst" in trouble
    assert run("update", KEY, *KONSTANZ, *new, "--answer", "parameter:fee:unfit=900")[0] == 0
    with within(konstanz):
        assert Installation.objects.get(key=KEY).layer.values["fee"] == 900


def test_a_folder_does_not_follow_a_signed_archive_unasked(run: Run, first: str, tmp_path: Path) -> None:
    code, _, trouble = run("update", KEY, *KONSTANZ, "--to", folder(tmp_path / "new", next_version()))
    assert code == 1
    assert "niemand unterschrieben" in trouble


def test_cases_are_moved_after_a_look(run: Run, first: str, konstanz: Municipality, tmp_path: Path) -> None:
    with within(konstanz):
        number = running().number
    run("update", KEY, *KONSTANZ, "--to", folder(tmp_path / "new", next_version()), "--new-author")
    code, said, _ = run("move", KEY, *KONSTANZ, "--all", "--dry-run")
    assert code == 0
    assert f"✓ {number}  40,00\N{NO-BREAK SPACE}€ → 45,00\N{NO-BREAK SPACE}€  (ohne Antwort auf: Machen" in said
    assert "1 von 1 Vorgängen umgestellt." in run("move", KEY, *KONSTANZ, "--case", number)[1]
    assert "0 von 0" in run("move", KEY, *KONSTANZ, "--all")[1]
    assert run("move", KEY, *KONSTANZ, "--case", "2026-XXXX-XXXX")[0] == 1


def test_the_export_is_the_archive_as_it_was_received(run: Run, first: str, tmp_path: Path) -> None:
    out = tmp_path / "again.leistung"
    assert run("export", KEY, *KONSTANZ, "--out", str(out), "--with-settings")[0] == 0
    assert out.read_bytes() == Path(first).read_bytes()
    assert read_layer(out.with_suffix(".toml").read_text()).values == {"place": "Konstanz", "fee": 2000}


def test_a_package_from_a_folder_is_exported_twice_alike(run: Run, tmp_path: Path, settings_file: str) -> None:
    place = folder(tmp_path / "author", life_files())
    assert run("install", place, *KONSTANZ, "--parameters", settings_file)[0] == 0
    files = [tmp_path / "one.leistung", tmp_path / "two.leistung"]
    assert [run("export", KEY, *KONSTANZ, "--out", str(file))[0] for file in files] == [0, 0]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_was_set_is_there_again_after_a_withdrawal(run: Run, first: str, konstanz: Municipality) -> None:
    assert run("withdraw", KEY, *KONSTANZ)[0] == 0
    assert KEY not in run("list")[1]
    assert run("install", first, *KONSTANZ)[0] == 0
    with within(konstanz):
        assert Installation.objects.get(key=KEY).layer.values["fee"] == 2000


def test_a_name_is_looked_up_in_the_registries_and_the_adoption_told(
    run: Run, tmp_path: Path, settings_file: str, konstanz: Municipality
) -> None:
    place, now, key = tmp_path / "register", clock.now(), author_key(tmp_path / "author.json")
    keys = RegistryKeys(tmp_path / "keys")
    create(place, keys, now=now)
    publish(place, keys, [pack(life_files(), key)], now=now)
    root = (place / "metadata" / "1.root.json").read_bytes()
    known = add(tmp_path / "data" / "registries", name="land", address=str(place), root=root, now=now)
    words = ("install", KEY, *KONSTANZ, "--parameters", settings_file, "--tell-registry")
    assert run(*words)[0] == 0
    publish(place, keys, [pack(next_version(), key)], now=now)
    assert [one.municipality for one in known.adoptions(KEY, now=now)] == ["Stadt Konstanz"]
    code, said, trouble = run("update", KEY, *KONSTANZ)
    assert (code, trouble) == (0, "")
    assert "„stand-anmelden“ 1.1.0 ist eingerichtet" in said


def test_maturity_is_told_with_what_is_missing(run: Run, tmp_path: Path) -> None:
    code, said, _ = run("maturity", folder(tmp_path / "author", life_files()))
    assert code == 0
    assert said.startswith("Stufe 1 von 4: Information")
    assert "Zur nächsten Stufe fehlt:" in said


def test_a_layer_written_to_a_file_reads_back_equal() -> None:
    odd = 'Zeile\nzwei "Anführung" \\ \x7f € ß'
    case = {"name": odd, "today": "2026-05-11", "answers": {"a": {"b": [1, True, {"c d": "x"}]}}}
    layer = town_layer(
        {"fee": 7, "rows": [{"value": odd, "n": 1}], "on": False}, override("text", was=odd), cases=(case,)
    )
    assert read_layer(write_layer(layer, service=KEY, municipality="Köln")) == layer
