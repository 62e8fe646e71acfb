"""The answers of a form described in JSON Schema 2020-12; of a form made from FIM, the keys are the ids of FIM.

Closed objects; what is shown only is left out; files are the ids of attachments. Required is what is part of every
submission: what a rule may take away is not. Rules among answers are no part of it, as in the converter of FIM.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from stadtamt.forms.codelists import Entry
from stadtamt.forms.schema.model import Field, Group, Schema
from stadtamt.forms.schema.tree import is_sure

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE_TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"
_TIME = r"^\d{2}:\d{2}:\d{2}$"


def json_schema(schema: Schema) -> dict[str, Any]:
    """The schema of what `as_document` gives for a complete submission."""
    origin = schema.origin
    name = f"{origin.id}V{origin.version}" if origin else f"{schema.key}-{schema.version}"
    title = origin.name if origin and origin.name else schema.key
    inside = _object(schema, "", schema.members)
    lists = {_anchor(one.uri): _codes(one.entries) for one in schema.code_lists}
    described = {"$schema": DIALECT, "$id": f"{name}.schema.json", "title": title, **inside}
    return {**described, "$defs": lists} if lists else described


def _object(schema: Schema, path: str, members: dict[str, list[Field | Group]]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for one in members.get(path, ()):
        if isinstance(one, Field) and one.type == "label":
            continue
        key = one.id if isinstance(one, Field) else one.path.rpartition(".")[2]
        inside = _value(schema, one) if isinstance(one, Field) else _object(schema, one.path, members)
        properties[key] = _named(schema, one, _several(one, inside))
        if is_sure(schema, one):
            required.append(key)
    described: dict[str, Any] = {"type": "object", "properties": properties}
    return {**described, **({"required": required} if required else {}), "additionalProperties": False}


def _named(schema: Schema, one: Field | Group, inside: dict[str, Any]) -> dict[str, Any]:
    words = one.label.source if isinstance(one, Field) else one.title.source
    title = words.replace("{{", "{").replace("}}", "}").removesuffix(" (freiwillig)")
    return {"title": title, **inside}


def _several(one: Field | Group, inside: dict[str, Any]) -> dict[str, Any]:
    if one.most == 1:
        return inside
    described: dict[str, Any] = {"type": "array", "items": inside, "minItems": max(1, one.least)}
    return described if one.most is None else {**described, "maxItems": one.most}


def _value(schema: Schema, entry: Field) -> dict[str, Any]:
    if entry.content and entry.type in {"hidden", "locked"}:
        return {"const": entry.content}
    if entry.type == "select":
        return _selected(entry)
    if entry.type in {"num", "num_int", "num_currency"}:
        kind = "integer" if entry.type == "num_int" else "number"
        limits = {"minimum": entry.minimum, "maximum": entry.maximum}
        return {"type": kind, **{key: _plain(value) for key, value in limits.items() if value is not None}}
    if entry.type == "bool":
        return {"type": "boolean"}
    if entry.type in {"text", "text_latin"}:
        return _text(entry)
    return {"type": "string", **_FORMATS.get(entry.type, {})}


_FORMATS: dict[str, dict[str, Any]] = {
    "date": {"format": "date"},
    "time": {"pattern": _TIME},
    "datetime": {"pattern": _DATE_TIME},
}


def _text(entry: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"type": "string", "minLength": max(1, entry.min_length), "maxLength": entry.max_length}
    if entry.format == "postcode":
        described |= {"minLength": 5, "maxLength": 5}
    return {**described, "pattern": f"^(?:{entry.pattern})$"} if entry.pattern else described


def _selected(entry: Field) -> dict[str, Any]:
    if entry.code_list:
        return {"$ref": f"#/$defs/{_anchor(entry.code_list)}"}
    if not entry.choices:
        return {"type": "string"}  # a list that the town keeps
    return {"oneOf": [{"const": choice.value, "title": choice.label} for choice in entry.choices]}


def _codes(entries: tuple[Entry, ...]) -> dict[str, Any]:
    return {"oneOf": [{"const": one.code, "title": one.name} for one in entries]}


def _anchor(uri: str) -> str:
    """A code list's name in `$defs`, without the signs that a JSON pointer would need escaped."""
    return uri.replace("~", "_").replace("/", "_").replace("%", "_").replace("#", "_")


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
