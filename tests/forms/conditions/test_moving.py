"""Conditions moved from a group to its place."""

from __future__ import annotations

from decimal import Decimal

from stadtamt.forms.conditions.model import Always, And, Empty, Equal, Holds, Less, Not, Or, ValidDate, Xor
from stadtamt.forms.conditions.moving import moved, questions

WHOLE = And(
    (Holds("a"), Or((Equal("b", 1), Not(Empty("c")))), Xor((Less("d", "e"), Less("f", Decimal(1)))), ValidDate(*"xyz"))
)


def test_all_paths_are_moved_below_the_group() -> None:
    assert moved(WHOLE, "G1.G2").dotted == {f"G1.G2.{path}" for path in "abcdefxyz"}
    assert moved(moved(WHOLE, ""), "") == WHOLE
    assert moved(Always(), "G1") == Always()


def test_what_is_known_of_the_town_stays() -> None:
    assert moved(Equal("town.land", "NW"), "G1").dotted == {"town.land"}


def test_the_questions_are_the_parts_that_look_at_answers() -> None:
    assert list(questions(Not(Or((Holds("a"), Empty("b")))))) == [Holds("a"), Empty("b")]
    assert list(questions(Always())) == []
