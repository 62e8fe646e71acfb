"""Package commands as an author types them: no server, no database, no Django."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stadtamt.conf.commandline import main
from stadtamt.packages.archive import author_key, pack
from stadtamt.packages.format.files import files_of_folder

TOWN = """
[parameters.place]
value = "Oberdorf"
[parameters.objection_body]
value = "Gemeinde Oberdorf"
[parameters.bylaw_title]
value = "Gebührensatzung"
[parameters.fee]
value = 1250
[[case]]
name = "Oberdorf: eine"
today = 2026-05-12
[case.answers]
antrag = { anzahl = 1 }
[case.expect]
total_cents = 1250
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert main(["package", "new", "fundsache-melden", "--into", str(tmp_path)]) == 0
    return tmp_path / "fundsache-melden"


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))


def test_a_new_package_passes_its_own_check_and_test(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", "check", str(folder)]) == 0
    assert main(["package", "test", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["0 Fehler, 0 Hinweise", "10 passed, 0 failed"]
    assert "fundsache-melden" in (folder / "form.yaml").read_text()


def test_a_new_package_tells_editors_where_the_schemas_are(folder: Path) -> None:
    assert (
        (folder / "service.toml")
        .read_text()
        .startswith("#:schema http://konstanz.localhost:8000/schemas/leistungspaket/")
    )
    assert "yaml-language-server: $schema=" in (folder / "letters/bescheid.yaml").read_text().splitlines()[0]


def test_a_new_package_overwrites_nothing_and_needs_a_good_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["package", "new", "fundsache-melden", "--into", str(folder.parent)]) == 1
    assert main(["package", "new", "Fund Sache", "--into", str(folder.parent)]) == 1
    said = capsys.readouterr().err
    assert "gibt es schon" in said
    assert "nur Kleinbuchstaben" in said


def test_an_error_is_named_with_file_and_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "form.yaml", "type: postcode", "type: plz")
    assert main(["package", "check", str(folder)]) == 1
    assert "Fehler  form.yaml, Zeile 34: groups[1].questions[2].fields[2].type" in capsys.readouterr().out


def test_a_foreign_file_does_not_hide_the_other_findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "notizen.txt").write_text("x")
    change(folder, "form.yaml", "type: postcode", "type: plz")
    assert main(["package", "check", str(folder), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {one["file"] for one in found if one["severity"] == "error"} >= {"notizen.txt", "form.yaml"}


def test_a_failing_case_says_what_was_expected_and_ends_with_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder, "rules.dmn", "* parameters.fee", "* (parameters.fee + 1)")
    assert main(["package", "test", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "total_cents: erwartet 2400, gefunden 2403." in said
    assert said.splitlines()[-1].endswith(" failed")


def test_a_strange_town_is_covered_by_its_parameters(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town, cases = folder.parent / "oberdorf.toml", folder.parent / "more.toml"
    town.write_text(TOWN)
    cases.write_text(TOWN[TOWN.index("[[case]]") :].replace("1250", "1251"))
    words = ["package", "test", str(folder), "--parameters", str(town)]
    assert main(words) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 0 failed"
    assert main([*words, "--cases", str(cases), "--json"]) == 1
    shown = capsys.readouterr()
    found = json.loads(shown.out)
    assert (found["passed"], found["failed"]) == (7, 1)
    assert found["outcomes"][-1]["differences"] == ["total_cents: erwartet 1251, gefunden 1250."]
    assert shown.err.strip() == "7 passed, 1 failed"


def test_deviations_of_a_town_are_put_on_before_its_cases_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town = folder.parent / "oberdorf.toml"
    case = TOWN[TOWN.index("[[case]]") :] + '[case.process]\ntasks = ["prepare", "decide", "post-notice"]\n'
    four_eyes = '[[override]]\nid = "augen"\nkind = "four-eyes"\n'
    town.write_text(TOWN[: TOWN.index("[[case]]")] + four_eyes + case)
    assert main(["package", "test", str(folder), "--parameters", str(town)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 0 failed"


def test_an_archive_is_checked_and_tested_like_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = folder.parent / "fund.leistung"
    archive.write_bytes(pack(files_of_folder(folder), author_key(folder.parent / "author.json")))
    assert main(["package", "check", str(archive)]) == 0
    assert main(["package", "test", str(archive)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "10 passed, 0 failed"


@pytest.mark.parametrize("command", ["check", "test"])
def test_what_is_no_package_ends_with_one_sentence(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        assert main(["package", command, str(place)]) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_package_test_starts_quickly_and_without_django(folder: Path) -> None:
    said = (
        "import sys; from stadtamt.conf.commandline import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    )
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", said, "package", "test", str(folder)], check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - begin < 6  # two seconds on a quiet machine
