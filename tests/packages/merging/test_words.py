"""Values in the sentences of a preview."""

from __future__ import annotations

import pytest

from stadtamt.packages.merging.words import shown


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [("P4W", "period", "4 Wochen"), ("P1M", "period", "1 Monat"), ("P1M14D", "period", "„P1M14D“"),
     ("2023-10-01", "date", "01.10.2023"), ("P4W", "text", "„P4W“"), (4550, "money", "45,50\xa0€")],
)  # fmt: skip
def test_an_officer_reads_periods_days_and_amounts_in_words(value: object, kind: str, words: str) -> None:
    assert shown(value, kind) == words
