"""What a form's conditions look at, and what holds for its parts: answers, a town's parameters, a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from stadtamt.forms.codelists import Entry
from stadtamt.forms.schema import paths
from stadtamt.forms.schema.model import NUMBERS, Check, Choice, Condition, Field, Group, Question, Schema
from stadtamt.kernel.expressions import ExpressionBudgetError, Text

Answers = Mapping[str, Any]
"""Answers as stored, nested as the groups are: text, numbers, booleans, dates in ISO form, lists of text or files.

A repeated group is a list. An optional group that is not wanted is None, a field that was left empty too."""


@dataclass(frozen=True)
class Circumstances:
    """A schema with one person's answers, a town's parameters and a day: everything a condition may look at."""

    schema: Schema
    answers: Answers
    parameters: Mapping[str, Any]
    today: date
    town: Mapping[str, Any] = field(default_factory=dict)
    service: Mapping[str, Any] = field(default_factory=dict)  # what is applied for: `title`

    @cached_property
    def scope(self) -> dict[str, Any]:
        """What expressions outside of repeated groups look at; a repeated group is a list there."""
        scope: dict[str, Any] = {
            "parameters": self.parameters,
            "today": self.today,
            "town": self.town,
            "service": self.service,
        }
        return {**scope, **_typed_group(self.schema.members, "", self.answers)}

    def scope_at(self, place: str) -> Mapping[str, Any]:
        """The same inside an occurrence: the name of a repeated group means the present one there."""
        if not paths.occurrences_of(place):
            return self.scope
        if place not in self._scopes:
            self._scopes[place] = _narrowed(self.scope, paths.steps_of(place))
        return self._scopes[place]

    def holds(self, condition: Condition | None, place: str = "") -> bool:
        return condition is None or condition.evaluate(self.scope_at(place)) is True

    def words(self, text: Text | None, place: str = "") -> str:
        """A text of the form with its places filled in. One that would compute for too long says nothing."""
        try:
            return text.render(self.scope_at(place)) if text is not None else ""
        except ExpressionBudgetError:
            return ""

    def with_answers(self, values: Mapping[str, Any]) -> Self:
        """The same person after further answers, by address."""
        answers: Any = self.answers
        for address, value in values.items():
            answers = paths.put(answers, address, value)
        return replace(self, answers=answers)

    def is_wanted(self, group: Group, place: str) -> bool:
        """Whether a group applies in an occurrence of what lies above: what a rule requires, no rule takes away."""
        if not self.holds(group.when, place):
            return False
        return not any(self.holds(one, place) for one in group.forbids) or self.is_required(group, place)

    def is_required(self, one: Group | Field, place: str) -> bool:
        """Whether a rule requires it now."""
        return any(self.holds(condition, place) for condition in one.requires)

    def applies(self, question: Question) -> bool:
        """Whether there is anything to see on the page."""
        return self.holds(question.when, question.place) and any(
            entry.asked or entry.type in {"label", "locked"} for entry in self.fields(question)
        )

    def fields(self, question: Question) -> list[Field]:
        """The fields of a bound page that apply, required where a rule says so."""
        if question.kind != "ask":
            return list(question.fields)
        return [
            replace(entry, least=1) if not entry.least and self.is_required(entry, question.place) else entry
            for entry in question.fields
            if self.has(entry, question.place)
        ]

    def has(self, entry: Field, place: str) -> bool:
        """Whether a field applies in this occurrence of its group."""
        if not self.holds(entry.when, place):
            return False
        return not any(self.holds(one, place) for one in entry.forbids) or self.is_required(entry, place)

    def choices(self, entry: Field) -> tuple[Choice, ...]:
        """The answers to choose from: the form's own, a code list, or a list among the town's parameters."""
        if entry.code_list:
            return tuple(Choice(one.code, one.name) for one in self.code_list(entry))
        if entry.choices_from is None:
            return entry.choices
        found = entry.choices_from.evaluate(self.scope_at(paths.parent(entry.address)))
        items = found if isinstance(found, list) else []
        return tuple(_offered(item) for item in items)

    def code_list(self, entry: Field) -> tuple[Entry, ...]:
        """The entries of a field's code list that hold today."""
        return self.schema.lists[entry.code_list].entries_on(self.today)

    def value(self, entry: Field) -> Any:
        """The stored answer, or None; of a question for optional groups, those that are wanted."""
        if not entry.opens:
            return paths.lookup(self.answers, entry.address)
        if not any(paths.is_there(self.answers, one) for one in entry.opens):
            return None
        wanted = [one for one in entry.opens if paths.lookup(self.answers, one) not in (None, [])]
        if entry.type == "bool":
            return bool(wanted)
        return wanted if entry.several else next(iter(wanted), None)

    def was_asked(self, entry: Field) -> bool:
        """Whether the field was answered, be it with nothing."""
        return any(paths.is_there(self.answers, one) for one in entry.opens or (entry.address,))

    def failing(self, question: Question) -> list[Check]:
        """The checks of a bound page that strike."""
        return [check for check in question.checks if check.condition.evaluate(self.scope_at(check.place)) is True]

    @cached_property
    def _scopes(self) -> dict[str, Mapping[str, Any]]:
        return {}


def _typed_group(members: Mapping[str, list[Field | Group]], path: str, stored: Any) -> dict[str, Any]:
    """One occurrence of a group as the expressions see it, with every member, answered or not."""
    found: dict[str, Any] = {}
    inside = stored if isinstance(stored, Mapping) else {}
    for one in members.get(path, ()):
        if isinstance(one, Field):
            found[one.id] = typed(one, inside.get(one.id))
            continue
        key = one.path.rpartition(".")[2]
        below = inside.get(key)
        if one.repeated:
            entries = below if isinstance(below, list) else []
            found[key] = [_typed_group(members, one.path, entry) for entry in entries]
        else:
            found[key] = _typed_group(members, one.path, below)
    return found


def _narrowed(scope: Any, steps: paths.Steps) -> Any:
    """The scope with the lists along the way replaced by the entry that is meant."""
    if not steps:
        return scope
    step, *rest = steps
    if isinstance(step, int):
        entry = scope[step] if isinstance(scope, list) and step < len(scope) else {}
        return _narrowed(entry, tuple(rest))
    inside = scope.get(step) if isinstance(scope, Mapping) else None
    return {**scope, step: _narrowed(inside if inside is not None else {}, tuple(rest))}


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
    if isinstance(value, list) and entry.type not in {"file", "select"}:
        return [typed(entry, one) for one in value]
    if entry.type == "date":
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return None
    if entry.type in NUMBERS and isinstance(value, float):
        return Decimal(str(value))
    return value
