"""Conditions in German words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from stadtamt.forms.conditions import Condition, Effect
from stadtamt.forms.conditions.model import Always, And, Empty, Equal, Holds, Less, Literally, Not, Or, ValidDate, Xor
from stadtamt.forms.conditions.wording import effect_in_words, in_words, removal, requirement

A, B = Holds("a"), Equal("b", "001")


class Named:
    """Labels are the paths; only b has values to choose from."""

    def label(self, path: str) -> str:
        return f"„{path.upper()}“"

    def value(self, path: str, value: Literally) -> str:
        return {"001": "„Haus“", "002": "„Postfach“"}.get(str(value), "") if path == "b" else ""

    def is_moment(self, path: str) -> bool:
        return path == "tag"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (A, "„A“ mit Ja beantwortet ist"),
        (Equal("a", value=False), "„A“ mit Nein beantwortet ist"),
        (Not(Equal("a", value=False)), "„A“ mit Ja beantwortet ist"),
        (Not(A), "„A“ nicht mit Ja beantwortet ist"),
        (B, "bei „B“ „Haus“ gewählt ist"),
        (Not(B), "bei „B“ nicht „Haus“ gewählt ist"),
        (Equal("c", 7), "bei „C“ 7 steht"),
        (Empty("c"), "zu „C“ nichts angegeben ist"),
        (Not(Empty("c")), "zu „C“ etwas angegeben ist"),
        (Less("c", Decimal("1.5")), "„C“ kleiner ist als 1,5"),
        (Less("tag", "c"), "„TAG“ früher ist als „C“"),
        (Less("tag", date(2026, 5, 9)), "„TAG“ vor dem 9. Mai 2026 liegt"),
        (ValidDate("x", "y", "z"), "„X“, „Y“ und „Z“ zusammen einen Tag ergeben, den es gibt"),
        (Always(), "in jedem Fall"),
    ],
)
def test_a_question_is_said_in_words(condition: Condition, words: str) -> None:
    assert in_words(condition, Named()) == words


def test_and_within_or_stands_in_brackets() -> None:
    said = in_words(Or((And((A, Empty("c"))), Holds("d"))), Named())
    assert said == "(„A“ mit Ja beantwortet ist und zu „C“ nichts angegeben ist) oder „D“ mit Ja beantwortet ist"


def test_several_values_of_a_field_are_said_in_one_go() -> None:
    said = in_words(Or((B, A, Equal("b", "002"))), Named())
    assert said == "bei „B“ „Haus“ oder „Postfach“ gewählt ist oder „A“ mit Ja beantwortet ist"


def test_a_not_before_several_stands_at_each_of_them() -> None:
    said = in_words(Not(Or((A, Empty("c")))), Named())
    assert said == "„A“ nicht mit Ja beantwortet ist und zu „C“ etwas angegeben ist"


def test_exactly_one_is_told_from_not_exactly_one() -> None:
    one = Xor((A, B))
    assert in_words(one, Named()).startswith("genau eines davon zutrifft: „A“")
    assert in_words(Not(one), Named()).startswith("nicht genau eines davon zutrifft: „A“")


def test_what_is_forbidden_otherwise_is_asked_only_then() -> None:
    assert removal(Not(B), Named()) == "Nur wenn bei „B“ „Haus“ gewählt ist."
    assert removal(B, Named()) == "Entfällt, wenn bei „B“ „Haus“ gewählt ist."
    assert removal(Always(), Named()) == "Entfällt immer."


def test_what_is_required_always_needs_no_condition() -> None:
    assert requirement(Always(), Named()) == "Muss angegeben werden."
    assert requirement(A, Named()) == "Nötig, wenn „A“ mit Ja beantwortet ist."


def test_an_effect_is_a_sentence() -> None:
    said = [
        effect_in_words(one, Named())
        for one in (
            Effect("require", "c", A),
            Effect("forbid", "c", Always()),
            Effect("valid", "c", Empty("d")),
            Effect("preset", "b", Always(), value="002"),
        )
    ]
    assert said == [
        "„C“ muss angegeben werden, wenn „A“ mit Ja beantwortet ist.",
        "„C“ darf nicht angegeben werden.",
        "Bei „C“ muss gelten, dass zu „D“ nichts angegeben ist.",
        "„B“ ist immer „Postfach“ und wird nicht gefragt.",
    ]
