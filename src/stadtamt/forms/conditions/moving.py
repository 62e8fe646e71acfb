"""Conditions taken apart, and moved from a group to its place in a schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stadtamt.forms.conditions.model import And, Condition, Empty, Equal, Holds, Less, Not, Or, ValidDate, Xor


def questions(condition: Condition) -> Iterator[Condition]:
    """All parts that look at answers themselves."""
    if condition.own_paths():
        yield condition
    for part in condition.parts():
        yield from questions(part)


def moved(condition: Condition, below: str) -> Condition:
    """The same condition with all its paths below a group. Paths that begin with ``town.`` stay."""
    match condition:
        case Holds(path) | Equal(path) | Empty(path):
            return replace(condition, path=_below(path, below))
        case Less(path, than):
            return Less(_below(path, below), _below(than, below) if isinstance(than, str) else than)
        case ValidDate(day, month, year):
            return ValidDate(_below(day, below), _below(month, below), _below(year, below))
        case Not(part):
            return Not(moved(part, below))
        case And(several) | Or(several) | Xor(several):
            return replace(condition, several=tuple(moved(part, below) for part in several))
    return condition


def _below(path: str, group: str) -> str:
    return path if path.startswith("town.") or not group else f"{group}.{path}"
