"""Which questions apply, what is still missing, what is asked back: the form as one person meets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from stadtamt.forms.schema.model import Check, Choice, Field, Group, Question, Schema
from stadtamt.kernel.expressions import Expression, ExpressionBudgetError, Text

Answers = Mapping[str, Mapping[str, Any]]
"""Answers by group and field, as stored: text, whole numbers, booleans, dates in ISO form, lists of text or files."""


@dataclass(frozen=True)
class Situation:
    """A schema with one person's answers, a town's parameters and a day: everything a condition may look at."""

    schema: Schema
    answers: Answers
    parameters: Mapping[str, Any]
    today: date
    town: Mapping[str, Any] = field(default_factory=dict)
    service: Mapping[str, Any] = field(default_factory=dict)  # what is applied for: `title`

    @cached_property
    def scope(self) -> dict[str, Any]:
        scope: dict[str, Any] = {
            "parameters": self.parameters,
            "today": self.today,
            "town": self.town,
            "service": self.service,
        }
        for group in self.schema.groups:
            scope[group.id] = {}
        for path, entry in self.schema.fields.items():
            scope[entry.group][entry.id] = typed(entry, self.answers.get(entry.group, {}).get(path.split(".")[1]))
        return scope

    def holds(self, condition: Expression | None) -> bool:
        return condition is None or condition.evaluate(self.scope) is True

    def words(self, text: Text | None) -> str:
        """A text of the form with its places filled in. One that would compute for too long says nothing."""
        try:
            return text.render(self.scope) if text is not None else ""
        except ExpressionBudgetError:
            return ""

    def with_answers(self, group: str, values: Mapping[str, Any]) -> Situation:
        """The same person after answering further fields of a group."""
        merged = {**self.answers, group: {**self.answers.get(group, {}), **values}}
        return replace(self, answers=merged)

    def groups(self) -> Iterator[Group]:
        for group in self.schema.groups:
            if self.holds(group.when):
                yield group

    def pages(self) -> list[Question]:
        """The questions that apply, in order."""
        return [question for group in self.groups() for question in group.questions if self.applies(question)]

    def applies(self, question: Question) -> bool:
        return self.holds(question.when) and any(self.holds(entry.when) for entry in question.fields)

    def fields(self, question: Question) -> list[Field]:
        return [entry for entry in question.fields if self.holds(entry.when)]

    def choices(self, entry: Field) -> tuple[Choice, ...]:
        """The answers to choose from: the form's own, or a list among the town's parameters."""
        if entry.choices_from is None:
            return entry.choices
        found = entry.choices_from.evaluate(self.scope)
        items = found if isinstance(found, list) else []
        return tuple(_offered(item) for item in items)

    def value(self, entry: Field) -> Any:
        """The stored answer, or None."""
        return self.answers.get(entry.group, {}).get(entry.id)


def _offered(item: Any) -> Choice:
    """An entry of a town's list: text, or value (code), label and hint; without a label the value stands for it."""
    if not isinstance(item, Mapping):
        return Choice(value=str(item), label=str(item))
    value = str(item.get("value", item.get("code", "")))
    return Choice(value=value, label=str(item.get("label") or value), hint=str(item.get("hint") or ""))


def typed(entry: Field, value: Any) -> Any:
    """A stored answer as the expressions see it; a broken date counts as not answered."""
    if value is None or value == "":
        return None
    if entry.type == "date":
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return None
    return value


def failing(situation: Situation, question: Question) -> list[Check]:
    """The question's checks that strike."""
    return [check for check in question.checks if check.condition.evaluate(situation.scope) is True]


@dataclass(frozen=True, slots=True)
class Review:
    """The whole form looked at before sending."""

    open_questions: tuple[Question, ...]  # something required is missing, or an answer is refused
    asks: tuple[Check, ...]  # asked back, not confirmed yet
    answers: dict[str, dict[str, Any]]  # what will be sent: the fields that apply, nothing else
    confirmed: tuple[str, ...]  # asked back and confirmed, and still striking

    @property
    def complete(self) -> bool:
        return not self.open_questions and not self.asks


def review(situation: Situation, *, confirmed: frozenset[str] | set[str]) -> Review:
    """Walk all questions that apply. Answers of branches left behind are not part of what is sent."""
    open_questions: list[Question] = []
    asks: list[Check] = []
    still_confirmed: list[str] = []
    answers: dict[str, dict[str, Any]] = {}
    for question in situation.pages():
        for entry in situation.fields(question):
            value = situation.value(entry)
            if value not in (None, "", []):
                answers.setdefault(entry.group, {})[entry.id] = value
            elif entry.required or entry.id not in situation.answers.get(entry.group, {}):
                # Missing, or a page of optional fields that the person has not seen yet.
                open_questions.append(question)
        for check in failing(situation, question):
            if check.refuse:
                open_questions.append(question)
            elif check.id in confirmed:
                still_confirmed.append(check.id)
            else:
                asks.append(check)
    return Review(tuple(dict.fromkeys(open_questions)), tuple(asks), answers, tuple(still_confirmed))
