"""Answers in words, as the page "check your answers", the desk and the copy show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from stadtamt.forms.schema import Field, Group, Situation, paths
from stadtamt.forms.schema.model import NUMBERS
from stadtamt.forms.schema.situation import typed
from stadtamt.kernel.dates import long_date

# What a label of a field ends with that may be left empty; it helps while answering, not when reading again.
OPTIONAL = " (freiwillig)"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer with its label; `question` is the page it can be changed on, `path` the address of the answer."""

    label: str
    value: str
    question: str
    path: str


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """A section of answers; `level` says how deep it lies in others, from 0. `place` is the address of its group."""

    title: str
    rows: tuple[AnswerRow, ...]
    level: int = 0
    place: str = ""


def answer_groups(situation: Situation) -> list[AnswerGroup]:
    """Every field that applies, once, in the order of the form; what was left empty says so.

    A group has a section of its own, also one in which only groups lie, if any of them is answered.
    """
    rows: dict[tuple[str, str], list[AnswerRow]] = {}
    for question in situation.pages():
        if question.kind == "ask":
            key = (question.group, question.place)
            rows.setdefault(key, []).extend(_rows(situation, question.key, situation.fields(question), question.place))
    found: list[AnswerGroup] = []
    for group, place in situation.places():
        own = tuple(rows.get((group.id, place), ()))
        if own or (not group.questions and _holds_any(place, rows)):
            found.append(AnswerGroup(_title(situation, group, place), own, max(0, group.path.count(".")), place))
    return found


def in_words(situation: Situation, field: Field) -> str:
    """One answer as a person would write it."""
    value: Any = situation.value(field)
    if value in (None, "", []):
        return "keine Angabe"
    if field.type == "file":
        return ", ".join(file["name"] for file in value)
    if field.type == "select":
        labels = {choice.value: choice.label for choice in situation.choices(field)}
        chosen: list[str] = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(entry, entry) for entry in chosen)
    return ", ".join(_one(field, one) for one in (value if isinstance(value, list) else [value]))


def _one(field: Field, value: Any) -> str:
    if field.type == "date":
        day = typed(field, value)
        return long_date(day) if isinstance(day, date) else str(value)
    if field.type == "datetime" and "T" in str(value):
        day, _, clock = str(value).partition("T")
        return f"{long_date(date.fromisoformat(day))}, {clock[:5]} Uhr"
    if field.type == "time":
        return f"{str(value)[:5]} Uhr"
    if field.type == "bool":
        return "Ja" if value else "Nein"
    if field.type in NUMBERS and isinstance(value, int | float):
        return _number(field, value)
    return str(value)


def _number(field: Field, value: float) -> str:
    if field.type == "num_currency":
        return f"{Decimal(str(value)):,.2f} €".replace(",", " ").replace(".", ",").replace(" ", ".", 1)
    return str(value).replace(".", ",")


def _rows(situation: Situation, key: str, fields: list[Field], place: str) -> list[AnswerRow]:
    return [
        AnswerRow(
            field.output or situation.words(field.label, place).removesuffix(OPTIONAL),
            in_words(situation, field),
            key,
            field.address,
        )
        for field in fields
        if field.asked
    ]


def _title(situation: Situation, group: Group, place: str) -> str:
    title = situation.words(group.title, place)
    number = place.rpartition(".")[2]
    return f"{title} ({number})" if number.isdigit() else title


def _holds_any(place: str, rows: dict[tuple[str, str], list[AnswerRow]]) -> bool:
    return any(paths.within(other, place) and other != place for _, other in rows)
