"""A form taken apart by keys, as plain data, for comparing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stadtamt.packages.format.form_tree import entries, field_path, page_key


@dataclass(frozen=True, slots=True)
class FormParts:
    """Groups by id, questions by key (``halter-person``), fields by path, checks by ``group.id``, each in order.

    Rules by id and place (``R1 kinder.name``), code lists by uri. A group is without its questions, a question without
    its fields and checks, a code list without its entries; `question_of` says where a field stands.
    """

    groups: dict[str, dict[str, Any]] = field(default_factory=dict)
    questions: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    checks: dict[str, dict[str, Any]] = field(default_factory=dict)
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)
    code_lists: dict[str, dict[str, Any]] = field(default_factory=dict)
    question_of: dict[str, str] = field(default_factory=dict)


def parts_of_form(data: Any) -> FormParts:
    """The parts of a form read from its YAML."""
    parts = FormParts()
    for group in entries(data, "groups"):
        name = str(group.get("id"))
        parts.groups[name] = _without(group, "questions")
        for question in entries(group, "questions"):
            key = page_key(group, question)
            parts.questions[key] = _without(question, "fields", "checks")
            for entry in entries(question, "fields"):
                path = field_path(group, entry)
                parts.fields[path] = entry
                parts.question_of[path] = key
            for check in entries(question, "checks"):
                parts.checks[f"{name}.{check.get('id')}"] = check
    for rule in entries(data, "rules"):
        parts.rules[f"{rule.get('id')} {rule.get('at') or ''}".strip()] = rule
    for one in entries(data, "code_lists"):
        parts.code_lists[str(one.get("uri"))] = _without(one, "entries", "also", "periods") | {"size": _size(one)}
    return parts


def _size(code_list: dict[str, Any]) -> int:
    found = code_list.get("entries")
    return len(found) if isinstance(found, list) else 0


def _without(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}
