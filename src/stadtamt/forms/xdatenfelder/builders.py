"""From the tables of a generation to readers of schema, group, field, rule and struktur."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stadtamt.forms.xdatenfelder.elements import (
    Element,
    Need,
    Part,
    Read,
    Reading,
    Shape,
    line_of,
    read_parts,
    split_common,
)
from stadtamt.forms.xdatenfelder.errors import XdfRefused
from stadtamt.forms.xdatenfelder.model import Field, Group, Rule, Schema, Structure
from stadtamt.forms.xdatenfelder.values import reference, times

ON_THE_WAY = Part("", None)
"""Parts that the walk reads as soon as they end."""


@dataclass(frozen=True, slots=True)
class Generation:
    """What differs between generations: the names, and the readers of the large elements."""

    name: str
    namespace: str
    schema: Read
    group: Read
    structure: Read


def schema_reader(namespace: str, parts: Mapping[str, Part]) -> Read:
    shape = Shape(namespace, parts)

    def read(reading: Reading, element: Element) -> Schema:
        common, own = split_common(element, _dated(reading, read_parts(reading, element, shape)))
        _check_twins(reading, reading.frame.parts)
        return Schema(common, parts=tuple(reading.frame.parts), **own)

    return read


def group_reader(namespace: str, parts: Mapping[str, Part]) -> Read:
    shape = Shape(namespace, parts)

    def read(reading: Reading, element: Element) -> Group:
        common, own = split_common(element, _dated(reading, read_parts(reading, element, shape)))
        _check_twins(reading, reading.frame.parts)
        return Group(common, parts=tuple(reading.frame.parts), **own)

    return read


def field_reader(namespace: str, parts: Mapping[str, Part]) -> Read:
    shape = Shape(namespace, parts)

    def read(reading: Reading, element: Element) -> Field:
        common, own = split_common(element, _dated(reading, read_parts(reading, element, shape)))
        return Field(common, **own)

    return read


def rule_reader(namespace: str, parts: Mapping[str, Part]) -> Read:
    shape = Shape(namespace, parts)

    def read(reading: Reading, element: Element) -> Rule:
        return Rule(line=line_of(element), **read_parts(reading, element, shape))

    return read


def structure_reader(namespace: str, field: Read, group: Read) -> Read:
    """A reader of struktur; the element in it takes its own parts from the open frame."""
    content = Shape(namespace, {"datenfeld": Part("element", field), "datenfeldgruppe": Part("element", group)})
    shape = Shape(
        namespace,
        {
            "anzahl": Part("times", times, need=Need.YES),
            "bezug": Part("references", reference, many=True),
            "enthaelt": Part("element", lambda reading, element: read_parts(reading, element, content), need=Need.YES),
        },
    )

    def read(reading: Reading, element: Element) -> Structure:
        found = read_parts(reading, element, shape)
        if "element" not in found["element"]:
            raise XdfRefused("Die Struktur enthält weder Datenfeld noch Datenfeldgruppe.", line=line_of(element))
        least, most = found["times"]
        return Structure(least, most, found["element"]["element"], found["references"])

    return read


def _dated(reading: Reading, found: dict[str, Any]) -> dict[str, Any]:
    if reading.made:
        found.setdefault("changed", reading.made)
    return found


def _check_twins(reading: Reading, parts: list[Structure]) -> None:
    seen = set()
    for part in parts:
        common = part.element.common
        if common.identity.id in seen:
            sentence = (
                f"{common.identity.id} kommt an derselben Stelle mehrmals vor; die Wege dorthin sind nicht eindeutig."
            )
            reading.tell(common.line, sentence)
        seen.add(common.identity.id)
