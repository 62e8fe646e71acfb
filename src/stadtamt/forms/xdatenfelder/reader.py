"""Reads a file of XDatenfelder as it streams by: each struktur becomes data as soon as it ends."""

from __future__ import annotations

from typing import Any

from stadtamt.forms.xdatenfelder.builders import Generation
from stadtamt.forms.xdatenfelder.elements import (
    BLANK,
    Element,
    Frame,
    Need,
    Part,
    Reading,
    Shape,
    line_of,
    name_of,
    read_parts,
    short,
)
from stadtamt.forms.xdatenfelder.errors import XdfRefused
from stadtamt.forms.xdatenfelder.generation2 import GENERATION_2, tell_dropped
from stadtamt.forms.xdatenfelder.generation2 import NAMESPACE as NAMESPACE_2
from stadtamt.forms.xdatenfelder.generation3 import GENERATION_3
from stadtamt.forms.xdatenfelder.model import Document
from stadtamt.forms.xdatenfelder.values import text
from stadtamt.kernel.xml import XmlRefused, iterate_xml

MAX_BYTES = 20_000_000
MAX_NODES = 5_000
MAX_DEPTH = 40
_GENERATIONS = {generation.namespace: generation for generation in (GENERATION_2, GENERATION_3)}
_MESSAGES = {
    "xdatenfelder.stammdatenschema.0102": "stammdatenschema",
    "xdatenfelder.datenfeldgruppe.0103": "datenfeldgruppe",
}
_FAMILY = "urn:xoev-de:fim:standard:xdatenfelder_"
_LOCATIONS = frozenset(
    f"{{http://www.w3.org/2001/XMLSchema-instance}}{name}" for name in ("schemaLocation", "noNamespaceSchemaLocation")
)


def read_document(data: bytes, *, max_bytes: int = MAX_BYTES) -> Document:
    """The whole file; XdfRefused with line and sentence for whatever cannot be read with certainty.

    Texts lose the blanks at their ends. What is not known, and what 3.0.0 has no place for, is listed in `warnings`.
    Scripts of rules are kept as text and never run.
    """
    try:
        return _read(data, max_bytes)
    except XmlRefused as fault:
        sentence = fault.sentence.replace(f" (Zeile {fault.line})", "").replace(f", Zeile {fault.line})", ")")
        raise XdfRefused(sentence, line=fault.line) from fault


def _read(data: bytes, max_bytes: int) -> Document:
    events = iterate_xml(data, tags=("{*}struktur",), max_bytes=max_bytes)
    _, root = next(events)
    walk = _Walk(root)
    document: Document | None = None
    for event, element in events:
        if element is root:
            document = walk.finish()
        elif event == "start":
            walk.open(element)
        else:
            walk.close(element)
    if document is None:  # the walk ends with the root, or is refused
        raise XdfRefused("Die Datei endet zu früh.")
    return document


class _Walk:
    """Goes along with the file: one frame for every struktur that is open, and one for the root."""

    def __init__(self, root: Element) -> None:
        self._generation, self._content = _kind_of(root)
        self._root = root
        self._frames = [Frame(root)]
        self._reading = Reading(self._frames[0])
        self._nodes = 0
        space = f"{{{self._generation.namespace}}}"
        self._structure = f"{space}struktur"
        self._holders = frozenset(f"{space}{name}" for name in ("stammdatenschema", "datenfeldgruppe"))

    def open(self, element: Element) -> None:
        if name_of(element) != "struktur":
            return
        self._nodes += 1
        if self._nodes == 1:
            self._date()
        if self._nodes > MAX_NODES:
            sentence = f"Das Schema hat mehr als {MAX_NODES} Felder und Gruppen; so große Schemas werden nicht gelesen."
            raise XdfRefused(sentence, line=line_of(element))
        if len(self._frames) > MAX_DEPTH:
            raise XdfRefused(f"Die Gruppen sind tiefer als {MAX_DEPTH} Ebenen verschachtelt.", line=line_of(element))
        self._frames.append(Frame(element, self._belongs(element)))

    def close(self, element: Element) -> None:
        if name_of(element) != "struktur":
            return
        frame = self._frames.pop()
        if frame.fits:
            self._reading.frame = frame
            self._frames[-1].parts.append(self._generation.structure(self._reading, element))
        frame.holder = None  # freeing an element is slow while any part of it is held

    def _belongs(self, element: Element) -> bool:
        """Whether the struktur stands directly in the schema or group of the open frame. Elsewhere it is part of
        something unknown, which is told with its whole."""
        frame, holder = self._frames[-1], element.getparent()
        if not frame.fits or holder is None or element.tag != self._structure:
            return False
        if holder is frame.holder:
            return True
        above = holder.getparent()
        if frame.place is not self._root and above is not None:
            above = above.getparent()
        if holder.tag not in self._holders or above is not frame.place:
            return False
        frame.holder = holder
        return True

    def _date(self) -> None:
        if self._generation is GENERATION_2:
            space = f"{{{NAMESPACE_2}}}"
            self._reading.made = (self._root.findtext(f"{space}header/{space}erstellungszeitpunkt") or "").strip(BLANK)

    def finish(self) -> Document:
        self._date()
        generation, reading = self._generation, self._reading
        reading.frame = self._frames[0]
        found = read_parts(reading, self._root, _message(generation, self._content))
        header: dict[str, Any] = found["header"] or {}
        tell_dropped(reading)
        warnings = tuple(sorted(reading.warnings, key=lambda warning: warning.line))
        return Document(
            generation.name, header.get("message_id", ""), header.get("created", ""), found["root"], warnings
        )


def _message(generation: Generation, content: str) -> Shape:
    head = Shape(
        generation.namespace,
        {
            "nachrichtID": Part("message_id", text, need=Need.TELL),
            "erstellungszeitpunkt": Part("created", text, need=Need.TELL),
        },
    )
    read = generation.schema if content == "stammdatenschema" else generation.group
    parts = {
        "header": Part("header", lambda reading, element: read_parts(reading, element, head), need=Need.YES),
        content: Part("root", read, need=Need.YES),
    }
    return Shape(generation.namespace, parts, attributes=_LOCATIONS)


def _kind_of(root: Element) -> tuple[Generation, str]:
    """The generation and what the message contains; XdfRefused for everything else, with the reason."""
    space, _, name = root.tag.removeprefix("{").rpartition("}")
    line = line_of(root)
    if space == f"{_FAMILY}1" or (space.startswith(_FAMILY) and name.endswith(("0102001", "0103001"))):
        sentence = "Die Datei ist in Generation 1 von XDatenfelder geschrieben; gelesen werden Generation 2 und 3.0.0."
        raise XdfRefused(f"{sentence} Bitte laden Sie das Schema neu aus der Bibliothek.", line=line)
    generation = _GENERATIONS.get(space)
    if generation is None:
        where = f"Der Namensraum „{short(space)}“ ist nicht bekannt" if space else "Die Datei nennt keinen Namensraum"
        raise XdfRefused(f"{where}; gelesen werden XDatenfelder der Generation 2 und 3.0.0.", line=line)
    if "dokumentsteckbrief" in name:
        raise XdfRefused("Die Datei ist ein Dokumentsteckbrief; er beschreibt keine Felder.", line=line)
    if name not in _MESSAGES:
        sentence = f"Die Nachricht „{short(name)}“ wird nicht gelesen, nur Stammdatenschema und Datenfeldgruppe."
        raise XdfRefused(sentence, line=line)
    return generation, _MESSAGES[name]
