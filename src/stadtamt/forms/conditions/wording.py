"""Conditions in German words, as an author reads them: the end of a sentence that begins with "wenn". Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from stadtamt.forms.conditions.model import (
    Always,
    And,
    Condition,
    Effect,
    Empty,
    Equal,
    Holds,
    Less,
    Literally,
    Not,
    Or,
    ValidDate,
    Xor,
)
from stadtamt.kernel.dates import long_date


class Names(Protocol):
    """What the paths and values of a form are called."""

    def label(self, path: str) -> str:
        """The words for a field or group, in quotation marks."""

    def value(self, path: str, value: Literally) -> str:
        """The words for a value to choose there, in quotation marks; empty where there is nothing to choose."""

    def is_moment(self, path: str) -> bool:
        """Whether the answer is a day or a time, so that it lies before another one."""


def in_words(condition: Condition, names: Names) -> str:
    """„Geschwister“ mit Ja beantwortet ist und zu „Telefon“ nichts angegeben ist."""
    return _clause(_plain(condition), names)


def effect_in_words(effect: Effect, names: Names) -> str:
    """What follows from a rule, as a sentence."""
    target = names.label(effect.target)
    if effect.kind == "preset":
        shown = names.value(effect.target, effect.value) if effect.value is not None else ""
        return f"{target} ist immer {shown or _literal(effect.value)} und wird nicht gefragt."
    plain = _plain(effect.condition)
    always = isinstance(plain, Always)
    if effect.kind == "valid":
        return f"Bei {target} muss gelten, dass {_clause(plain, names)}."
    deed = "muss angegeben werden" if effect.kind == "require" else "darf nicht angegeben werden"
    return f"{target} {deed}." if always else f"{target} {deed}, wenn {_clause(plain, names)}."


def requirement(condition: Condition, names: Names) -> str:
    """What a condition that requires an element says of it."""
    plain = _plain(condition)
    return "Muss angegeben werden." if isinstance(plain, Always) else f"Nötig, wenn {_clause(plain, names)}."


def removal(condition: Condition, names: Names) -> str:
    """What a condition that takes an element away says of it: by preference, when it is asked at all."""
    plain, opposite = _plain(condition), _plain(Not(condition))
    if isinstance(plain, Always):
        return "Entfällt immer."
    if _negations(opposite) < _negations(plain):
        return f"Nur wenn {_clause(opposite, names)}."
    return f"Entfällt, wenn {_clause(plain, names)}."


def _plain(condition: Condition, *, negated: bool = False) -> Condition:
    """The same with every "not" at the single question, where it can be said in one word."""
    match condition:
        case Not(part):
            return _plain(part, negated=not negated)
        case And(several):
            parts = tuple(_plain(part, negated=negated) for part in several)
            return _joined(Or if negated else And, parts)
        case Or(several):
            parts = tuple(_plain(part, negated=negated) for part in several)
            return _joined(And if negated else Or, parts)
        case Xor(several):
            exactly = Xor(tuple(_plain(part) for part in several))
            return Not(exactly) if negated else exactly
        case Equal(path, bool(value)):
            return Equal(path, value is not negated)
    return Not(condition) if negated else condition


def _joined(kind: type[And | Or], parts: tuple[Condition, ...]) -> Condition:
    """One "and" or "or" of all that are joined by the same word; of a single part, the part."""
    flat = [one for part in parts for one in (part.several if isinstance(part, kind) else (part,))]
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _negations(condition: Condition) -> int:
    """How many nots there are to be read. That something is given counts as none."""
    own = int(isinstance(condition, Not) and not isinstance(condition.part, Empty))
    own += int(isinstance(condition, Empty))
    return own + sum(_negations(part) for part in condition.parts() if not isinstance(condition, Not))


def _clause(condition: Condition, names: Names) -> str:
    match condition:
        case Always() | Not(Always()):
            said = "in jedem Fall" if isinstance(condition, Always) else "in keinem Fall"
        case And(several):
            said = _list([_within(part, names) for part in several], "und")
        case Or(several):
            said = _list([_within(part, names) for part in _gathered(several)], "oder")
        case Xor(several):
            said = f"genau eines davon zutrifft: {'; '.join(_clause(part, names) for part in several)}"
        case Not(Xor(several)):
            said = f"nicht genau eines davon zutrifft: {'; '.join(_clause(part, names) for part in several)}"
        case Not(part):
            said = _single(part, names, "nicht ")
        case _:
            said = _single(condition, names, "")
    return said


def _single(condition: Condition, names: Names, no: str) -> str:
    match condition:
        case Holds(path) | Equal(path, True):
            said = f"{names.label(path)} {no}mit Ja beantwortet ist"
        case Equal(path, False):
            said = f"{names.label(path)} {no}mit Nein beantwortet ist"
        case Equal(path, value):
            said = f"bei {names.label(path)} {no}{_chosen(path, (value,), names)}"
        case _OneOf(path, values):
            said = f"bei {names.label(path)} {no}{_chosen(path, values, names)}"
        case Empty(path):
            said = f"zu {names.label(path)} {'etwas' if no else 'nichts'} angegeben ist"
        case Less(path, str(than)):
            word = "früher" if names.is_moment(path) else "kleiner"
            said = f"{names.label(path)} {no}{word} ist als {names.label(than)}"
        case Less(path, date() as day):
            said = f"{names.label(path)} {no}vor dem {long_date(day)} liegt"
        case Less(path, number):
            said = f"{names.label(path)} {no}kleiner ist als {_literal(number)}"
        case ValidDate(first, second, third):
            parts = _list([names.label(first), names.label(second), names.label(third)], "und")
            said = f"{parts} zusammen {'k' if no else ''}einen Tag ergeben, den es gibt"
        case _:
            said = condition.source
    return said


def _chosen(path: str, values: tuple[Literally, ...], names: Names) -> str:
    said = _list([names.value(path, value) or _literal(value) for value in values], "oder")
    return f"{said} {'gewählt ist' if names.value(path, values[0]) else 'steht'}"


class _OneOf(Condition):
    """Several answers of which one is given, said in one go."""

    __match_args__ = ("path", "values")
    __slots__ = ("path", "values")

    def __init__(self, path: str, values: tuple[Literally, ...]) -> None:
        self.path, self.values = path, values


def _gathered(several: Iterable[Condition]) -> list[Condition]:
    """Values of the same field put together, in the place of the first."""
    values: dict[str, list[Literally]] = {}
    order: list[Condition | str] = []
    for part in several:
        if isinstance(part, Equal) and not isinstance(part.value, bool):
            if part.path not in values:
                order.append(part.path)
            values.setdefault(part.path, []).append(part.value)
        else:
            order.append(part)
    return [_put_together(one, tuple(values[one])) if isinstance(one, str) else one for one in order]


def _put_together(path: str, values: tuple[Literally, ...]) -> Condition:
    return Equal(path, values[0]) if len(values) == 1 else _OneOf(path, values)


def _within(condition: Condition, names: Names) -> str:
    """A part of a longer condition; what has an "and" or "or" of its own stands in brackets."""
    said = _clause(condition, names)
    return f"({said})" if isinstance(condition, And | Or | Xor) else said


def _list(parts: list[str], word: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def _literal(value: Literally | date | None) -> str:
    if isinstance(value, bool):
        return "Ja" if value else "Nein"
    if isinstance(value, date):
        return long_date(value)
    return f"„{value}“" if isinstance(value, str) else str(value).replace(".", ",")
