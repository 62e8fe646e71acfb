"""Trying conditions out over all answers that matter: whether they ever, always, or together hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from stadtamt.forms.conditions.model import Condition, Equal, Less, Scope

MAX_TRIALS = 3_000
LAND = "town.land"


class TooMany(Exception):
    """More answers than can be tried out."""


def answers(conditions: list[Condition], domains: dict[str, list[Any]]) -> Iterator[Scope]:
    """Every combination of the answers given per path. Raises TooMany."""
    paths = sorted({path for condition in conditions for path in condition.dotted})
    choices = [domains.get(path, [None]) for path in paths]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > MAX_TRIALS:
        raise TooMany
    for chosen in product(*choices):
        scope: dict[str, Any] = {}
        for path, value in zip(paths, chosen, strict=True):
            if value is not None:
                _put(scope, path, value)
        yield scope


def mentioned(conditions: list[Condition]) -> dict[str, set[Any]]:
    """By path, the values that conditions compare with."""
    found: dict[str, set[Any]] = {}
    for condition in conditions:
        for part in _all(condition):
            for path in part.own_paths():
                found.setdefault(path, set())
            if isinstance(part, Equal):
                found[part.path].add(part.value)
            if isinstance(part, Less) and not isinstance(part.than, str):
                found[part.path] |= {part.than, part.than - 1, part.than + 1}  # type: ignore[operator]
    return found


def overlap(one: Condition, other: Condition, domains: dict[str, list[Any]]) -> bool:
    """Whether both can hold at once."""
    return any(one.evaluate(scope) and other.evaluate(scope) for scope in answers([one, other], domains))


def constant(condition: Condition, domains: dict[str, list[Any]]) -> bool:
    """Whether it always holds, or never."""
    seen = set()
    for scope in answers([condition], domains):
        seen.add(condition.evaluate(scope))
        if len(seen) == 2:
            return False
    return True


def _all(condition: Condition) -> Iterator[Condition]:
    yield condition
    for part in condition.parts():
        yield from _all(part)


def _put(scope: dict[str, Any], path: str, value: Any) -> None:
    *outer, last = path.split(".")
    for step in outer:
        inner = scope.setdefault(step, {})
        if not isinstance(inner, dict):  # a group that is itself asked about
            return
        scope = inner
    if isinstance(scope.get(last), dict):
        return
    scope[last] = value
