"""What is read from the sentences against the official translation of the same rules."""

from __future__ import annotations

import pytest

from forms.freetext import compilation

pytestmark = pytest.mark.real_data

FAULTS = {
    ("S00000000380", "G00000002163", "forbid", "G60000000220"): (
        "The translation requires and forbids on the same answer; the text forbids for NEIN."
    ),
    ("S05000001299", "G05000013144", "valid", "G05000013144"): (
        "The text says either … or, as in R60000000019, which is translated as xor; here the translation says or."
    ),
}
UNCLEAR_RULES = {
    "R05000011227": "shown for Ja and hidden for everything but Nein: Ja is both",
    "R05000011945": "the same",
    "R05000011239": "a quotation mark is not closed, and Ja is both",
}


def test_at_least_95_of_100_translated_conditions_are_reproduced() -> None:
    rows = compilation.rows()
    assert len(rows) == 560
    assert sum(row.outcome == "reproduced" for row in rows) >= 0.95 * len(rows), compilation.shares()


def test_nothing_contradicts_the_translation_but_where_it_contradicts_the_text() -> None:
    assert {row.place for row in compilation.rows() if row.outcome == "contradiction"} <= set(FAULTS)


def test_what_is_missing_is_a_known_fault() -> None:
    assert {row.place for row in compilation.rows() if row.outcome == "missing"} <= set(FAULTS)


def test_what_is_unclear_stands_at_a_rule_whose_text_is_broken() -> None:
    broken = {
        (schema, reading.at)
        for schema in compilation.schemas()
        for reading in compilation.readings(schema)
        if reading.id in UNCLEAR_RULES
    }
    assert {(row.schema, row.at) for row in compilation.rows() if row.outcome == "unclear"} <= broken


@pytest.mark.parametrize("place", sorted(FAULTS))
def test_a_fault_of_the_translation_is_still_there(place: tuple[str, str, str, str]) -> None:
    assert [row.outcome for row in compilation.rows() if row.place == place] in (["contradiction"], ["missing"])
