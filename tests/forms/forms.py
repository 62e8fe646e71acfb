"""Small forms for tests, as text and as situations."""

from __future__ import annotations

from datetime import date
from typing import Any

from stadtamt.forms.schema import Field, Given, PageAnswer, Question, Schema, Situation, answer_page, read_form

TODAY = date(2026, 5, 11)


def form(fields: str, *, checks: str = "", question: str = "") -> Schema:
    """A form of one question with these fields, given as lines of flow mappings."""
    lines = ["form: test", "version: 1.0.0", "groups:", "  - id: g", "    title: Gruppe", "    questions:"]
    lines += ["      - id: q", "        title: Frage?", *(f"        {line}" for line in question.splitlines())]
    lines += ["        fields:", *(f"          - {line}" for line in fields.strip().splitlines())]
    if checks:
        lines += ["        checks:", *(f"          - {line}" for line in checks.strip().splitlines())]
    return read_form("\n".join(lines))


def situation(schema: Schema, answers: dict[str, Any] | None = None, **parameters: Any) -> Situation:
    return Situation(schema, {"g": answers or {}}, parameters, TODAY)


def only_question(schema: Schema) -> Question:
    return next(schema.questions())


def only_field(schema: Schema) -> Field:
    return only_question(schema).fields[0]


def answer(schema: Schema, texts: dict[str, Any], *, confirmed: tuple[str, ...] = (), **more: Any) -> PageAnswer:
    """Answer the only question; texts by field id."""
    lists = {f"g.{key}": value if isinstance(value, list) else [value] for key, value in texts.items()}
    given = Given(lists, **more)
    return answer_page(situation(schema), only_question(schema), given, confirmed=frozenset(confirmed))
