"""Answers in words, as the page "check your answers", the desk and the copy show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from stadtamt.forms.schema import Field, Group, Question, Situation, paths
from stadtamt.forms.schema.circumstances import typed
from stadtamt.forms.schema.model import NUMBERS
from stadtamt.kernel.dates import long_date

# What a label of a field ends with that may be left empty; it helps while answering, not when reading again.
OPTIONAL = " (freiwillig)"
_CHOSEN = "Weitere Abschnitte"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer with its label; `question` is the page it can be changed on, `path` the address of the answer.

    What is fixed cannot be changed: it has no question.
    """

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


def answer_groups(situation: Situation, *, decisions: bool = False) -> list[AnswerGroup]:
    """Every field that applies, once, in the order of the form; what was left empty says so.

    A group has a section of its own, also one in which only groups lie, if any of them is answered. `decisions`: also
    which optional groups were wanted and how often a repeated one was given, so that both can be changed.
    """
    pages = situation.pages()
    rows: dict[tuple[str, str], list[AnswerRow]] = {}
    order: dict[tuple[str, str], int] = {}
    for number, page in enumerate(pages):
        if page.kind == "ask":
            key = (page.group, page.place)
            order.setdefault(key, number)
            rows.setdefault(key, []).extend(_rows(situation, page.key, situation.fields(page), page.place))
    found: list[tuple[float, AnswerGroup]] = []
    for group, place in situation.places():
        own = tuple(rows.get((group.id, place), ()))
        made = AnswerGroup(_title(situation, group, place), own, max(0, group.path.count(".")), place)
        if own:
            found.append((order[group.id, place], made))
        elif not group.questions and (inside := [order[key] for key in rows if _lies_in(key[1], place)]):
            found.append((min(inside) - 0.5, made))
    if decisions:
        found += _decisions(situation, pages)
    return [group for _, group in sorted(found, key=lambda item: (item[0], item[1].level))]


def _decisions(situation: Situation, pages: list[Question]) -> list[tuple[float, AnswerGroup]]:
    """Sections for the pages that the form makes itself."""
    found: list[tuple[float, AnswerGroup]] = []
    for number, page in enumerate(pages):
        if page.kind == "ask":
            continue
        entry = page.fields[0]
        if page.kind == "open":
            level = sum(not step.isdigit() for step in page.place.split(".")) if page.place else 0
            row = AnswerRow(situation.words(page.title), in_words(situation, entry), page.key, entry.address)
            found.append((number, AnswerGroup("" if page.place else _CHOSEN, (row,), level, page.place)))
            continue
        group = situation.schema.group_at[paths.path_of(page.place)]
        title = situation.words(group.title, paths.parent(page.place))
        many = str(len(occurrences_at(situation, page.place)))
        row = AnswerRow(f"{title}: Anzahl", many, page.key, entry.address)
        found.append((number, AnswerGroup("", (row,), group.path.count("."), page.place)))
    return found


def occurrences_at(situation: Situation, address: str) -> list[str]:
    """The occurrences of a repeated group that there are now, by address."""
    found = dict.fromkeys(place for _, place in situation.places() if paths.parent(place) == address)
    return [place for place in found if place.rpartition(".")[2].isdigit()]


def occurrence_name(situation: Situation, address: str) -> str:
    """One occurrence of a repeated group: „Kinder (2 von 3)“, where there is one only „Kinder (1)“."""
    above, _, number = address.rpartition(".")
    title = situation.words(situation.schema.group_at[paths.path_of(above)].title, address)
    many = len(occurrences_at(situation, above))
    return f"{title} ({number} von {many})" if many > 1 else f"{title} ({number})"


def occurrence_words(situation: Situation, place: str) -> str:
    """The occurrences of repeated groups in which a place lies, the outer first; empty outside of all."""
    steps = place.split(".")
    found = [".".join(steps[:length]) for length, step in enumerate(steps, 1) if step.isdigit()]
    return ", ".join(occurrence_name(situation, address) for address in found)


def in_words(situation: Situation, field: Field) -> str:
    """One answer as a person would write it."""
    value: Any = situation.value(field)
    if value in (None, "", []):
        return "keine Angabe"
    if field.type == "file":
        return ", ".join(file["name"] for file in value)
    if field.type == "select":
        chosen: list[str] = value if isinstance(value, list) else [value]
        return ", ".join(_labels(situation, field, chosen))
    return ", ".join(_one(field, one) for one in (value if isinstance(value, list) else [value]))


def _labels(situation: Situation, field: Field, chosen: list[str]) -> list[str]:
    if field.code_list:
        found = situation.schema.lists[field.code_list]
        entries = [found.entry(code) for code in chosen]
        return [entry.name if entry else code for entry, code in zip(entries, chosen, strict=True)]
    labels = {choice.value: choice.label for choice in situation.choices(field)}
    return [labels.get(code, code) for code in chosen]


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
        return f"{Decimal(str(value)):,.2f} €".translate({ord(","): ".", ord("."): ","})
    return str(value).replace(".", ",")


def _rows(situation: Situation, key: str, fields: list[Field], place: str) -> list[AnswerRow]:
    found = []
    for field in fields:
        label = field.output or situation.words(field.label, place).removesuffix(OPTIONAL)
        if field.asked:
            found.append(AnswerRow(label, in_words(situation, field), key, field.address))
        elif field.type == "locked" and field.content:
            found.append(AnswerRow(label, field.content, "", field.address))
    return found


def _title(situation: Situation, group: Group, place: str) -> str:
    title = situation.words(group.title, place)
    number = place.rpartition(".")[2]
    return f"{title} ({number})" if number.isdigit() else title


def _lies_in(other: str, place: str) -> bool:
    return other != place and paths.within(other, place)
