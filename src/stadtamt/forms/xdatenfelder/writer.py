"""Writes a document as a file of XDatenfelder 3.0.0, in the order and with the code lists that the library uses."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from stadtamt.forms.xdatenfelder.elements import Element
from stadtamt.forms.xdatenfelder.errors import XdfRefused
from stadtamt.forms.xdatenfelder.generation3 import NAMESPACE
from stadtamt.forms.xdatenfelder.model import (
    Common,
    Document,
    Field,
    Group,
    Identity,
    Keyword,
    Precision,
    Reference,
    Rule,
    Schema,
    Structure,
)

_LIST = "urn:xoev-de:fim:codeliste:xdatenfelder."
_LISTS = {
    "freigabestatus": ("urn:xoev-de:xprozess:codeliste:status", "2022-07-12"),
    "schemaelementart": (f"{_LIST}schemaelementart", "1.0"),
    "feldart": (f"{_LIST}feldart", "2.0"),
    "datentyp": (f"{_LIST}datentyp", "2.0"),
    "vorbefuellung": (f"{_LIST}vorbefuellung", "1.0"),
    "typ": (f"{_LIST}regeltyp", "1.0"),
    "praedikat": ("urn:xoev-de:fim-datenfelder:codeliste:relation", "1.2"),
    "ableitungsmodifikationenStruktur": (f"{_LIST}ableitungsmodifikationenStruktur", "1.0"),
    "ableitungsmodifikationenRepraesentation": (f"{_LIST}ableitungsmodifikationenRepraesentation", "1.0"),
}


def write_document(document: Document) -> bytes:
    """The file in UTF-8, the same for equal documents. Read again it is equal to the document, if texts have no blanks
    at their ends. Empty texts are left out. XdfRefused for signs that XML cannot carry."""
    if isinstance(document.root, Schema):
        message = etree.Element(_tag("xdatenfelder.stammdatenschema.0102"), nsmap={"xdf3": NAMESPACE})
    else:
        message = etree.Element(_tag("xdatenfelder.datenfeldgruppe.0103"), nsmap={"xdf3": NAMESPACE})
    try:
        header = _add(message, "header")
        _text(header, "nachrichtID", document.message_id)
        _text(header, "erstellungszeitpunkt", document.created)
        if isinstance(document.root, Schema):
            _schema(message, document.root)
        else:
            _group(message, document.root)
    except ValueError as fault:
        raise XdfRefused("Ein Text enthält Steuerzeichen, die in XML nicht stehen können.") from fault
    return etree.tostring(message, xml_declaration=True, encoding="utf-8")


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Element, name: str) -> Element:
    return etree.SubElement(parent, _tag(name))


def _text(parent: Element, name: str, text: str) -> None:
    if text:
        _add(parent, name).text = text


def _code(parent: Element, name: str, code: str) -> None:
    if not code:
        return
    element = _add(parent, name)
    if name in _LISTS:
        uri, version = _LISTS[name]
        element.set("listURI", uri)
        element.set("listVersionID", version)
    etree.SubElement(element, "code").text = code


def _identity(parent: Element, name: str, identity: Identity) -> None:
    element = _add(parent, name)
    _text(element, "id", identity.id)
    _text(element, "version", identity.version)


def _references(parent: Element, references: tuple[Reference, ...]) -> None:
    for reference in references:
        element = _add(parent, "bezug")
        element.text = reference.text
        if reference.link:
            element.set("link", reference.link)


def _keywords(parent: Element, keywords: tuple[Keyword, ...]) -> None:
    for keyword in keywords:
        element = _add(parent, "stichwort")
        element.text = keyword.text
        if keyword.uri:
            element.set("uri", keyword.uri)


def _schema(message: Element, schema: Schema) -> None:
    element = _add(message, "stammdatenschema")
    _common(element, schema.common)
    _text(element, "bezeichnung", schema.common.label_in)
    _code(element, "ableitungsmodifikationenStruktur", schema.modifications_structure)
    _code(element, "ableitungsmodifikationenRepraesentation", schema.modifications_representation)
    if schema.document_profile is not None:
        _identity(element, "dokumentsteckbrief", schema.document_profile)
    _rules(element, schema.rules)
    _parts(element, schema.parts)


def _common(element: Element, common: Common) -> None:
    _identity(element, "identifikation", common.identity)
    _add(element, "name").text = common.name
    _text(element, "beschreibung", common.description)
    _text(element, "definition", common.definition)
    _references(element, common.references)
    _code(element, "freigabestatus", common.status)
    _text(element, "statusGesetztAm", common.status_set_on)
    _text(element, "statusGesetztDurch", common.status_set_by)
    _text(element, "gueltigAb", common.valid_from)
    _text(element, "gueltigBis", common.valid_to)
    _text(element, "versionshinweis", common.version_note)
    _text(element, "veroeffentlichungsdatum", common.published)
    _text(element, "letzteAenderung", common.changed)
    for relation in common.relations:
        related = _add(element, "relation")
        _code(related, "praedikat", relation.predicate)
        _identity(related, "objekt", relation.target)
    _keywords(element, common.keywords)


def _labels(element: Element, common: Common) -> None:
    _text(element, "bezeichnungEingabe", common.label_in)
    _text(element, "bezeichnungAusgabe", common.label_out)
    _code(element, "schemaelementart", common.element_kind)
    _text(element, "hilfetextEingabe", common.help_in)
    _text(element, "hilfetextAusgabe", common.help_out)


def _rules(element: Element, rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        written = _add(element, "regel")
        _identity(written, "identifikation", rule.identity)
        _text(written, "name", rule.name)
        _text(written, "beschreibung", rule.description)
        _text(written, "freitextRegel", rule.text)
        _references(written, rule.references)
        _keywords(written, rule.keywords)
        _text(written, "fachlicherErsteller", rule.creator)
        _text(written, "letzteAenderung", rule.changed)
        _code(written, "typ", rule.type)
        _text(written, "skript", rule.script)


def _parts(element: Element, parts: tuple[Structure, ...]) -> None:
    for part in parts:
        structure = _add(element, "struktur")
        most = "*" if part.most is None else str(part.most)
        _add(structure, "anzahl").text = f"{part.least}:{most}"
        _references(structure, part.references)
        content = _add(structure, "enthaelt")
        if isinstance(part.element, Group):
            _group(content, part.element)
        else:
            _field(content, part.element)


def _group(parent: Element, group: Group) -> None:
    element = _add(parent, "datenfeldgruppe")
    _common(element, group.common)
    _labels(element, group.common)
    _code(element, "art", group.art)
    _rules(element, group.rules)
    _parts(element, group.parts)


def _field(parent: Element, field: Field) -> None:
    element = _add(parent, "datenfeld")
    _common(element, field.common)
    _labels(element, field.common)
    _code(element, "feldart", field.kind)
    _code(element, "datentyp", field.type)
    _precision(element, field.precision)
    _text(element, "inhalt", field.content)
    _code(element, "vorbefuellung", field.prefill)
    _values(element, field)
    _text(element, "codeKey", field.code_key)
    _text(element, "nameKey", field.name_key)
    _text(element, "helpKey", field.help_key)
    _rules(element, field.rules)
    if field.max_size is not None:
        _text(element, "maxSize", str(field.max_size))
    for media_type in field.media_types:
        _text(element, "mediaType", media_type)


def _precision(parent: Element, precision: Precision | None) -> None:
    if precision is None:
        return
    element = _add(parent, "praezisierung")
    element.text = precision.note or None
    limits = {
        "minLength": precision.min_length,
        "maxLength": precision.max_length,
        "minValue": precision.min_value,
        "maxValue": precision.max_value,
    }
    for name, limit in (limits | dict(precision.unread)).items():
        if limit is not None:
            element.set(name, f"{limit:f}" if isinstance(limit, Decimal) else str(limit))
    if precision.pattern:
        element.set("pattern", precision.pattern)


def _values(element: Element, field: Field) -> None:
    if field.values:
        values = _add(element, "werte")
        for value in field.values:
            written = _add(values, "wert")
            _text(written, "code", value.code)
            _add(written, "name").text = value.name
            _text(written, "hilfe", value.help)
    if field.code_list is not None:
        reference = _add(element, "codelisteReferenz")
        _text(reference, "canonicalIdentification", field.code_list.uri)
        _text(reference, "version", field.code_list.version)
        _text(reference, "canonicalVersionUri", field.code_list.version_uri)
