"""The registration of a dog: every golden case against the hand calculation, and what must hold in every town."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from services import harness

PACKAGE = "hundesteuer-anmelden"
TOWNS = ("aichelberg", "bad-boll", "hattenhofen", "konstanz")
CASES = [pytest.param(town, case, id=f"{file} {town}: {case['name']}") for file, town, case in harness.golden(PACKAGE)]


@pytest.mark.parametrize(("town", "case"), CASES)
def test_the_assessment_is_what_the_bylaw_says(town: str, case: dict[str, Any]) -> None:
    given = harness.parameters(PACKAGE, town)
    found = harness.assess(PACKAGE, case, given)
    assert list(harness.differences(harness.expected(case, given, found), found)) == []


@pytest.mark.parametrize(("town", "case"), CASES)
def test_a_case_is_clear_exactly_when_there_is_no_reason_and_reasons_are_sentences(
    town: str, case: dict[str, Any]
) -> None:
    result = harness.assess(PACKAGE, case, harness.parameters(PACKAGE, town))
    assert result["clear"] == (result["reasons"] == [])
    for reason in result["reasons"]:
        assert reason["text"].endswith("."), reason
        assert reason["paragraph"].startswith("§"), reason


@pytest.mark.parametrize(("town", "case"), CASES)
def test_positions_follow_each_other_and_add_up_as_do_the_instalments(town: str, case: dict[str, Any]) -> None:
    result = harness.assess(PACKAGE, case, harness.parameters(PACKAGE, town))
    days = [day for one in result["positions"] for day in (one["from"], one["to"])]
    assert days == sorted(set(days))
    assert all(one["from"].year == one["to"].year == one["year"] for one in result["positions"])
    assert result["total_cents"] == sum(one["amount_cents"] for one in result["positions"])
    assert result["total_cents"] == sum(one["amount_cents"] for one in result["instalments"])


@pytest.mark.parametrize(("town", "case"), [one for one in CASES if one.values[1].get("complete")])
def test_the_form_takes_a_complete_case(town: str, case: dict[str, Any]) -> None:
    given = harness.parameters(PACKAGE, town)
    checked = harness.reviewed(PACKAGE, case, given, harness.assess(PACKAGE, case, given))
    assert ([question.key for question in checked.open_questions], checked.asks) == ([], ())


def test_every_town_has_golden_cases_for_its_own_parameters() -> None:
    assert {case["town"] for _, _, case in harness.golden(PACKAGE) if "town" in case} == set(TOWNS)
    assert harness.towns(PACKAGE) == list(TOWNS)


@pytest.mark.parametrize("town", TOWNS)
def test_a_town_fills_in_all_that_has_no_default_and_nothing_unknown(town: str) -> None:
    assert harness.parameters(PACKAGE, town)["place"]


def test_nothing_answered_is_never_clear() -> None:
    given = harness.parameters(PACKAGE, "konstanz")
    result = harness.assess(PACKAGE, {"answers": {}, "today": given["rates_valid_from"]}, given)
    assert result["clear"] is False
    assert {"missing", "breed_unsure", "postcode_outside", "main_residence"} <= set(result["codes"])


def test_every_parameter_is_explained_for_towns_and_every_reason_has_a_short_name() -> None:
    page = (harness.SERVICES.parent / "docs" / "reference" / "hundesteuer-parameter.md").read_text()
    assert [one.key for one in harness.declared(PACKAGE) if f"`{one.key}`" not in page] == []
    known = tomllib.loads(harness.files(PACKAGE)["texts/de.toml"].decode())["reasons"]
    cases = harness.golden(PACKAGE)
    codes = {
        code
        for _, town, case in cases
        for code in harness.assess(PACKAGE, case, harness.parameters(PACKAGE, town))["codes"]
    }
    assert codes <= known.keys()
