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
    errors: dict[str, str] = {}
    appeared: list[str] = []
    _read(situation, situation.fields(question), given, values, errors)
    # A field may apply only now, because of an answer on this very page: it is read, or asked on the same page.
    now = situation.with_answers(question.group, values)
    late = [entry for entry in now.fields(question) if entry.id not in values and entry.path not in errors]
    for entry in late:
        if given.shown is None or entry.path in given.shown or entry.path in given.texts:
            _read(now, [entry], given, values, errors)
        else:
            appeared.append(entry.path)
    if errors or appeared:
        return PageAnswer(values, tuple(errors.items()), (), tuple(appeared))
    return _checked(situation.with_answers(question.group, values), question, values, confirmed)


def _read(
    situation: Situation, fields: list[Field], given: Given, values: dict[str, Any], errors: dict[str, str]
) -> None:
    for entry in fields:
        try:
            values[entry.id] = _value(situation, entry, given)
        except AnswerRefused as refused:
            errors[entry.path] = str(refused)


def _checked(answered: Situation, question: Question, values: dict[str, Any], confirmed: frozenset[str]) -> PageAnswer:
    striking = failing(answered, question)
    errors = tuple((check.field, answered.words(check.message)) for check in striking if check.refuse)
    asks = tuple(
        Ask(check.id, check.field, answered.words(check.message))
        for check in striking
        if not check.refuse and check.id not in confirmed
    )
    return PageAnswer(values, errors, () if errors else asks)


def _value(situation: Situation, entry: Field, given: Given) -> Any:
    if entry.type == "file":
        if entry.path in given.file_errors:
            raise AnswerRefused(given.file_errors[entry.path])
        files = list(given.files.get(entry.path, []))
        if not files and entry.required:
            raise AnswerRefused(f"Bitte laden Sie eine Datei hoch: {situation.words(entry.label)}.")
        return files
    return parse(entry, situation, given.texts)
