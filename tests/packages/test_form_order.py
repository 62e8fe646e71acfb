"""The fewest deviations that give an order of pages or sections."""

from __future__ import annotations

from itertools import permutations

import pytest

from packages.nested import nested_package
from stadtamt.packages.format.addresses import form_data
from stadtamt.packages.format.form_tree import entries
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.officer.ordering import Row, moved, steps_to, ways
from stadtamt.packages.overrides import apply

KEYS = ("a", "b", "c", "d", "e")


def put(base: tuple[str, ...], steps: list[tuple[str, str]]) -> tuple[str, ...]:
    """Each step once what it goes behind stands for good, which is the order in which they are given."""
    row = list(base)
    for key, behind in steps:
        row.remove(key)
        row.insert(row.index(behind) + 1, key)
    return tuple(row)


@pytest.mark.parametrize("wanted", list(permutations(KEYS)))
def test_the_steps_lead_to_the_order(wanted: tuple[str, ...]) -> None:
    steps = steps_to(Row("question", KEYS), wanted)
    assert steps is not None
    assert put(KEYS, steps) == wanted
    assert wanted[0] not in {key for key, _ in steps}


def test_one_that_moves_is_one_step() -> None:
    assert steps_to(Row("question", KEYS), ("a", "c", "d", "e", "b")) == [("b", "e")]
    assert steps_to(Row("question", KEYS), KEYS) == []


def test_what_is_fixed_is_passed_but_never_moved() -> None:
    row = Row("group", ("a", "b", "c"), frozenset({"b"}))
    assert steps_to(row, ("a", "c", "b")) == [("c", "a")]
    assert steps_to(Row("group", ("a", "b"), frozenset({"a"})), ("b", "a")) is None


def test_a_section_that_goes_and_comes_back_leaves_nothing_behind() -> None:
    author = nested_package()
    there = moved(author, Layer(), "group", "konto", up=True)
    sections = [one["id"] for one in entries(form_data(apply(author, there.overrides).form), "groups")]
    assert sections == ["verein", "vorstand", "konto", "anschrift", "schluss"]
    assert moved(author, there, "group", "konto", up=False) == Layer()


def test_what_stands_outside_all_sections_cannot_be_moved() -> None:
    found = ways(form_data(nested_package().form))
    assert ("group", "schluss") not in found
    assert found["group", "vorstand"] == (False, True)
    assert found["group", "konto"] == (True, False)
