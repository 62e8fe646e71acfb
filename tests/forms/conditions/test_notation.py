"""Conditions as data: written and read back equal, and refused with a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtamt.forms.conditions import (
    Condition,
    Effect,
    NotationRefused,
    read_condition,
    read_effect,
    write_condition,
    write_effect,
)
from stadtamt.forms.conditions.model import Always, And, Empty, Equal, Holds, Less, Not, Or, ValidDate, Xor

A = {"identifier": "G1.F1"}
EQUAL = {"equal": [A, "001"]}


@pytest.mark.parametrize(
    ("data", "condition"),
    [
        (True, Always()),
        (A, Holds("G1.F1")),
        (EQUAL, Equal("G1.F1", "001")),
        ({"not_equal": [A, True]}, Not(Equal("G1.F1", True))),
        ({"is_empty": A}, Empty("G1.F1")),
        ({"not": {"is_empty": A}}, Not(Empty("G1.F1"))),
        ({"and": [A, EQUAL]}, And((Holds("G1.F1"), Equal("G1.F1", "001")))),
        ({"or": [A]}, Or((Holds("G1.F1"),))),
        ({"xor": [A, A]}, Xor((Holds("G1.F1"), Holds("G1.F1")))),
        ({"is_valid_date": [A, A, A]}, ValidDate("G1.F1", "G1.F1", "G1.F1")),
        ({"less": [A, {"identifier": "F2"}]}, Less("G1.F1", "F2")),
        ({"less": [A, 18]}, Less("G1.F1", Decimal(18))),
        ({"less": [A, "2026-01-01"]}, Less("G1.F1", date(2026, 1, 1))),
    ],
)
def test_the_notation_of_the_official_rules_is_read_and_written(data: Any, condition: Condition) -> None:
    assert read_condition(data) == condition
    assert read_condition(write_condition(condition)) == condition
    assert write_condition(condition) == data


@pytest.mark.parametrize(
    "data",
    [
        False,
        None,
        "true",
        {},
        {"identifier": ""},
        {"identifier": 1},
        {"equal": [A]},
        {"equal": ["x", "y"]},
        {"equal": [A, None]},
        {"equal": [A, [1]]},
        {"and": []},
        {"and": A},
        {"and": [A], "or": [A]},
        {"greater": [A, 1]},
        {"less": [A, "tomorrow"]},
        {"less": [A, True]},
        {"is_valid_date": [A, A]},
        {"is_empty": {"identifier": "x", "more": 1}},
    ],
)
def test_what_is_not_in_the_notation_is_refused_with_a_sentence(data: Any) -> None:
    with pytest.raises(NotationRefused, match=r"\.$"):
        read_condition(data)


def test_a_condition_too_deep_or_too_long_is_refused() -> None:
    deep: Any = True
    for _ in range(50):
        deep = {"not": deep}
    for data in (deep, {"or": [True] * 600}):
        with pytest.raises(NotationRefused, match="zu groß"):
            read_condition(data)


leaves = st.sampled_from(
    [Always(), Holds("a"), Equal("a.b", "x"), Equal("a", False), Equal("a", 3), Empty("b"), ValidDate("d", "m", "y")]
)
conditions = st.recursive(
    leaves,
    lambda inner: (
        inner.map(Not)
        | st.tuples(st.sampled_from([And, Or, Xor]), st.lists(inner, min_size=1, max_size=3)).map(
            lambda made: made[0](tuple(made[1]))
        )
    ),
    max_leaves=12,
)


@given(conditions)
def test_what_is_written_is_read_back_equal(condition: Condition) -> None:
    assert read_condition(write_condition(condition)) == condition


@pytest.mark.parametrize(
    "effect",
    [
        Effect("require", "G1.F2", Equal("G1.F1", "001"), "Bitte füllen Sie „X“ aus."),
        Effect("forbid", "G1", Always()),
        Effect("preset", "G1.F1", Always(), value="001"),
        Effect("preset", "G1.F1", Always(), value=False),
    ],
)
def test_an_effect_is_read_back_equal(effect: Effect) -> None:
    assert read_effect(write_effect(effect)) == effect


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"effect": "hide", "target": "F1"},
        {"effect": "require"},
        {"effect": "require", "target": ""},
        {"effect": "preset", "target": "F1"},
        {"effect": "require", "target": "F1", "value": 1},
        {"effect": "require", "target": "F1", "condition": {"no": 1}},
    ],
)
def test_what_is_no_effect_is_refused(data: Any) -> None:
    with pytest.raises(NotationRefused, match=r"\.$"):
        read_effect(data)
