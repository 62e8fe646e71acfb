"""The shapes of generation 3.0.0."""

from __future__ import annotations

import re

from lxml import etree

from stadtamt.forms.xdatenfelder.builders import (
    ON_THE_WAY,
    Generation,
    field_reader,
    group_reader,
    rule_reader,
    schema_reader,
    structure_reader,
)
from stadtamt.forms.xdatenfelder.elements import Element, Need, Part, Reading, Shape, line_of, read_parts
from stadtamt.forms.xdatenfelder.model import CodeListReference, Identity, Precision, Relation, Value
from stadtamt.forms.xdatenfelder.values import (
    DATA_TYPES,
    ELEMENT_KINDS,
    FIELD_KINDS,
    LIMITS,
    PREFILLS,
    STATUSES,
    code,
    filled,
    identity,
    keyword,
    noted,
    precision,
    reference,
    some_text,
    text,
    whole_number,
)

NAMESPACE = "urn:xoev-de:fim:standard:xdatenfelder_3.0.0"

_IDENTITY = Part("identity", identity(NAMESPACE), need=Need.YES)
_CODE_LIST = Shape(
    NAMESPACE,
    {
        "canonicalIdentification": Part("uri", text),
        "version": Part("version", text),
        "canonicalVersionUri": Part("version_uri", text),
    },
)
_VALUE = Shape(
    NAMESPACE, {"code": Part("code", filled, need=Need.YES), "name": Part("name", text), "hilfe": Part("help", text)}
)
_VALUES = Shape(
    NAMESPACE,
    {"wert": Part("values", lambda reading, element: Value(**_named(read_parts(reading, element, _VALUE))), many=True)},
)
_RELATION = Shape(
    NAMESPACE,
    {
        "praedikat": Part("predicate", code(NAMESPACE), need=Need.YES),
        "objekt": Part("target", identity(NAMESPACE), need=Need.YES),
    },
)
_PRECISION = Shape("", {}, attributes=frozenset(LIMITS))


def _named(found: dict[str, str]) -> dict[str, str]:
    return {"name": "", **found}


def _code_list(reading: Reading, element: Element) -> CodeListReference | None:
    found = read_parts(reading, element, _CODE_LIST)
    if found.get("uri"):
        return CodeListReference(**found)
    reading.tell(line_of(element), "Der Verweis auf eine Codeliste nennt keine Kennung; er wurde nicht übernommen.")
    return None


def _precision(reading: Reading, element: Element) -> Precision | None:
    note = noted(reading, element, _PRECISION)
    return precision(reading, element, {name: element.get(name, "") for name in LIMITS}, note)


_PLAIN = re.compile(
    rf'<(?P<p>(?:\w+:)?)relation(?: xmlns:\w+="[^"]*"| xmlns="{re.escape(NAMESPACE)}")+>'
    r'<(?P=p)praedikat(?: listURI="[^"]*")?(?: listVersionID="[^"]*")?><code>(?P<word>\w+)</code></(?P=p)praedikat>'
    r"<(?P=p)objekt><(?P=p)id>(?P<id>[A-Z][0-9]{1,15})</(?P=p)id>"
    r"(?:<(?P=p)version>(?P<version>[0-9.]{1,20})</(?P=p)version>)?</(?P=p)objekt></(?P=p)relation>"
)


def _relation(reading: Reading, element: Element) -> Relation:
    """Most of a large file are relations: what is written as the library does is read at once, to the same end as
    the rest by the tables."""
    plain = _PLAIN.fullmatch(etree.tostring(element, encoding="unicode", with_tail=False))
    if plain is not None:
        return Relation(plain["word"], Identity(plain["id"], plain["version"] or ""))
    return Relation(**read_parts(reading, element, _RELATION))


_prefill_code = code(NAMESPACE, PREFILLS)


def _prefill(reading: Reading, element: Element) -> str:
    return _prefill_code(reading, element) or "keine"


RULE = rule_reader(
    NAMESPACE,
    {
        "identifikation": _IDENTITY,
        "name": Part("name", text),
        "beschreibung": Part("description", text),
        "freitextRegel": Part("text", text),
        "bezug": Part("references", reference, many=True),
        "stichwort": Part("keywords", keyword, many=True),
        "fachlicherErsteller": Part("creator", text),
        "letzteAenderung": Part("changed", text),
        "typ": Part("type", code(NAMESPACE)),
        "skript": Part("script", text),
    },
)
_ALL = {
    "identifikation": _IDENTITY,
    "name": Part("name", text, need=Need.YES),
    "beschreibung": Part("description", text),
    "definition": Part("definition", text),
    "bezug": Part("references", reference, many=True),
    "freigabestatus": Part("status", code(NAMESPACE, STATUSES, firm=True), need=Need.TELL),
    "statusGesetztAm": Part("status_set_on", text),
    "statusGesetztDurch": Part("status_set_by", text),
    "gueltigAb": Part("valid_from", text),
    "gueltigBis": Part("valid_to", text),
    "versionshinweis": Part("version_note", text),
    "veroeffentlichungsdatum": Part("published", text),
    "letzteAenderung": Part("changed", text),
    "relation": Part("relations", _relation, many=True),
    "stichwort": Part("keywords", keyword, many=True),
    "regel": Part("rules", RULE, many=True),
}
_ELEMENT = _ALL | {
    "bezeichnungEingabe": Part("label_in", text, need=Need.TELL),
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
        "vorbefuellung": Part("prefill", _prefill),
        "werte": Part("values", lambda reading, element: read_parts(reading, element, _VALUES)["values"]),
        "codelisteReferenz": Part("code_list", _code_list),
        "codeKey": Part("code_key", text),
        "nameKey": Part("name_key", text),
        "helpKey": Part("help_key", text),
        "maxSize": Part("max_size", whole_number),
        "mediaType": Part("media_types", some_text, many=True),
    },
)
GROUP = group_reader(
    NAMESPACE, _ELEMENT | {"art": Part("art", code(NAMESPACE, frozenset("X"))), "struktur": ON_THE_WAY}
)
SCHEMA = schema_reader(
    NAMESPACE,
    _ALL
    | {
        "bezeichnung": Part("label_in", text, need=Need.TELL),
        "ableitungsmodifikationenStruktur": Part("modifications_structure", code(NAMESPACE)),
        "ableitungsmodifikationenRepraesentation": Part("modifications_representation", code(NAMESPACE)),
        "dokumentsteckbrief": Part("document_profile", identity(NAMESPACE), need=Need.TELL),
        "struktur": ON_THE_WAY,
    },
)
GENERATION_3 = Generation(
    name="3.0.0",
    namespace=NAMESPACE,
    schema=SCHEMA,
    group=GROUP,
    structure=structure_reader(NAMESPACE, FIELD, GROUP),
)
