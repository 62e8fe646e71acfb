"""What a free text says, before its ids are looked up: the result of the parser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

type DeedKind = Literal["show", "appear", "must", "hide", "optional"]


class Unclear(Exception):
    """Der Text ist nicht mit Sicherheit verstanden."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Ref:
    """An element as the author names it: ids from the outside in, or only a label."""

    ids: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A value as it is written: a code, a label, or both."""

    code: str = ""
    label: str = ""

    @property
    def text(self) -> str:
        return f"{self.code} {self.label}".strip()


@dataclass(frozen=True, slots=True)
class Test:
    """A question to one answer. op: = <> < <= > >= filled empty checked unchecked others (no value named before)."""

    __test__ = False  # not one of pytest's

    ref: Ref
    op: str
    value: Said | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """Several together: and, or, xor."""

    kind: Literal["and", "or", "xor"]
    parts: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    part: Ask


@dataclass(frozen=True, slots=True)
class Lands:
    """The town lies in one of these Länder."""

    codes: tuple[str, ...]


type Ask = Test | Several | Negated | Lands


@dataclass(frozen=True, slots=True)
class Deed:
    """What happens to elements. appear: they are there only then; show: nothing is said of the other case."""

    kind: DeedKind
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold among answers."""

    ask: Ask


@dataclass(frozen=True, slots=True)
class Before:
    """One date or number must come before another; `equal`: or be the same."""

    first: Ref
    second: Ref
    equal: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Day, month and year must be a day of the calendar; the refs in any order."""

    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """A field that has a fixed value and is not asked."""

    ref: Ref
    value: Said


@dataclass(frozen=True, slots=True)
class Allowed:
    """Of the values of a field only these may be chosen; or, `denied`, these may not."""

    ref: Ref
    values: tuple[Said, ...]
    denied: bool = False


@dataclass(frozen=True, slots=True)
class AnyOfGroup:
    """At least one of the fields of the group that carries the rule has this value."""

    value: Said


type Step = Deed | Check | Before | Calendar | Preset | Allowed | AnyOfGroup


@dataclass(frozen=True, slots=True)
class Clause:
    """Steps and when they apply; None: in any case."""

    when: Ask | None
    steps: tuple[Step, ...]
