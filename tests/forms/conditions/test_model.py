"""What conditions say of answers: total, never raising, with lists where one entry is enough."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtamt.forms.conditions.model import (
    Always,
    And,
    Condition,
    Empty,
    Equal,
    Holds,
    Less,
    Not,
    Or,
    ValidDate,
    Xor,
    found,
    is_given,
)

ANSWERS = {"G1": {"F1": "001", "F2": True, "F3": Decimal(7), "G2": [{"F4": "a"}, {"F4": "b"}], "G3": {"F5": ""}}}
DAY = ValidDate("d", "m", "y")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Always(), True),
        (Holds("G1.F2"), True),
        (Holds("G1.F1"), False),
        (Equal("G1.F1", "001"), True),
        (Equal("G1.F1", "1"), False),
        (Equal("G1.F2", True), True),
        (Equal("G1.F2", "true"), False),
        (Equal("G1.F3", 7), True),
        (Equal("G1.F3", True), False),
        (Equal("G1.F9", False), False),
        (Equal("G1.G2.F4", "b"), True),
        (Equal("G1.G2.F4", "c"), False),
        (Empty("G1.F9"), True),
        (Empty("G1.G3"), True),
        (Empty("G1.G2"), False),
        (Empty("G1.F1.deeper"), True),
        (Less("G1.F3", Decimal(8)), True),
        (Less("G1.F3", Decimal(7)), False),
        (Less("G1.F9", Decimal(8)), False),
        (Less("G1.F1", Decimal(8)), False),
        (Not(Equal("G1.F9", "001")), True),
        (And((Always(), Not(Always()))), False),
        (Or((Not(Always()), Always())), True),
        (Xor((Always(), Always())), False),
        (Xor((Always(), Not(Always()), Not(Always()))), True),
        (Xor((Always(), Always(), Always())), False),
    ],
)
def test_a_condition_over_answers(condition: Condition, holds: bool) -> None:
    assert condition.evaluate(ANSWERS) is holds


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({"d": 29, "m": 2, "y": 2019}, False),
        ({"d": 29, "m": 2, "y": 2020}, True),
        ({"d": 29, "m": 2}, True),
        ({"d": 30, "m": 2}, False),
        ({"d": 31}, True),
        ({"m": 13, "y": 2020}, False),
        ({"y": 2020}, True),
        ({}, True),
        ({"d": "31", "m": "4", "y": "1968"}, False),
        ({"d": "heute", "m": 4, "y": 1968}, True),
        ({"d": 1, "m": 1, "y": 10**12}, False),
    ],
)
def test_a_date_in_parts_is_a_day_of_the_calendar(answers: dict[str, Any], holds: bool) -> None:
    assert DAY.evaluate(answers) is holds


def test_a_date_before_another_and_before_a_fixed_day() -> None:
    answers = {"from": date(2026, 1, 1), "to": date(2026, 1, 2)}
    assert Less("from", "to").evaluate(answers)
    assert not Less("to", "from").evaluate(answers)
    assert Less("to", date(2026, 1, 3)).evaluate(answers)


def test_a_condition_names_the_paths_it_looks_at() -> None:
    condition = And((Equal("G1.F1", "001"), Or((Holds("G1.F2"), Not(Empty("F3")))), Less("F4", "F5"), DAY))
    assert condition.dotted == {"G1.F1", "G1.F2", "F3", "F4", "F5", "d", "m", "y"}
    assert ("G1", "F1") in condition.paths
    assert condition.names == {"G1", "F3", "F4", "F5", "d", "m", "y"}


@pytest.mark.parametrize(
    ("condition", "source"),
    [
        (And((Or((Equal("a", "x"), Holds("b"))), Not(Empty("c")))), '(a = "x" or b = true) and not(c = null)'),
        (Equal("a", 'say "x"'), 'a = "say \\"x\\""'),
        (Less("a", date(2026, 1, 1)), 'a < date("2026-01-01")'),
        (Xor((Holds("a"), Holds("b"))), "exactly one(a = true, b = true)"),
        (Equal("a", False), "a = false"),
    ],
)
def test_a_condition_can_be_read(condition: Condition, source: str) -> None:
    assert condition.source == source


def test_values_are_found_through_lists() -> None:
    assert found(ANSWERS, "G1.G2.F4") == ["a", "b"]
    assert found({"F1": ["x", ["y"]]}, "F1") == ["x", "y"]
    assert found(ANSWERS, "nowhere.at.all") == []


@pytest.mark.parametrize(
    ("value", "given"), [(None, False), ("", False), ([], False), ({}, False), ([""], False), (False, True), (0, True)]
)
def test_what_counts_as_given(value: Any, given: bool) -> None:
    assert is_given(value) is given


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcdmy"), inner, max_size=3),
    max_leaves=8,
)
simple = st.sampled_from(
    [Holds("a"), Equal("a.b", "x"), Empty("a"), Less("a", "b"), Less("a", Decimal(1)), Less("a", date(2026, 1, 1)), DAY]
)
conditions = st.recursive(
    simple, lambda inner: inner.map(Not) | st.lists(inner, min_size=1, max_size=3).map(lambda parts: Xor(tuple(parts)))
)


@given(conditions, st.dictionaries(st.sampled_from("abcdmy"), json, max_size=4))
def test_evaluation_never_raises(condition: Condition, answers: dict[str, Any]) -> None:
    assert condition.evaluate(answers) in (True, False)
