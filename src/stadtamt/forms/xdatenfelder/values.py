"""The small readers: texts, codes, ids, numbers, how often."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from stadtamt.forms.xdatenfelder.elements import (
    BLANK,
    Element,
    Need,
    Part,
    Read,
    Reading,
    Shape,
    line_of,
    name_of,
    read_parts,
    short,
)
from stadtamt.forms.xdatenfelder.errors import XdfRefused
from stadtamt.forms.xdatenfelder.model import Identity, Keyword, Precision, Reference

STATUSES = frozenset("12345678")
FIELD_KINDS = frozenset(("input", "select", "label", "hidden", "locked"))
DATA_TYPES = frozenset(
    ("text", "text_latin", "date", "time", "datetime", "bool", "num", "num_int", "num_currency", "file", "obj")
)
ELEMENT_KINDS = frozenset(("ABS", "HAR", "RNG"))
PREFILLS = frozenset(("keine", "optional", "verpflichtend"))
LIST_ATTRIBUTES = frozenset(("listURI", "listVersionID"))
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_VERSION = re.compile(r"[A-Za-z0-9._-]{0,40}")
_TIMES = re.compile(r"([0-9]{1,6}):([0-9]{1,6}|\*)")
_WHOLE = re.compile(r"[0-9]{1,12}")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}
_VALUES = {"minValue": "min_value", "maxValue": "max_value"}
LIMITS = (*_LENGTHS, *_VALUES, "pattern")
_TEXT = Shape("", {})


def text(reading: Reading, element: Element) -> str:
    """The text without blanks at its ends."""
    return noted(reading, element, _TEXT)


def noted(reading: Reading, element: Element, shape: Shape) -> str:
    """The text of an element that may carry the attributes of the `shape`."""
    if not len(element) and (not element.attrib or shape.attributes.issuperset(element.attrib)):
        return (element.text or "").strip(BLANK)
    whole = "".join(str(piece) for piece in element.itertext()).strip(BLANK)
    for child in element:
        sentence = (
            f"Im Text von „{name_of(element)}“ steht das Element „{name_of(child)}“; nur sein Text wurde gelesen."
        )
        reading.tell(line_of(child), sentence)
    for name in sorted({str(key) for key in element.attrib} - shape.attributes):
        sentence = f"Das Attribut „{name}“ am Element „{name_of(element)}“ ist nicht bekannt"
        reading.tell(line_of(element), f"{sentence}; es wurde nicht übernommen.")
    return whole


def some_text(reading: Reading, element: Element) -> str | None:
    """As :func:`text`; None where nothing is written, for parts that may occur several times."""
    return text(reading, element) or None


def filled(reading: Reading, element: Element) -> str:
    """As :func:`text`; refused where nothing is written."""
    value = text(reading, element)
    if not value:
        raise XdfRefused(f"Das Element „{name_of(element)}“ ist leer.", line=line_of(element))
    return value


_REFERENCE = Shape("", {}, attributes=frozenset(("link",)))
_KEYWORD = Shape("", {}, attributes=frozenset(("uri",)))


def reference(reading: Reading, element: Element) -> Reference | None:
    read = Reference(noted(reading, element, _REFERENCE), element.get("link", "").strip(BLANK))
    return read if read.text or read.link else None


def keyword(reading: Reading, element: Element) -> Keyword | None:
    read = Keyword(noted(reading, element, _KEYWORD), element.get("uri", "").strip(BLANK))
    return read if read.text or read.uri else None


def code(namespace: str, allowed: Collection[str] = (), *, firm: bool = False) -> Read:
    """A reader of ``<x><code>…</code></x>``; another code than the `allowed` is refused when `firm`, else told."""
    shape = Shape(namespace, {"code": Part("code", lambda _, child: child, need=Need.YES)}, attributes=LIST_ATTRIBUTES)

    def read(reading: Reading, element: Element) -> str:
        child = read_parts(reading, element, shape)["code"]
        value = text(reading, child)
        if not allowed or value in allowed or (not value and not firm):
            return value
        sentence = f"Der Code „{short(value)}“ ist für „{name_of(element)}“ nicht bekannt"
        if firm:
            raise XdfRefused(f"{sentence}; erlaubt sind {', '.join(sorted(allowed))}.", line=line_of(child))
        reading.tell(line_of(child), f"{sentence}; er wurde übernommen, wie er ist.")
        return value

    return read


def identity(namespace: str) -> Read:
    """A reader of ``<x><id/><version/></x>``."""
    shape = Shape(namespace, {"id": Part("id", checked_id, need=Need.YES), "version": Part("version", _version)})

    def read(reading: Reading, element: Element) -> Identity:
        return Identity(**read_parts(reading, element, shape))

    return read


def checked_id(reading: Reading, element: Element) -> str:
    value = text(reading, element)
    if not value:
        raise XdfRefused("Die Id ist leer.", line=line_of(element))
    if not _ID.fullmatch(value):
        raise XdfRefused(
            f"„{short(value)}“ ist keine Id; sie beginnt mit einem Buchstaben, danach folgen Ziffern.",
            line=line_of(element),
        )
    return value


def _version(reading: Reading, element: Element) -> str:
    value = text(reading, element)
    if not _VERSION.fullmatch(value):
        raise XdfRefused(f"„{short(value)}“ ist keine Version, wie zum Beispiel 1.0.0.", line=line_of(element))
    return value


def times(reading: Reading, element: Element) -> tuple[int, int | None]:
    """How often at least and at most: "0:1", "2:5", "1:*" (None: any number)."""
    value = text(reading, element)
    match = _TIMES.fullmatch(value)
    if match is None:
        sentence = f"„{short(value)}“ ist keine Anzahl; geschrieben wird sie wie 0:1, 2:5 oder 1:*."
        raise XdfRefused(sentence, line=line_of(element))
    least, most = int(match[1]), None if match[2] == "*" else int(match[2])
    if most is not None and most < least:
        raise XdfRefused(f"Die Anzahl „{value}“ verlangt mehr, als sie erlaubt.", line=line_of(element))
    return least, most


def whole_number(reading: Reading, element: Element) -> int | None:
    value = text(reading, element)
    if _WHOLE.fullmatch(value):
        return int(value)
    if value:
        sentence = f"„{short(value)}“ in „{name_of(element)}“ ist keine ganze Zahl; sie wurde nicht übernommen."
        reading.tell(line_of(element), sentence)
    return None


def precision(reading: Reading, element: Element, limits: dict[str, str], note: str) -> Precision | None:
    """The limits by their names in 3.0.0. What is no number is kept as written, and told."""
    read: dict[str, int | Decimal] = {}
    unread: list[tuple[str, str]] = []
    for name, written in limits.items():
        value = written.strip(BLANK)
        if not value or name == "pattern":
            continue
        if name in _LENGTHS and _WHOLE.fullmatch(value):
            read[_LENGTHS[name]] = int(value)
        elif name in _VALUES and _NUMBER.fullmatch(value):
            read[_VALUES[name]] = Decimal(value)
        else:
            unread.append((name, value))
            sentence = f"„{short(value)}“ in „{name}“ ist keine Zahl; die Grenze wird aufbewahrt, aber nicht geprüft."
            reading.tell(line_of(element), sentence)
    found = Precision(pattern=limits.get("pattern", ""), note=note, unread=tuple(sorted(unread)), **read)  # type: ignore[arg-type]
    return found if found != Precision() else None
