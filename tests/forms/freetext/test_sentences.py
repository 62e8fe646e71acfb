"""Invented rules and what they say; the table lies in sentences.txt. What is not certain must stay unclear."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.freetext.invented import read, shown

TABLE = [
    [line.replace("\\n", "\n") for line in block.splitlines()]
    for block in Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").strip().split("\n\n")
]
CERTAIN = [(text, [line.strip() for line in lines]) for text, *lines in TABLE if "unclear: " not in lines[0]]
UNCLEAR = [(text, lines[0].partition("unclear: ")[2]) for text, *lines in TABLE if "unclear: " in lines[0]]


@pytest.mark.parametrize(("text", "effects"), CERTAIN)
def test_a_sentence_says(text: str, effects: list[str]) -> None:
    assert shown(text) == effects


@pytest.mark.parametrize(("text", "reason"), UNCLEAR)
def test_a_sentence_stays_unclear(text: str, reason: str) -> None:
    reading = read(text)
    assert (reading.status, reading.effects) == ("unclear", ())
    assert reason in reading.reason


def test_the_table_holds_enough_of_both() -> None:
    assert len(CERTAIN) >= 60
    assert len(UNCLEAR) >= 60
