"""A form taken apart by keys, as plain data, for comparing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FormParts:
    """Groups by id, questions by key (``halter-person``), fields by path, checks by ``group.id``, each in order.

    A group is without its questions, a question without its fields and checks; `question_of` says where a field stands.
    """

    groups: dict[str, dict[str, Any]] = field(default_factory=dict)
    questions: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    checks: dict[str, dict[str, Any]] = field(default_factory=dict)
    question_of: dict[str, str] = field(default_factory=dict)


def parts_of_form(data: Any) -> FormParts:
    """The parts of a form read from its YAML."""
    parts = FormParts()
    for group in _entries(data, "groups"):
        name = str(group.get("id"))
        parts.groups[name] = _without(group, "questions")
        for question in _entries(group, "questions"):
            key = f"{name}-{question.get('id')}"
            parts.questions[key] = _without(question, "fields", "checks")
            for entry in _entries(question, "fields"):
                path = f"{name}.{entry.get('id')}"
                parts.fields[path] = entry
                parts.question_of[path] = key
            for check in _entries(question, "checks"):
                parts.checks[f"{name}.{check.get('id')}"] = check
    return parts


def _without(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


def _entries(data: Any, key: str) -> list[dict[str, Any]]:
    entries = data.get(key) if isinstance(data, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
