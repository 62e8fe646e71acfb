"""Every golden case of the dog tax, computed by the package's decision tables, against the hand calculation."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stadtamt.decisions.dmn import DecisionModel, read_decisions
from stadtamt.forms.schema.reader import read_form

PACKAGE = Path(__file__).parents[2] / "services" / "hundesteuer-anmelden"
TOWNS = ("aichelberg", "bad-boll", "hattenhofen", "konstanz")


@cache
def model() -> DecisionModel:
    return read_decisions((PACKAGE / "rules.dmn").read_bytes())


@cache
def parameters(town: str) -> dict[str, Any]:
    entries = tomllib.loads((PACKAGE / "parameters" / f"{town}.toml").read_text())["parameters"]
    return {key: entry["value"] for key, entry in entries.items()}


def golden_cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted((PACKAGE / "tests").glob("*.toml"))
        for case in tomllib.loads(path.read_text())["case"]
    ]


def assess(case: dict[str, Any]) -> dict[str, Any]:
    given = {
        "answers": case["answers"],
        "parameters": {**parameters(case["town"]), **case.get("parameters", {})},
        "today": case["today"],
        "refused": case.get("refused", False),
        "received": case.get("received"),
    }
    result = model().evaluate("assessment", given)
    assert isinstance(result, dict)
    return {**result, "codes": [reason["code"] for reason in result["reasons"]]}


def differences(expected: Any, found: Any, place: str = "") -> Iterator[str]:
    """Where the result departs from the expected part of it; contexts may hold more than is expected."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from differences(value, found.get(key), f"{place}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{place}[{number}]")
    elif (int(found) if isinstance(found, Decimal) and found == int(found) else found) != expected:
        yield f"{place.removeprefix('.')}: expected {expected!r}, found {found!r}"


@pytest.mark.parametrize("case", golden_cases())
def test_the_assessment_is_what_the_bylaw_says(case: dict[str, Any]) -> None:
    assert list(differences(case["expect"], assess(case))) == []


@pytest.mark.parametrize("case", golden_cases())
def test_a_case_is_clear_exactly_when_there_is_no_reason_and_reasons_are_sentences(case: dict[str, Any]) -> None:
    result = assess(case)
    assert result["clear"] == (result["reasons"] == [])
    for reason in result["reasons"]:
        assert reason["text"], reason["code"]
        assert reason["text"].endswith("."), reason
        assert reason["paragraph"], reason
        assert reason["paragraph"].startswith("§"), reason


@pytest.mark.parametrize("case", golden_cases())
def test_positions_are_whole_cents_one_for_each_year_and_add_up(case: dict[str, Any]) -> None:
    result = assess(case)
    years = [int(one["year"]) for one in result["positions"]]
    assert years == sorted(set(years))
    assert all(one["amount_cents"] == int(one["amount_cents"]) for one in result["positions"])
    assert result["total_cents"] == sum(int(one["amount_cents"]) for one in result["positions"])


def test_every_town_has_golden_cases_for_its_own_parameters() -> None:
    assert {case.values[0]["town"] for case in golden_cases()} == set(TOWNS)


@pytest.mark.parametrize("town", TOWNS)
def test_the_rules_read_only_answers_of_the_form_and_parameters_of_the_town(town: str) -> None:
    answers: dict[str, dict[str, None]] = {}
    for path in read_form((PACKAGE / "form.yaml").read_text()).fields:
        group, field = path.split(".")
        answers.setdefault(group, {})[field] = None
    given = {"answers": {**answers, "_confirmed": []}, "parameters": parameters(town), "today": None}
    given |= {"refused": False, "received": None}
    assert [one.sentence for one in model().check(given)] == []


@pytest.mark.parametrize("town", TOWNS)
def test_a_town_fills_every_parameter_the_service_declares_and_no_other(town: str) -> None:
    declared = tomllib.loads((PACKAGE / "service.toml").read_text())["parameter"]
    required = {one["key"] for one in declared if "default" not in one}
    assert required <= parameters(town).keys() <= {one["key"] for one in declared}


def test_nothing_answered_is_never_clear() -> None:
    case = {"answers": {}, "town": "konstanz", "today": parameters("konstanz")["rates_valid_from"]}
    result = assess(case)
    assert result["clear"] is False
    assert {"missing", "breed_unsure", "postcode_outside", "main_residence"} <= set(result["codes"])


def test_every_parameter_is_explained_for_towns_and_every_reason_has_a_short_name() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "hundesteuer-parameter.md").read_text()
    declared = tomllib.loads((PACKAGE / "service.toml").read_text())["parameter"]
    assert [one["key"] for one in declared if f"`{one['key']}`" not in page] == []
    known = tomllib.loads((PACKAGE / "texts" / "de.toml").read_text())["reasons"]
    assert {reason["code"] for case in golden_cases() for reason in assess(case.values[0])["reasons"]} <= known.keys()
