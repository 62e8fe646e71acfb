"""The small language of rules: what must hold among answers. Total and free of side effects.

Answers are looked up by the path of their field (``G05000011684.G60000000083.F60000000233``) in a nested mapping.
Where the way leads through a list (a repeated group, an answer of several values), one entry that fits is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

type Literally = str | bool | int | Decimal
type Scope = Mapping[str, Any]


class Condition:
    """One condition. `evaluate` never raises; what is not answered is neither equal nor true."""

    __slots__ = ()

    def evaluate(self, scope: Scope) -> bool:
        raise NotImplementedError

    def parts(self) -> tuple[Condition, ...]:
        return ()

    def own_paths(self) -> tuple[str, ...]:
        return ()

    @property
    def dotted(self) -> frozenset[str]:
        """The paths of all answers that are looked at."""
        return frozenset(_paths(self))

    @property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """The same, cut at the dots, as an Expression of the house gives them."""
        return frozenset(tuple(path.split(".")) for path in self.dotted)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(path[0] for path in self.paths)

    @property
    def source(self) -> str:
        """The condition in the words of the expression language, to be read and searched."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Always(Condition):
    """Holds in any case."""

    def evaluate(self, scope: Scope) -> bool:
        return True

    @property
    def source(self) -> str:
        return "true"


@dataclass(frozen=True, slots=True)
class Holds(Condition):
    """The answer is yes."""

    path: str

    def evaluate(self, scope: Scope) -> bool:
        return any(value is True for value in found(scope, self.path))

    def own_paths(self) -> tuple[str, ...]:
        return (self.path,)

    @property
    def source(self) -> str:
        return f"{self.path} = true"


@dataclass(frozen=True, slots=True)
class Equal(Condition):
    """The answer is this one."""

    path: str
    value: Literally

    def evaluate(self, scope: Scope) -> bool:
        return any(_same(value, self.value) for value in found(scope, self.path))

    def own_paths(self) -> tuple[str, ...]:
        return (self.path,)

    @property
    def source(self) -> str:
        return f"{self.path} = {_written(self.value)}"


@dataclass(frozen=True, slots=True)
class Empty(Condition):
    """Nothing was answered there; a group is empty when all in it is."""

    path: str

    def evaluate(self, scope: Scope) -> bool:
        return not any(is_given(value) for value in found(scope, self.path))

    def own_paths(self) -> tuple[str, ...]:
        return (self.path,)

    @property
    def source(self) -> str:
        return f"{self.path} = null"


@dataclass(frozen=True, slots=True)
class Less(Condition):
    """The first is less, or earlier, than the second: another answer or a fixed value. Both must be there."""

    path: str
    than: str | Decimal | date  # text: a path

    def evaluate(self, scope: Scope) -> bool:
        others = found(scope, self.than) if isinstance(self.than, str) else [self.than]
        return any(_less(one, other) for one in found(scope, self.path) for other in others)

    def own_paths(self) -> tuple[str, ...]:
        return (self.path, self.than) if isinstance(self.than, str) else (self.path,)

    @property
    def source(self) -> str:
        return f"{self.path} < {self.than if isinstance(self.than, str) else _written(self.than)}"


@dataclass(frozen=True, slots=True)
class ValidDate(Condition):
    """Day, month and year together are a day of the calendar. What is not given is not held against them."""

    day: str
    month: str
    year: str

    def evaluate(self, scope: Scope) -> bool:
        day, month, year = (_number(found(scope, path)) for path in (self.day, self.month, self.year))
        if day is None and month is None:
            return True
        try:
            # A leap year where the year is not known: the 29th of February may have been.
            date(year or 2000, month or 1, day or 1)
        except (ValueError, OverflowError):
            return False
        return True

    def own_paths(self) -> tuple[str, ...]:
        return (self.day, self.month, self.year)

    @property
    def source(self) -> str:
        return f"valid date({self.day}, {self.month}, {self.year})"


@dataclass(frozen=True, slots=True)
class Not(Condition):
    part: Condition

    def evaluate(self, scope: Scope) -> bool:
        return not self.part.evaluate(scope)

    def parts(self) -> tuple[Condition, ...]:
        return (self.part,)

    @property
    def source(self) -> str:
        return f"not({self.part.source})"


@dataclass(frozen=True, slots=True)
class And(Condition):
    several: tuple[Condition, ...]

    def evaluate(self, scope: Scope) -> bool:
        return all(part.evaluate(scope) for part in self.several)

    def parts(self) -> tuple[Condition, ...]:
        return self.several

    @property
    def source(self) -> str:
        return " and ".join(f"({part.source})" if isinstance(part, Or) else part.source for part in self.several)


@dataclass(frozen=True, slots=True)
class Or(Condition):
    several: tuple[Condition, ...]

    def evaluate(self, scope: Scope) -> bool:
        return any(part.evaluate(scope) for part in self.several)

    def parts(self) -> tuple[Condition, ...]:
        return self.several

    @property
    def source(self) -> str:
        return " or ".join(part.source for part in self.several)


@dataclass(frozen=True, slots=True)
class Xor(Condition):
    """Exactly one holds."""

    several: tuple[Condition, ...]

    def evaluate(self, scope: Scope) -> bool:
        return sum(part.evaluate(scope) for part in self.several) == 1

    def parts(self) -> tuple[Condition, ...]:
        return self.several

    @property
    def source(self) -> str:
        return f"exactly one({', '.join(part.source for part in self.several)})"


type EffectKind = Literal["require", "forbid", "valid", "preset"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows from a rule.

    require, forbid: where the condition holds, the element must or must not be given; require goes before forbid.
    valid: the condition must hold, or the message is shown at the target. preset: the field has this value and is not
    asked. `target` is a path.
    """

    kind: EffectKind
    target: str
    condition: Condition
    message: str = ""
    value: Literally | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule at one place of a schema, as far as it is understood.

    `at` is the path of the group that carries it (empty: the schema). status unclear: nothing is done, `text` is
    shown to the author with `reason`, why it is not certain.
    """

    id: str
    version: str
    at: str
    text: str
    status: Literal["machine", "unclear"]
    effects: tuple[Effect, ...] = ()
    reason: str = ""
    name: str = ""


def found(scope: Any, path: str) -> list[Any]:
    """All values at a path; several where it leads through lists."""
    values = [scope]
    for step in path.split("."):
        values = [value[step] for value in _flat(values) if isinstance(value, Mapping) and value.get(step) is not None]
    return list(_flat(values))


def is_given(value: Any) -> bool:
    """Whether anything was answered; groups and lists count by what is in them."""
    if isinstance(value, Mapping):
        return any(is_given(part) for part in value.values())
    if isinstance(value, list | tuple):
        return any(is_given(part) for part in value)
    return value is not None and value != ""


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value


def _paths(condition: Condition) -> Iterator[str]:
    yield from condition.own_paths()
    for part in condition.parts():
        yield from _paths(part)


def _written(value: Literally | date) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f'date("{value.isoformat()}")' if isinstance(value, date) else str(value)


def _same(value: Any, literal: Literally) -> bool:
    if isinstance(value, bool) or isinstance(literal, bool):
        return value is literal
    if isinstance(value, str) or isinstance(literal, str):
        return str(value) == str(literal)
    return bool(value == literal)


def _less(one: Any, other: Any) -> bool:
    if isinstance(one, date) and isinstance(other, date):
        return one < other
    if isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return one < other
    return False


def _number(values: list[Any]) -> int | None:
    for value in values:
        try:
            return int(value)
        except (TypeError, ValueError):
            continue
    return None
