"""A file of XDatenfelder as data: everything the standard names, in the order of the file, to be written again.

Names follow the standard 3.0.0 in English. What generation 2 or 1 says otherwise its reader brings into this shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

type Path = tuple[str, ...]
"""The ids from the outermost group down: ``("G05000011684", "G60000000083", "F60000000231")``."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An id with its version, both as in 3.0.0: ``F60000000227``, ``1.2.0``; the version may be missing."""

    id: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A legal or factual basis (*bezug*), with the address where it can be read."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword (*stichwort*) and what kind of word it is."""

    text: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to another element: ABL derived from, ERS replaces, EQU, VKN."""

    predicate: str
    target: Identity


@dataclass(frozen=True, slots=True)
class CodeListReference:
    """The code list whose codes may be chosen."""

    uri: str
    version: str = ""
    version_uri: str = ""
    id: str = field(default="", compare=False)  # generation 2 only (C00000001): 3.0.0 has no place for it


@dataclass(frozen=True, slots=True)
class Value:
    """One value that stands in the field itself (*wert*)."""

    code: str
    name: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Precision:
    """Limits of a field (*praezisierung*)."""

    min_length: int | None = None
    max_length: int | None = None
    min_value: Decimal | None = None
    max_value: Decimal | None = None
    pattern: str = ""
    note: str = ""
    unread: tuple[tuple[str, str], ...] = ()  # limits that are no numbers, as written: ("minValue", "1900-01-01")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule (*regel*) in the words of its author; `script` only where an old file carries one (it is never run)."""

    identity: Identity
    name: str = ""
    description: str = ""
    text: str = ""  # freitextRegel
    references: tuple[Reference, ...] = ()
    creator: str = ""
    changed: str = ""
    type: str = ""
    keywords: tuple[Keyword, ...] = ()
    script: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Common:
    """What schema, group and field have in common."""

    identity: Identity
    name: str
    description: str = ""
    definition: str = ""
    references: tuple[Reference, ...] = ()
    status: str = ""  # freigabestatus 1 to 8
    status_set_on: str = ""
    status_set_by: str = ""
    valid_from: str = ""
    valid_to: str = ""
    version_note: str = ""
    published: str = ""
    changed: str = ""
    keywords: tuple[Keyword, ...] = ()
    relations: tuple[Relation, ...] = ()
    label_in: str = ""  # bezeichnungEingabe; of a schema: bezeichnung
    label_out: str = ""  # bezeichnungAusgabe
    help_in: str = ""
    help_out: str = ""
    element_kind: str = ""  # schemaelementart: ABS, HAR, RNG
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A data field (*datenfeld*)."""

    common: Common
    kind: str = "input"  # feldart: input, select, label, hidden, locked
    type: str = "text"  # datentyp: text, text_latin, date, time, datetime, bool, num, num_int, num_currency, file, obj
    precision: Precision | None = None
    content: str = ""  # inhalt
    prefill: str = "keine"  # vorbefuellung
    values: tuple[Value, ...] = ()
    code_list: CodeListReference | None = None
    code_key: str = ""
    name_key: str = ""
    help_key: str = ""
    max_size: int | None = None  # bytes
    media_types: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def id(self) -> str:
        return self.common.identity.id


@dataclass(frozen=True, slots=True)
class Structure:
    """An element in its place (*struktur*): how often it may occur there, and why. `most` None: any number."""

    least: int
    most: int | None
    element: Field | Group
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of fields and groups (*datenfeldgruppe*). `art` X: exactly one of the parts."""

    common: Common
    art: str = ""
    rules: tuple[Rule, ...] = ()
    parts: tuple[Structure, ...] = ()

    @property
    def id(self) -> str:
        return self.common.identity.id


@dataclass(frozen=True, slots=True)
class Schema:
    """The data schema of one matter (*stammdatenschema*)."""

    common: Common
    modifications_structure: str = ""
    modifications_representation: str = ""
    document_profile: Identity | None = None
    rules: tuple[Rule, ...] = ()
    parts: tuple[Structure, ...] = ()

    @property
    def id(self) -> str:
        return self.common.identity.id


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that was read tolerantly or not kept: the line, and a German sentence."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Node:
    """An element at its place in the whole: fields and groups by path."""

    path: Path
    structure: Structure

    @property
    def element(self) -> Field | Group:
        return self.structure.element


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file. `root` is a schema (message 0102) or a single group (message 0103).

    Two are equal when they say the same, whatever generation and lines they were read from.
    """

    generation: str = field(compare=False)  # "2" or "3.0.0": what the file was written in
    message_id: str
    created: str
    root: Schema | Group
    warnings: tuple[Warning, ...] = field(default=(), compare=False)

    def nodes(self) -> Iterator[Node]:
        """All elements below the root, each before its parts, in the order of the file. Paths begin below a schema;
        of a single group, with the group itself."""
        if isinstance(self.root, Group):
            yield from _walk((), (Structure(1, 1, self.root),))
        else:
            yield from _walk((), self.root.parts)


def _walk(above: Path, parts: tuple[Structure, ...]) -> Iterator[Node]:
    for part in parts:
        path = (*above, part.element.common.identity.id)
        yield Node(path, part)
        if isinstance(part.element, Group):
            yield from _walk(path, part.element.parts)
