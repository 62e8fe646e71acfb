"""Answers in words, as the page "check your answers", the desk and the copy show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from stadtamt.forms.schema import Field, Situation
from stadtamt.forms.schema.review import typed
from stadtamt.kernel.dates import long_date

# What a label of a field ends with that may be left empty; it helps while answering, not when reading again.
OPTIONAL = " (freiwillig)"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer with its label; `question` is the page it can be changed on."""

    label: str
    value: str
    question: str
    path: str


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """A section of answers."""

    title: str
    rows: tuple[AnswerRow, ...]


def answer_groups(situation: Situation) -> list[AnswerGroup]:
    """Every field that applies, once, in the order of the form; what was left empty says so."""
    groups: list[AnswerGroup] = []
    for group in situation.groups():
        rows = [
            AnswerRow(
                situation.words(field.label).removesuffix(OPTIONAL),
                in_words(situation, field),
                question.key,
                field.path,
            )
            for question in group.questions
            if situation.applies(question)
            for field in situation.fields(question)
        ]
        if rows:
            groups.append(AnswerGroup(situation.words(group.title), tuple(rows)))
    return groups


def in_words(situation: Situation, field: Field) -> str:
    """One answer as a person would write it."""
    value: Any = situation.value(field)
    if value in (None, "", []):
        return "keine Angabe"
    if field.type == "date":
        day = typed(field, value)
        return long_date(day) if isinstance(day, date) else str(value)
    if field.type == "boolean":
        return "Ja" if value else "Nein"
    if field.type == "file":
        return ", ".join(file["name"] for file in value)
    if field.type in {"choice", "choices"}:
        labels = {choice.value: choice.label for choice in situation.choices(field)}
        chosen: list[str] = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(entry, entry) for entry in chosen)
    return str(value)
