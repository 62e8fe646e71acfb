"""The dog tax, one matter with three faces: every golden case, and bylaws the author never saw, by parameters alone."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stadtamt.decisions.dmn import read_decisions
from stadtamt.forms.schema import read_form
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.layer import Layer, read_layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import fill_in
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden.bench import bench_of
from stadtamt.packages.golden.cases import GoldenCase, cases_of, read_cases
from stadtamt.packages.golden.judging import judge
from stadtamt.packages.golden.running import shipped_layers, stage_of

ROOT = Path(__file__).parents[2]
BYLAWS = Path(__file__).parent / "bylaws"
FACES = ("hundesteuer-anmelden", "hundesteuer-abmelden", "hundesteuer-aendern")
TOWNS = ("aichelberg", "bad-boll", "hattenhofen", "konstanz")
INVENTED = ("altenlohe", "bergen", "eichstetten", "moosried", "seefeld")


@cache
def package(face: str) -> Package:
    return read_package(files_of_folder(ROOT / "services" / face))


@cache
def layer(town: str) -> Layer:
    if town in INVENTED:
        return read_layer((BYLAWS / f"{town}.toml").read_text(), file=town)
    return shipped_layers(package(FACES[0]))[town]


def golden() -> list[Any]:
    """Face, town and case: of a shipped town, of every shipped town, or of an invented bylaw."""
    found: list[tuple[str, str, GoldenCase]] = []
    for face in FACES:
        for case in cases_of(package(face).files):
            found += [(face, town, case) for town in ([case.town] if case.town else TOWNS + INVENTED)]
    for file in sorted(BYLAWS.glob("*-hundesteuer-*.toml")):
        town, face = file.stem.split("-", 1)
        entries = tomllib.loads(file.read_text())["case"]
        found += [(face, town, case) for case in read_cases(entries, file=file.name)]
    return [pytest.param(*one, id=f"{one[0]} {one[1]}: {one[2].name}") for one in found]


def assessment_of(face: str, town: str, case: GoldenCase) -> dict[str, Any]:
    return stage_of(bench_of(package(face)), case, layer(town).values).assessment


@pytest.mark.parametrize(("face", "town", "case"), golden())
def test_a_golden_case_comes_out_as_worked_out_by_hand(face: str, town: str, case: GoldenCase) -> None:
    assert list(judge(stage_of(bench_of(package(face)), case, layer(town).values))) == []


@pytest.mark.parametrize(("face", "town", "case"), golden())
def test_a_case_is_clear_when_there_is_no_reason_and_every_reason_is_a_sentence_of_law(
    face: str, town: str, case: GoldenCase
) -> None:
    result = assessment_of(face, town, case)
    assert result["clear"] == (not result["reasons"])
    short = tomllib.loads(package(face).files["texts/de.toml"].decode())
    for reason in result["reasons"]:
        assert reason["text"].endswith((".", "?")), reason
        assert str(reason["paragraph"]).startswith("§"), reason
        assert reason["code"] in short["reasons"], reason
    assert result["kind"] in short["kind"]


@pytest.mark.parametrize(("face", "town", "case"), [one for one in golden() if one.values[0] == FACES[0]])
def test_positions_follow_each_other_and_add_up_as_do_the_instalments(face: str, town: str, case: GoldenCase) -> None:
    result = assessment_of(face, town, case)
    days = [day for one in result["positions"] for day in (one["from"], one["to"])]
    assert days == sorted(set(days))
    assert all(int(one["from"][:4]) == int(one["to"][:4]) == one["year"] for one in result["positions"])
    assert result["total_cents"] == sum(one["amount_cents"] for one in result["positions"])
    assert result["total_cents"] == sum(one["amount_cents"] for one in result["instalments"])


@pytest.mark.parametrize("face", FACES[1:])
def test_what_the_tax_account_must_show_is_never_decided_without_a_person(face: str) -> None:
    assert package(face).automation["enabled"] is False
    for one in golden():
        if one.values[0] == face:
            assert "account" in [reason["code"] for reason in assessment_of(*one.values)["reasons"]]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("town", TOWNS + INVENTED)
def test_the_rules_read_only_answers_of_the_form_and_parameters_of_the_matter(face: str, town: str) -> None:
    answers: dict[str, dict[str, None]] = {}
    for path in read_form(package(face).form).fields:
        group, field = path.split(".")
        answers.setdefault(group, {})[field] = None
    parameters = fill_in(package(face).parameters, layer(town).values)
    given = {"answers": {**answers, "_confirmed": []}, "parameters": parameters, "today": date(2026, 5, 12)}
    given |= {"refused": False, "received": None}
    assert [one.sentence for one in read_decisions(package(face).rules.encode()).check(given)] == []


def test_the_faces_share_parameters_rates_and_the_settings_of_the_towns() -> None:
    shared = ["parameters.toml", "rates.dmn", *(f"parameters/{town}.toml" for town in TOWNS)]
    for face in FACES:
        assert package(face).matter == "hundesteuer"
        assert [package(face).files[name] for name in shared] == [package(FACES[0]).files[name] for name in shared]


def test_the_invented_bylaws_differ_in_every_switch_from_what_is_assumed() -> None:
    """Every parameter with a choice or a yes and no is used in another way than by default at least once."""
    used = {key: {str(value)} for town in TOWNS + INVENTED for key, value in layer(town).values.items()}
    for town in TOWNS + INVENTED:
        for key, value in layer(town).values.items():
            used[key].add(str(value))
    switches = [one for one in package(FACES[0]).parameters if one.type in ("choice", "boolean")]
    never = [one.key for one in switches if not used.get(one.key, set()) - {str(one.default)}]
    assert never == ["rounding_each_month", "automate_dangerous"]


@pytest.mark.parametrize("face", FACES)
def test_nothing_answered_is_never_clear(face: str) -> None:
    case = GoldenCase("", "", "", {"today": "2026-05-12", "answers": {}})
    result = assessment_of(face, "konstanz", case)
    assert result["clear"] is False
    assert result["total_cents"] == 0


@pytest.mark.parametrize("face", FACES)
def test_every_face_has_ten_cases_of_its_own_and_some_that_hold_in_every_town(face: str) -> None:
    cases = cases_of(package(face).files)
    assert len(cases) >= 10
    for part in ("process", "letter", "deadlines", "complete"):
        assert any(part in case.data for case in cases), part
    assert any(not case.town for case in cases)


def test_every_parameter_is_explained_for_towns() -> None:
    page = (ROOT / "docs" / "reference" / "hundesteuer-parameter.md").read_text()
    parameters = package(FACES[0]).parameters
    assert [one.key for one in parameters if f"`{one.key}`" not in page and f"`{one.key} = " not in page] == []
    columns = [column.key for one in parameters for column in one.columns]
    assert [key for key in columns if f"`{key}`" not in page] == []
    assert [one.key for one in parameters if not (one.label and one.explanation and one.paragraph and one.group)] == []
