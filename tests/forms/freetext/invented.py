"""A small invented schema with its elements by short names, for example texts like ``WENN {pets} = JA, DANN …``."""

from __future__ import annotations

from typing import Any

from stadtamt.forms.conditions import Effect, Reading
from stadtamt.forms.freetext import read_rules
from stadtamt.forms.xdatenfelder.model import (
    CodeListReference,
    Common,
    Document,
    Field,
    Group,
    Identity,
    Rule,
    Schema,
    Structure,
    Value,
)

type Placed = Structure
KINDS = (Value("001", "Erstantrag"), Value("002", "Folgeantrag"), Value("003", "Änderung"))
IDS = {
    "phone": "F99000000001",
    "pets": "F99000000002",
    "kind": "F99000000003",
    "count": "F99000000004",
    "proof": "F99000000005",
    "begin": "F99000000006",
    "end": "F99000000007",
    "mail": "F99000000008",
    "consent": "F99000000009",
    "state": "F99000000010",
    "reasons": "F99000000011",
    "fax": "F99000000012",
    "note": "F99000000013",
    "pet": "G99000000020",
    "breed": "F99000000021",
    "chip": "F99000000022",
    "street": "G99000000030",
    "road": "F99000000031",
    "box": "G99000000040",
    "number": "F99000000041",
    "children": "G99000000050",
    "pupil": "F99000000051",
    "school": "F99000000052",
    "first": "G99000000060",
    "second": "G99000000061",
    "twin": "F99000000062",
    "outer": "G99000000090",
}


def common(name: str, called: str, label: str = "") -> Common:
    return Common(Identity(IDS.get(name, name), "1.0.0"), called, label_in=label or called)


def field(name: str, called: str, type: str = "text", most: int | None = 1, **more: Any) -> Placed:
    kind = "select" if more.get("values") or more.get("code_list") else "input"
    made = Field(common(name, called, more.pop("label", "")), kind=kind, type=type, **more)
    return Structure(0, most, made)


def group(name: str, called: str, *parts: Placed, most: int | None = 1, rules: tuple[Rule, ...] = ()) -> Placed:
    return Structure(0, most, Group(common(name, called), parts=parts, rules=rules))


def parts() -> tuple[Placed, ...]:
    return (
        field("phone", "Telefon"),
        field("fax", "Telefax"),
        field("mail", "E-Mail"),
        field("pets", "Haustiere vorhanden", "bool", label="Halten Sie Haustiere?"),
        field("kind", "Art des Antrags", values=KINDS),
        field("count", "Anzahl der Tiere", "num_int"),
        field("proof", "Nachweis", "file"),
        field("begin", "Beginn", "date"),
        field("end", "Ende", "date"),
        field("consent", "Zustimmung", values=(Value("1", "Ja"), Value("2", "Nein"))),
        field("state", "Staat", code_list=CodeListReference("urn:invented:staat")),
        field("reasons", "Gründe", most=None, values=(Value("01", "Umzug"), Value("02", "Heirat"))),
        field("note", "Bemerkung (freiwillig)"),
        group("pet", "Angaben zum Tier", field("breed", "Rasse"), field("chip", "Chipnummer")),
        group("street", "Straßenanschrift", field("road", "Straße")),
        group("box", "Postfachanschrift", field("number", "Postfach")),
        group("children", "Kinder", field("pupil", "Schulkind", "bool"), field("school", "Name der Schule"), most=None),
        group("first", "Erste Person", field("twin", "Geburtsname")),
        group("second", "Zweite Person", field("twin", "Geburtsname")),
    )


def rule(text: str, id: str = "R99000000001", version: str = "1.0.0") -> Rule:
    return Rule(Identity(id, version), text=text.format(**IDS) if "{" in text else text)


def document(*rules: Rule, inside: tuple[Rule, ...] = ()) -> Document:
    """All elements in one group, which carries the rules `inside`; the schema carries the others."""
    schema = Schema(
        Common(Identity("S99000000001", "1.0.0"), "Erfundenes"),
        rules=rules,
        parts=(group("outer", "Alles", *parts(), rules=inside),),
    )
    return Document("3.0.0", "", "", schema)


def read(text: str) -> Reading:
    """One rule of the group that holds everything."""
    (reading,) = read_rules(document(inside=(rule(text),)))
    return reading


def written(effects: tuple[Effect, ...]) -> list[str]:
    """``require pet: pets = true``, with the short names."""
    lines = []
    for effect in effects:
        line = f"{effect.kind} {effect.target}: {effect.condition.source}"
        line += f" := {effect.value}" if effect.value is not None else ""
        for name, id in IDS.items():
            line = line.replace(f"{IDS['outer']}.", "").replace(id, name)
        lines.append(line)
    return lines


def shown(text: str) -> list[str]:
    """The effects of a text, or the reason why it is unclear."""
    reading = read(text)
    return written(reading.effects) if reading.status == "machine" else [f"unclear: {reading.reason}"]
