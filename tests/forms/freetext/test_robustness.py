"""Whatever stands in a text: it ends in bounded time, and a lost word never turns a rule into its opposite."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.freetext import compilation
from forms.freetext.invented import IDS, document, read
from forms.freetext.test_sentences import CERTAIN
from stadtamt.forms.conditions import Effect
from stadtamt.forms.conditions.moving import questions
from stadtamt.forms.freetext import read_rules

WORDS = (
    "wenn dann sonst und oder nicht ist muss darf nur = == <> < >= ( ) , . : - \" ' „ “ Ja Nein 001 002 leer befüllt"
    " sein werden das Feld die Gruppe der in mit Code belegt zeige an blende aus aktiviere deaktiviere als Pflicht"
    " Pflichtfeld mindestens eines entweder genau alle drei es sie Für Länder BY anderen außer erscheint mache zu einer"
    " Pflichtangabe vorzubefüllen auszublenden vor liegen Telefon \n\n"
).split(" ")
# Without its second verb "aktiviere A UND deaktiviere B" is a certain sentence that says another thing of B; a list of
# Länder without one of them is a list of fewer Länder. No grammar can know better.
WEIGHTY = re.compile(r"(?:de)?aktiviere|zeige|blende|ausgeblendet|angezeigt|(?-i:\b[A-Z]{2}\b)", re.I)


@settings(max_examples=300, deadline=2000)
@given(st.lists(st.sampled_from([*WORDS, *IDS.values()]), max_size=60).map(" ".join))
def test_a_soup_of_words_is_read_or_unclear(text: str) -> None:
    reading = read(text.replace("{", ""))
    assert (reading.status == "unclear") == bool(reading.reason)


@settings(max_examples=100, deadline=2000)
@given(st.text(max_size=400))
def test_any_text_is_read_or_unclear(text: str) -> None:
    assert read(text.replace("{", "")).status == "unclear"


@pytest.mark.parametrize("part", ["(", "wenn ", "F99000000001 und ", "nicht ", '"', "für die Länder BY, ", "a" * 9])
def test_a_long_repetition_ends_soon(part: str) -> None:
    start = perf_counter()
    assert read(f"Wenn {part * 3000}").status == "unclear"
    assert perf_counter() - start < 2


@pytest.mark.parametrize("text", [text for text, _ in CERTAIN])
def test_a_lost_word_does_not_say_the_opposite(text: str) -> None:
    whole, words = read(text).effects, text.split(" ")
    for place, word in enumerate(words):
        if not WEIGHTY.search(word):
            less = read(" ".join(words[:place] + words[place + 1 :])).effects
            assert not [(one, other) for one in whole for other in less if opposed(one, other)], f"without „{word}“"


def opposed(one: Effect, other: Effect) -> bool:
    """Whether one requires what the other forbids, for the same answers to the same fields."""
    if {one.kind, other.kind} != {"require", "forbid"} or one.target != other.target:
        return False
    parts = [part for effect in (one, other) for part in questions(effect.condition)]
    if not parts or one.condition.dotted != other.condition.dotted:
        return False
    nodes = {".".join(node.path): node for node in document().nodes()}
    return compilation.clash(one.condition, other.condition, nodes)


@pytest.mark.real_data
def test_the_largest_schemas_are_read_in_a_fraction_of_a_second() -> None:
    for schema in compilation.schemas():
        found = compilation.document(schema)
        took = []
        for _ in range(5):
            start = perf_counter()
            read_rules(found)
            took.append(perf_counter() - start)
        assert min(took) < 0.05, schema
