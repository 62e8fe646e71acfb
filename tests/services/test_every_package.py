"""Every shipped package is right by its own check and by its own golden cases, under every town it ships."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from stadtamt.packages.checking import check, errors_in
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.life_events import LIFE_EVENTS
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import cases_of, run_for_author, run_for_layer, shipped_layers

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "services").glob("*/service.toml"))
FEWEST = 10
each_package = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@cache
def package(folder: Path) -> Package:
    return read_package(files_of_folder(folder))


@each_package
def test_a_shipped_package_has_no_errors(folder: Path) -> None:
    assert [str(finding) for finding in errors_in(check(files_of_folder(folder)))] == []


@each_package
def test_a_shipped_package_computes_what_was_worked_out_by_hand(folder: Path) -> None:
    failed = [outcome for outcome in run_for_author(package(folder)) if not outcome.passed]
    assert failed == []


@each_package
def test_the_general_cases_hold_in_every_shipped_town(folder: Path) -> None:
    for town, layer in shipped_layers(package(folder)).items():
        failed = [one for one in run_for_layer(package(folder), layer, town=town) if not one.passed]
        assert failed == []


@each_package
def test_a_shipped_package_proves_all_its_parts(folder: Path) -> None:
    """Ten cases at least, some for every town, and among them form, process, letter and deadlines."""
    cases = cases_of(package(folder).files)
    assert len(cases) >= FEWEST
    assert any(not case.town for case in cases)
    assert [
        part for part in ("complete", "process", "letter", "deadlines") if not any(part in c.data for c in cases)
    ] == []


@each_package
def test_a_shipped_package_speaks_english_too(folder: Path) -> None:
    missing = [str(finding) for finding in check(files_of_folder(folder)) if finding.file == "texts/en.toml"]
    assert missing == []


def matter_of(folder: Path) -> str:
    service = tomllib.loads((folder / "service.toml").read_text())["service"]
    return str(service.get("matter", service["id"]))


@pytest.mark.parametrize("matter", sorted({matter_of(folder) for folder in FOLDERS}))
def test_every_parameter_of_a_matter_is_read_by_one_of_its_faces(matter: str) -> None:
    faces = [package(folder) for folder in FOLDERS if matter_of(folder) == matter]
    read = "\n".join(
        content.decode()
        for face in faces
        for name, content in face.files.items()
        if not name.startswith(("tests/", "parameters", "texts/")) and not name.endswith(".md")
    )
    keys = {parameter.key for face in faces for parameter in face.parameters} - {"objection_body"}
    assert [key for key in sorted(keys) if not re.search(rf"\.{key}\b|\"{key}\"\W", read)] == []


@each_package
def test_shipped_packages_share_one_list_of_life_events(folder: Path) -> None:
    found = package(folder)
    events = {event for entry in found.entries for event in entry.life_events} | set(found.service["life_events"])
    assert events <= set(LIFE_EVENTS)


@each_package
def test_why_nothing_can_be_decided_yet_is_said_to_both_sides(folder: Path) -> None:
    """The clerk and the applicant read the same sentence: it asks neither of them to do the other's work."""
    sentence = str(package(folder).outcome.get("not_ready", ""))
    assert not re.search(r"fragen Sie|lehnen Sie|Sie entscheiden|können Sie", sentence)
