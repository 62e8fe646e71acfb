"""The whole form looked at before sending: what is missing, what is asked back, what will be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stadtamt.forms.schema import paths
from stadtamt.forms.schema.model import NUMBERS, Check, Field, Question
from stadtamt.forms.schema.situation import Situation

MOST_ROUNDS = 50
EMPTY: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class Review:
    """The whole form looked at before sending."""

    open_questions: tuple[Question, ...]  # something required is missing, or an answer is refused
    asks: tuple[Check, ...]  # asked back, not confirmed yet
    answers: dict[str, Any]  # what will be sent: the fields that apply, nothing else
    confirmed: tuple[str, ...]  # asked back and confirmed, and still striking

    @property
    def complete(self) -> bool:
        return not self.open_questions and not self.asks


def review(situation: Situation, *, confirmed: frozenset[str] | set[str]) -> Review:
    """Walk all questions that apply. Answers of branches left behind are not part of what is sent."""
    open_questions: list[Question] = []
    asks: list[Check] = []
    still_confirmed: list[str] = []
    for question in situation.pages():
        if question.kind == "more":
            continue
        if any(is_open(situation, entry) for entry in situation.fields(question)):
            open_questions.append(question)
        for check in situation.failing(question):
            if check.refuse:
                open_questions.append(question)
            elif check.id in confirmed:
                still_confirmed.append(check.id)
            else:
                asks.append(check)
    answers = sent_answers(situation)
    return Review(tuple(dict.fromkeys(open_questions)), tuple(asks), answers, tuple(still_confirmed))


def as_seen(situation: Situation) -> Situation:
    """The same person after going through all pages and leaving open what may be left open."""
    for _ in range(MOST_ROUNDS):
        left: dict[str, Any] = {
            address: [] if entry.opens and _is_repeated(situation, address) else None
            for question in situation.pages()
            for entry in situation.fields(question)
            if entry.asked and question.kind != "more" and not situation.was_asked(entry)
            if entry.opens or not entry.required
            for address in entry.opens or (entry.address,)
        }
        if not left:
            break
        situation = situation.with_answers(left)
    return situation


def _is_repeated(situation: Situation, address: str) -> bool:
    return situation.schema.group_at[paths.path_of(address)].repeated


def is_open(situation: Situation, entry: Field) -> bool:
    """Missing, too few, or an optional field that the person has not seen yet."""
    if not entry.asked:
        return False
    value = situation.value(entry)
    if value in EMPTY:
        return entry.required or not situation.was_asked(entry)
    return isinstance(value, list) and entry.several and len(value) < entry.least


def sent_answers(situation: Situation) -> dict[str, Any]:
    """The answers of all fields that apply, with the contents that nobody is asked for."""
    answers: Any = {}
    for group, place in situation.places():
        for question in group.questions:
            if not situation.holds(question.when, place):
                continue
            for entry in question.fields:
                if entry.type == "label" or not situation.has(entry, place):
                    continue
                address = paths.join(place, entry.id)
                value = paths.lookup(situation.answers, address) if entry.asked else content_of(entry)
                if value not in EMPTY:
                    answers = paths.put(answers, address, value)
    return dict(_without_gaps(answers))


def content_of(entry: Field) -> Any:
    """The fixed content of a field that is not asked, as an answer of its type."""
    if not entry.content:
        return None
    if entry.type == "bool":
        return entry.content.casefold() in {"true", "wahr", "ja", "1"}
    if entry.type in NUMBERS:
        number = float(entry.content.replace(",", "."))
        return int(number) if number.is_integer() else number
    return [entry.content] if entry.several else entry.content


def _without_gaps(answers: Any) -> Any:
    """Occurrences of a repeated group in which nothing was answered are not sent."""
    if isinstance(answers, dict):
        return {key: _without_gaps(value) for key, value in answers.items()}
    if isinstance(answers, list):
        return [_without_gaps(value) for value in answers if value != {}]
    return answers
