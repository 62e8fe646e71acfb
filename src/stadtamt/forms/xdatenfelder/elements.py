"""How the elements of a file become data: tables of shapes, and one reader that overlooks nothing.

A shape says which parts an element may have and what each becomes. Whatever no shape names is told as a warning with
its line; what a shape needs and does not find, and what stands there twice, is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any, cast

from lxml import etree

from stadtamt.forms.xdatenfelder.errors import XdfRefused
from stadtamt.forms.xdatenfelder.model import Common, Structure, Warning

type Element = etree._Element
type Read = Callable[["Reading", Element], Any]

BLANK = " \t\r\n"
_MOST_WARNINGS = 500
_SHOWN = 60


class Need(Enum):
    """What happens when a part is not there."""

    NO = "nothing"
    TELL = "a warning"
    YES = "the file is refused"


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of child: the name its value gets, how it is read (None: it was read on the way), whether it may
    occur several times."""

    into: str
    read: Read | None
    many: bool = False
    need: Need = Need.NO


class Shape:
    """The parts and attributes an element may have, by the names of one namespace."""

    def __init__(self, namespace: str, parts: Mapping[str, Part], *, attributes: frozenset[str] = frozenset()) -> None:
        self.attributes = attributes
        self.table = {f"{{{namespace}}}{name}": part for name, part in parts.items()}
        if "code" in parts:
            self.table["code"] = parts["code"]  # XÖV wraps codes in an element of no namespace
        self.several = tuple({part.into for part in parts.values() if part.many})
        self.needed = tuple((name, part) for name, part in parts.items() if part.need is not Need.NO)


@dataclass(slots=True)
class Frame:
    """A place that is still open: the struktur (or the root) and the parts of the element in it."""

    place: Element
    fits: bool = True
    holder: Element | None = None
    parts: list[Structure] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """What one reading has found so far; `frame` is the place whose element is being read.

    `made`: when the file was made, where that stands for the last change of everything in it (generation 2).
    `dropped`: parts of rules that 3.0.0 has no place for: how many, and the line of the first.
    """

    frame: Frame
    made: str = ""
    warnings: list[Warning] = field(default_factory=list)
    dropped: dict[str, tuple[int, int]] = field(default_factory=dict)

    def tell(self, line: int, sentence: str) -> None:
        if len(self.warnings) < _MOST_WARNINGS:
            self.warnings.append(Warning(line, sentence))
        elif len(self.warnings) == _MOST_WARNINGS:
            self.warnings.append(
                Warning(line, f"Es gibt mehr als {_MOST_WARNINGS} Hinweise; weitere stehen hier nicht.")
            )


def line_of(element: Element) -> int:
    return cast("int | None", element.sourceline) or 1


def name_of(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def short(text: str) -> str:
    """A piece of a file as it may stand in a sentence."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def read_parts(reading: Reading, element: Element, shape: Shape) -> dict[str, Any]:
    """The values of the parts by the names of the data; a part that may occur several times is a tuple."""
    found: dict[str, Any] = {}
    table = shape.table
    _check_attributes(reading, element, shape.attributes)
    _check_stray(reading, element, element.text)
    for child in element:
        _check_stray(reading, element, child.tail)
        part = table.get(child.tag)
        if part is None:
            _tell_unknown(reading, child, element)
        elif part.read is None:
            continue
        elif part.many:
            value = part.read(reading, child)
            if value is not None:
                found.setdefault(part.into, []).append(value)
        elif part.into in found:
            found[part.into] = _one_of(reading, child, found[part.into], part.read(reading, child))
        else:
            found[part.into] = part.read(reading, child)
    for into in shape.several:
        found[into] = tuple(found.get(into, ()))
    for name, part in shape.needed:
        if part.into not in found or found[part.into] is None:
            _miss(reading, element, name, part.need)
    return found


_COMMON = frozenset(entry.name for entry in fields(Common))


def split_common(element: Element, found: dict[str, Any]) -> tuple[Common, dict[str, Any]]:
    """What schema, group and field have in common, and the rest."""
    own = {name: value for name, value in found.items() if name not in _COMMON}
    shared = {name: value for name, value in found.items() if name in _COMMON}
    return Common(line=line_of(element), **shared), own


def _check_attributes(reading: Reading, element: Element, allowed: frozenset[str]) -> None:
    for key in element.keys():  # noqa: SIM118 (an element iterates over its children)
        name = str(key)
        if name not in allowed:
            plain = name.rpartition("}")[2]
            value = short(element.get(key, ""))
            sentence = f"Das Attribut „{plain}“ („{value}“) am Element „{name_of(element)}“ ist nicht bekannt"
            reading.tell(line_of(element), f"{sentence}; es wurde nicht übernommen.")


def _check_stray(reading: Reading, element: Element, text: str | None) -> None:
    if text and (plain := text.strip(BLANK)):
        sentence = f"Im Element „{name_of(element)}“ steht Text, der dort nicht hingehört: „{short(plain)}“"
        reading.tell(line_of(element), f"{sentence}; er wurde nicht übernommen.")


def _tell_unknown(reading: Reading, child: Element, element: Element) -> None:
    where = f"Das Element „{name_of(child)}“ in „{name_of(element)}“ ist nicht bekannt"
    said = "" if len(child) or not (child.text or "").strip(BLANK) else f" („{short(child.text or '')}“)"
    reading.tell(line_of(child), f"{where}{said}; es wurde nicht übernommen.")


def _one_of(reading: Reading, child: Element, first: object, second: object) -> object:
    """An empty text beside a written one says nothing and is passed over; else nobody knows which one is meant."""
    name = name_of(child)
    if isinstance(first, str) and isinstance(second, str) and bool(first) != bool(second):
        reading.tell(line_of(child), f"Das Element „{name}“ steht zweimal da, einmal leer; das leere wird übergangen.")
        return first or second
    raise XdfRefused(f"Das Element „{name}“ steht zweimal da; erlaubt ist es einmal.", line=line_of(child))


def _miss(reading: Reading, element: Element, name: str, need: Need) -> None:
    sentence = f"Im Element „{name_of(element)}“ fehlt „{name}“."
    if need is Need.YES:
        raise XdfRefused(sentence, line=line_of(element))
    reading.tell(line_of(element), sentence)
