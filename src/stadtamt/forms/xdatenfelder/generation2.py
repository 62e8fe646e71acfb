"""The shapes of generation 2, brought into the shape of 3.0.0.

The id gets three digits more, the version a third number. *aktiv* becomes status 6, as in most elements that the
library itself brought over; *inVorbereitung* becomes 2, *inaktiv* 7. The maker and the day of release become those of
the status. What 3.0.0 demands and generation 2 does not know: the last change is the making of the file, the type of a
rule is K (complex, the only one in use), and the document profile is the placeholder of the library, which is told.
Ids in the texts of rules stay as they are written.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from stadtamt.forms.xdatenfelder.builders import (
    ON_THE_WAY,
    Generation,
    field_reader,
    group_reader,
    schema_reader,
    structure_reader,
)
from stadtamt.forms.xdatenfelder.elements import (
    Element,
    Need,
    Part,
    Reading,
    Shape,
    line_of,
    name_of,
    read_parts,
    short,
)
from stadtamt.forms.xdatenfelder.model import CodeListReference, Identity, Precision, Rule, Schema
from stadtamt.forms.xdatenfelder.values import (
    DATA_TYPES,
    ELEMENT_KINDS,
    FIELD_KINDS,
    LIMITS,
    code,
    identity,
    precision,
    reference,
    text,
)

NAMESPACE = "urn:xoev-de:fim:standard:xdatenfelder_2"
PLACEHOLDER_PROFILE = Identity("D99000000001")
STATUS_OF = {"aktiv": "6", "inVorbereitung": "2", "inaktiv": "7"}
_LONG_ID = re.compile(r"([A-Z])([0-9]{2})([0-9]{6})")
_TWO_NUMBERS = re.compile(r"[0-9]+\.[0-9]+")


def id_in_3(short_id: str) -> str:
    """F60000227 as F60000000227: the range of numbers, three digits more, the running number. Others stay."""
    match = _LONG_ID.fullmatch(short_id)
    return f"{match[1]}{match[2]}000{match[3]}" if match else short_id


def version_in_3(version: str) -> str:
    return f"{version}.0" if _TWO_NUMBERS.fullmatch(version) else version


def tell_dropped(reading: Reading) -> None:
    """One warning for each part of rules that 3.0.0 has no place for, however often it occurs."""
    for name, (count, line) in sorted(reading.dropped.items()):
        rules = "einer Regel" if count == 1 else f"{count} Regeln"
        sentence = f"Das Element „{name}“ an {rules} kennt XDatenfelder 3.0.0 dort nicht; es wurde nicht übernommen."
        reading.tell(line, sentence)


_read_identity = identity(NAMESPACE)


def _identity(reading: Reading, element: Element) -> Identity:
    read = _read_identity(reading, element)
    return Identity(id_in_3(read.id), version_in_3(read.version))


_word = code(NAMESPACE, STATUS_OF, firm=True)


def _status(reading: Reading, element: Element) -> str:
    return STATUS_OF[_word(reading, element)]


def _dropped(reading: Reading, element: Element) -> str:
    """A part of a rule without a place in 3.0.0; counted, and told at the end."""
    said = "".join(str(piece) for piece in element.itertext()).strip()
    if said:
        count, line = reading.dropped.get(name_of(element), (0, line_of(element)))
        reading.dropped[name_of(element)] = (count + 1, line)
    return said


def _precision(reading: Reading, element: Element) -> Precision | None:
    written = text(reading, element)
    if not written:
        return None
    try:
        limits = json.loads(written, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        limits = None
    if not isinstance(limits, dict):
        sentence = f"Die Präzisierung „{short(written)}“ ist nicht lesbar; sie wird als Notiz aufbewahrt."
        reading.tell(line_of(element), sentence)
        return precision(reading, element, {}, written)
    known = {name: value for name, value in limits.items() if name in LIMITS and isinstance(value, str)}
    note = limits.get("note", "")
    for name in limits.keys() - known.keys() - {"note"}:
        sentence = f"Die Angabe „{short(name)}“ der Präzisierung ist nicht bekannt; sie wurde nicht übernommen."
        reading.tell(line_of(element), sentence)
    return precision(reading, element, known, note if isinstance(note, str) else "")


_LIST_IDENTITY = Shape(NAMESPACE, {"id": Part("id", text), "version": Part("version", text)})
_GENERICODE = Shape(
    NAMESPACE,
    {
        "canonicalIdentification": Part("uri", text),
        "version": Part("version", text),
        "canonicalVersionUri": Part("version_uri", text),
    },
)
_CODE_LIST = Shape(
    NAMESPACE,
    {
        "identifikation": Part("own", lambda reading, element: read_parts(reading, element, _LIST_IDENTITY)),
        "genericodeIdentification": Part("list", lambda reading, element: read_parts(reading, element, _GENERICODE)),
    },
)


def _code_list(reading: Reading, element: Element) -> CodeListReference | None:
    found = read_parts(reading, element, _CODE_LIST)
    own, listed = found.get("own", {}), found.get("list", {})
    if listed.get("uri"):
        return CodeListReference(**listed, id=own.get("id", ""))
    reading.tell(line_of(element), "Der Verweis auf eine Codeliste nennt keine Kennung; er wurde nicht übernommen.")
    return None


_RULE_ONLY_IN_2 = (
    "bezeichnungAusgabe",
    "status",
    "versionshinweis",
    "gueltigAb",
    "gueltigBis",
    "freigabedatum",
    "veroeffentlichungsdatum",
)
_RULE = Shape(
    NAMESPACE,
    {
        "identifikation": Part("identity", _identity, need=Need.YES),
        "name": Part("name", text),
        "bezeichnungEingabe": Part("label", text),
        "beschreibung": Part("description", text),
        "definition": Part("text", text),
        "bezug": Part("references", reference, many=True),
        "fachlicherErsteller": Part("creator", text),
        "script": Part("script", text),
        **{name: Part(name, _dropped) for name in _RULE_ONLY_IN_2},
    },
)


def _rule(reading: Reading, element: Element) -> Rule:
    found = read_parts(reading, element, _RULE)
    for name in _RULE_ONLY_IN_2:
        found.pop(name, None)
    label = found.pop("label", "")
    if label and label != found.get("name"):
        count, line = reading.dropped.get("bezeichnungEingabe", (0, line_of(element)))
        reading.dropped["bezeichnungEingabe"] = (count + 1, line)
    return Rule(type="K", changed=reading.made, line=line_of(element), **found)


_ALL = {
    "identifikation": Part("identity", _identity, need=Need.YES),
    "name": Part("name", text, need=Need.YES),
    "bezeichnungEingabe": Part("label_in", text, need=Need.TELL),
    "beschreibung": Part("description", text),
    "definition": Part("definition", text),
    "bezug": Part("references", reference, many=True),
    "status": Part("status", _status, need=Need.TELL),
    "fachlicherErsteller": Part("status_set_by", text),
    "freigabedatum": Part("status_set_on", text),
    "veroeffentlichungsdatum": Part("published", text),
    "versionshinweis": Part("version_note", text),
    "gueltigAb": Part("valid_from", text),
    "gueltigBis": Part("valid_to", text),
    "regel": Part("rules", _rule, many=True),
}
_ELEMENT = _ALL | {
    "bezeichnungAusgabe": Part("label_out", text),
    "schemaelementart": Part("element_kind", code(NAMESPACE, ELEMENT_KINDS)),
    "hilfetextEingabe": Part("help_in", text),
    "hilfetextAusgabe": Part("help_out", text),
}
FIELD = field_reader(
    NAMESPACE,
    _ELEMENT
    | {
        "feldart": Part("kind", code(NAMESPACE, FIELD_KINDS, firm=True), need=Need.YES),
        "datentyp": Part("type", code(NAMESPACE, DATA_TYPES, firm=True), need=Need.YES),
        "praezisierung": Part("precision", _precision),
        "inhalt": Part("content", text),
        "codelisteReferenz": Part("code_list", _code_list),
    },
)
GROUP = group_reader(NAMESPACE, _ELEMENT | {"struktur": ON_THE_WAY})
_schema = schema_reader(
    NAMESPACE,
    _ALL
    | {
        "ableitungsmodifikationenStruktur": Part("modifications_structure", code(NAMESPACE)),
        "ableitungsmodifikationenRepraesentation": Part("modifications_representation", code(NAMESPACE)),
        "struktur": ON_THE_WAY,
    },
)


def _schema_with_profile(reading: Reading, element: Element) -> Schema:
    sentence = f"Generation 2 kennt keinen Dokumentsteckbrief; eingesetzt ist der Platzhalter {PLACEHOLDER_PROFILE.id}"
    reading.tell(line_of(element), f"{sentence} der Bibliothek.")
    read: Schema = _schema(reading, element)
    return replace(read, document_profile=PLACEHOLDER_PROFILE)


GENERATION_2 = Generation(
    name="2",
    namespace=NAMESPACE,
    schema=_schema_with_profile,
    group=GROUP,
    structure=structure_reader(NAMESPACE, FIELD, GROUP),
)
