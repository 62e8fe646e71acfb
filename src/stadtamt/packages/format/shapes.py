"""The shape of a package's files, declared once: held against what an author wrote, and written down as JSON Schema.

A shape looks at plain data (days in ISO form). It knows what stands where, not what it means: what only the whole
package can tell is said by `packages.checking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

type Path = tuple[str | int, ...]
type Holds = Literal["words", "template", "expression"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not fit, and where."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class Source:
    """An expression, or a text with places, found in the data."""

    path: Path
    holds: Holds
    text: str


class Shape(Protocol):
    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        """Everything that does not fit."""

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        """Every expression in what fits."""

    def schema(self) -> dict[str, Any]:
        """The same as JSON Schema 2020-12."""

    @property
    def called(self) -> str:
        """What is expected, in German: „ein Text“."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text; `pattern` must fit the whole of it, `example` says how it looks; `choices` are all that may stand."""

    pattern: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    holds: Holds = "words"
    blank: bool = False

    @property
    def called(self) -> str:
        if self.choices:
            return "einer dieser Texte: " + ", ".join(f"„{choice}“" for choice in self.choices)
        if self.example:
            return f"ein Text wie „{self.example}“"
        kinds: dict[Holds, str] = {"words": "ein Text", "template": "ein Text", "expression": "ein Ausdruck als Text"}
        return kinds[self.holds]

    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        fits = isinstance(value, str) and (self.blank or bool(value.strip()))
        if fits and self.choices:
            fits = value in self.choices
        if fits and self.pattern and not re.fullmatch(self.pattern, value, re.ASCII):
            fits = False
        if not fits:
            yield Fault(path, f"Erwartet wird {self.called}.")

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        if self.holds != "words" and isinstance(value, str):
            yield Source(path, self.holds, value)

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "string"}
        if self.choices:
            return {**found, "enum": list(self.choices)}
        if self.pattern:
            found["pattern"] = f"^(?:{self.pattern})$"
        elif not self.blank:
            found["pattern"] = r"\S"
        if self.example:
            found["examples"] = [self.example]
        return found


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int | None = None
    most: int | None = None

    @property
    def called(self) -> str:
        if self.least is not None and self.most is not None:
            return f"eine ganze Zahl von {self.least} bis {self.most}"
        return "eine ganze Zahl" + (f" ab {self.least}" if self.least is not None else "")

    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        whole = isinstance(value, int) and not isinstance(value, bool)
        if (
            not whole
            or (self.least is not None and value < self.least)
            or (self.most is not None and value > self.most)
        ):
            yield Fault(path, f"Erwartet wird {self.called}.")

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        yield from ()

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "integer"}
        if self.least is not None:
            found["minimum"] = self.least
        if self.most is not None:
            found["maximum"] = self.most
        return found


@dataclass(frozen=True, slots=True)
class Number:
    """A number, with decimals or without."""

    called = "eine Zahl"

    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield Fault(path, f"Erwartet wird {self.called}.")

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        yield from ()

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false; `only` leaves one of them."""

    only: bool | None = None
    called = "true oder false"

    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        if not isinstance(value, bool):
            yield Fault(path, "Erwartet wird true oder false, ohne Anführungszeichen.")

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        yield from ()

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value: its type is laid down elsewhere. Texts that begin with ``=`` are expressions where `computed`."""

    computed: bool = False
    called = "ein Wert"

    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        yield from ()

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        if self.computed:
            yield from _computed(value, path)

    def schema(self) -> dict[str, Any]:
        return {}


def _computed(value: Any, path: Path) -> Iterator[Source]:
    if isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _computed(entry, (*path, key))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _computed(entry, (*path, number))
    elif isinstance(value, str) and value.startswith("="):
        yield Source(path, "expression", value[1:])


@dataclass(frozen=True, slots=True)
class Several:
    """A list of one kind."""

    of: Shape
    least: int = 0
    tables: str = ""

    @property
    def called(self) -> str:
        if self.tables:
            return f"eine Liste, geschrieben als [[{self.tables}]]"
        return "eine Liste mit mindestens einem Eintrag" if self.least else "eine Liste"

    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        if not isinstance(value, list) or len(value) < self.least:
            yield Fault(path, f"Erwartet wird {self.called}.")
            return
        for number, entry in enumerate(value):
            yield from self.of.faults(entry, (*path, number))

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        for number, entry in enumerate(value if isinstance(value, list) else ()):
            yield from self.of.sources(entry, (*path, number))

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "array", "items": self.of.schema()}
        return {**found, "minItems": self.least} if self.least else found


@dataclass(frozen=True, slots=True)
class Key:
    """A named entry of a table: its shape, what it means, whether it must be there."""

    shape: Shape
    means: str
    required: bool = False


def must(shape: Shape, means: str) -> Key:
    return Key(shape, means, required=True)


def may(shape: Shape, means: str) -> Key:
    return Key(shape, means)


@dataclass(frozen=True, slots=True)
class Table:
    """Named entries; others are refused."""

    keys: Mapping[str, Key]
    title: str = ""
    called = "eine Gruppe benannter Angaben"

    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(path, f"Erwartet wird {self.called}.")
            return
        for key in value:
            if key not in self.keys:
                yield Fault((*path, key), f"Die Angabe „{key}“ gibt es hier nicht.{_nearest(str(key), self.keys)}")
        for key, entry in self.keys.items():
            if key in value:
                yield from entry.shape.faults(value[key], (*path, key))
            elif entry.required:
                yield Fault(path, f"Die Angabe „{key}“ fehlt.")

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        for key, entry in self.keys.items():
            if isinstance(value, Mapping) and key in value:
                yield from entry.shape.sources(value[key], (*path, key))

    def schema(self) -> dict[str, Any]:
        properties = {key: {"description": entry.means, **entry.shape.schema()} for key, entry in self.keys.items()}
        found: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
        required = [key for key, entry in self.keys.items() if entry.required]
        return {**found, "required": required} if required else found


@dataclass(frozen=True, slots=True)
class Named:
    """Entries of one kind under names of the author's own choice."""

    of: Shape
    pattern: str = ""
    called = "eine Gruppe benannter Angaben"

    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(path, f"Erwartet wird {self.called}.")
            return
        for key, entry in value.items():
            if self.pattern and not re.fullmatch(self.pattern, str(key), re.ASCII):
                yield Fault((*path, key), f"„{key}“ ist hier kein möglicher Name.")
            yield from self.of.faults(entry, (*path, key))

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        for key, entry in value.items() if isinstance(value, Mapping) else ():
            yield from self.of.sources(entry, (*path, key))

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "object", "additionalProperties": self.of.schema()}
        return {**found, "propertyNames": {"pattern": f"^(?:{self.pattern})$"}} if self.pattern else found


@dataclass(frozen=True, slots=True)
class Either:
    """One of several shapes."""

    shapes: tuple[Shape, ...]

    @property
    def called(self) -> str:
        return " oder ".join(shape.called for shape in self.shapes)

    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        tries = [list(shape.faults(value, path)) for shape in self.shapes]
        if all(tries):
            # What went wrong deep inside says more than that nothing fits.
            inner = [faults for faults in tries if all(len(fault.path) > len(path) for fault in faults)]
            yield from inner[0] if inner else [Fault(path, f"Erwartet wird {self.called}.")]

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        for shape in self.shapes:
            if not any(shape.faults(value, path)):
                yield from shape.sources(value, path)
                return

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [shape.schema() for shape in self.shapes]}


@dataclass(frozen=True, slots=True)
class Kinds:
    """A table whose entry `key` says which other entries it has."""

    key: str
    means: str
    tables: Mapping[str, Table]
    common: Mapping[str, Key] = field(default_factory=dict)
    called = "eine Gruppe benannter Angaben"

    def faults(self, value: Any, path: Path = ()) -> Iterator[Fault]:
        kind = value.get(self.key) if isinstance(value, Mapping) else None
        if not isinstance(value, Mapping):
            yield Fault(path, f"Erwartet wird {self.called}.")
        elif not isinstance(kind, str) or kind not in self.tables:
            known = ", ".join(f"„{name}“" for name in self.tables)
            yield Fault((*path, self.key) if self.key in value else path, f"„{self.key}“ ist eines von: {known}.")
        else:
            yield from self.table(kind).faults(value, path)

    def sources(self, value: Any, path: Path = ()) -> Iterator[Source]:
        kind = value.get(self.key) if isinstance(value, Mapping) else None
        if isinstance(kind, str) and kind in self.tables:
            yield from self.table(kind).sources(value, path)

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "oneOf": [self.table(kind).schema() for kind in self.tables]}

    def table(self, kind: str) -> Table:
        """All entries of this kind."""
        return Table({self.key: must(Text(choices=(kind,)), self.means), **self.common, **self.tables[kind].keys})


def _nearest(key: str, known: Mapping[str, Key]) -> str:
    import difflib

    near = difflib.get_close_matches(key, known, n=1, cutoff=0.75)
    return f" Meinten Sie „{near[0]}“?" if near else ""


def placed(path: Path, sentence: str) -> str:
    """The sentence with the place in the data before it: „outcome.table.rows: …“."""
    place = ""
    for step in path:
        place += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if place else str(step)
    return f"{place}: {sentence}" if place else sentence
