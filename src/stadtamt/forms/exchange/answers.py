"""A submission in the shape of its JSON Schema: files by the ids of their attachments, required groups always there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stadtamt.forms.schema.model import Field, Group, Schema
from stadtamt.forms.schema.tree import is_sure


def as_document(schema: Schema, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The sent answers of a form as a document for others."""
    return _group(schema, "", answers, schema.members)


def _group(
    schema: Schema, path: str, answers: Mapping[str, Any], members: dict[str, list[Field | Group]]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in members.get(path, ()):
        key = one.id if isinstance(one, Field) else one.path.rpartition(".")[2]
        stored = answers.get(key)
        if isinstance(one, Field):
            if stored not in (None, "", []):
                found[key] = _value(one, stored)
        elif isinstance(stored, list):
            found[key] = [_group(schema, one.path, entry, members) for entry in stored]
        elif isinstance(stored, Mapping) or is_sure(schema, one):
            inside = _group(schema, one.path, stored or {}, members)
            if inside or is_sure(schema, one):
                found[key] = [inside] if one.repeated else inside
    return {key: value for key, value in found.items() if value != []}


def _value(entry: Field, stored: Any) -> Any:
    if entry.type != "file":
        return stored
    ids = [str(file["id"]) for file in stored]
    return ids[0] if entry.most == 1 else ids
