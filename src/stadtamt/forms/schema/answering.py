"""One page answered: raw input becomes values, or sentences that say what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stadtamt.forms.schema.model import Field, Question
from stadtamt.forms.schema.parsing import AnswerRefused, parse
from stadtamt.forms.schema.review import Situation, failing


@dataclass(frozen=True, slots=True)
class Given:
    """What a page sent: texts by input name, the fields that stood on it, and files accepted or refused by path."""

    texts: Mapping[str, list[str]]
    shown: frozenset[str] | None = None  # paths; None means all that apply
    files: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    file_errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that is asked back and may be confirmed."""

    id: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """The outcome of one page. `values` may be stored even when there are errors, so that nothing typed is lost."""

    values: dict[str, Any]
    errors: tuple[tuple[str, str], ...]  # (path, sentence) in the order of the page
    asks: tuple[Ask, ...]
    appeared: tuple[str, ...] = ()  # fields that apply only now and stand to be asked on the same page

    @property
    def accepted(self) -> bool:
        return not self.errors and not self.asks and not self.appeared


def answer_page(situation: Situation, question: Question, given: Given, *, confirmed: frozenset[str]) -> PageAnswer:
    """Read the page's fields, then run its checks with the new values."""
    values: dict[str, Any] = {}
    errors: list[tuple[str, str]] = []
    for entry in situation.fields(question):
        try:
            values[entry.id] = _value(situation, entry, given)
        except AnswerRefused as refused:
            errors.append((entry.path, str(refused)))
    answered = situation.with_answers(question.group, values)
    # A field that appears only now, because of an answer on this very page, is read in a second pass.
    appeared: list[str] = []
    for entry in answered.fields(question):
        if entry.id not in values and entry.path not in dict(errors):
            if given.shown is not None and entry.path not in given.shown and entry.path not in given.texts:
                appeared.append(entry.path)
                continue
            try:
                values[entry.id] = _value(answered, entry, given)
            except AnswerRefused as refused:
                errors.append((entry.path, str(refused)))
    if errors or appeared:
        return PageAnswer(values, tuple(errors), (), tuple(appeared))
    answered = situation.with_answers(question.group, values)
    asks: list[Ask] = []
    for check in failing(answered, question):
        if check.refuse:
            errors.append((check.field, answered.words(check.message)))
        elif check.id not in confirmed:
            asks.append(Ask(check.id, check.field, answered.words(check.message)))
    return PageAnswer(values, tuple(errors), () if errors else tuple(asks))


def _value(situation: Situation, entry: Field, given: Given) -> Any:
    if entry.type == "file":
        if entry.path in given.file_errors:
            raise AnswerRefused(given.file_errors[entry.path])
        files = list(given.files.get(entry.path, []))
        if not files and entry.required:
            raise AnswerRefused(f"Bitte laden Sie eine Datei hoch: {situation.words(entry.label)}.")
        return files
    return parse(entry, situation, given.texts)
