"""One page answered: raw input becomes values, or sentences that say what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stadtamt.forms.schema import paths
from stadtamt.forms.schema.model import Field, Question
from stadtamt.forms.schema.parsing import AnswerRefused, missing, parse
from stadtamt.forms.schema.review import EMPTY
from stadtamt.forms.schema.situation import Situation


@dataclass(frozen=True, slots=True)
class Given:
    """What a page sent: texts by input name, the fields that stood on it, and files accepted or refused by address."""

    texts: Mapping[str, list[str]]
    shown: frozenset[str] | None = None  # addresses; None means all that apply
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

    values: dict[str, Any]  # by address
    errors: tuple[tuple[str, str], ...]  # (address, sentence) in the order of the page
    asks: tuple[Ask, ...]
    appeared: tuple[str, ...] = ()  # fields that apply only now and stand to be asked on the same page
    unsure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # codes among which to choose, by address

    @property
    def accepted(self) -> bool:
        return not self.errors and not self.asks and not self.appeared


@dataclass(slots=True)
class _Reading:
    """What has been read so far, while the page is gone through."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, tuple[str, ...]] = field(default_factory=dict)


def answer_page(situation: Situation, question: Question, given: Given, *, confirmed: frozenset[str]) -> PageAnswer:
    """Read the page's fields, then run its checks with the new values."""
    found = _Reading()
    appeared: list[str] = []
    for entry in situation.fields(question):
        _read(situation, entry, given, found)
    now = situation.with_answers(_stored(situation, question, found.values))
    # A field may apply, or be required, only because of an answer on this very page.
    for entry in now.fields(question):
        if entry.address in found.errors or not entry.asked:
            continue
        if entry.address in found.values:
            if entry.required and found.values[entry.address] in EMPTY:
                found.errors[entry.address] = missing(entry, now)
        elif given.shown is None or entry.address in given.shown or entry.address in given.texts:
            _read(now, entry, given, found)
        else:
            appeared.append(entry.address)
    kept = {entry.address for entry in now.fields(question)}
    # In the order of the page; a fault in what no longer applies after the other answers is no fault.
    errors = tuple(
        (one.address, found.errors[one.address])
        for one in question.fields
        if one.address in found.errors and one.address in kept
    )
    values = _stored(situation, question, found.values)
    if errors or appeared:
        return PageAnswer(values, errors, (), tuple(appeared), found.unsure)
    return _checked(situation.with_answers(values), question, values, confirmed)


def _read(situation: Situation, entry: Field, given: Given, found: _Reading) -> None:
    if not entry.asked:
        return
    try:
        found.values[entry.address] = _value(situation, entry, given)
    except AnswerRefused as refused:
        found.errors[entry.address] = str(refused)
        if refused.among:
            found.unsure[entry.address] = refused.among


def _checked(answered: Situation, question: Question, values: dict[str, Any], confirmed: frozenset[str]) -> PageAnswer:
    # Optional groups may have come or gone with the answer, and with them the page's checks.
    current = next((page for page in answered.pages() if page.key == question.key), question)
    striking = answered.failing(current)
    errors = tuple((check.field, answered.words(check.message, check.place)) for check in striking if check.refuse)
    asks = tuple(
        Ask(check.id, check.field, answered.words(check.message, check.place))
        for check in striking
        if not check.refuse and check.id not in confirmed
    )
    return PageAnswer(values, errors, () if errors else asks)


def _value(situation: Situation, entry: Field, given: Given) -> Any:
    if entry.type == "file":
        if entry.address in given.file_errors:
            raise AnswerRefused(given.file_errors[entry.address])
        files = list(given.files.get(entry.address, []))
        if len(files) < entry.least:
            raise AnswerRefused(missing(entry, situation))
        if entry.most is not None and len(files) > entry.most:
            raise AnswerRefused(f"Bitte laden Sie höchstens {entry.most} Dateien hoch.")
        return files
    return parse(entry, situation, given.texts)


def _stored(situation: Situation, question: Question, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is put where: an answer at its address; a wanted group as an empty one, an unwanted one as nothing."""
    stored: dict[str, Any] = {}
    for entry in question.fields:
        if entry.address not in values:
            continue
        if question.kind == "more":
            continue
        if not entry.opens:
            stored[entry.address] = values[entry.address]
            continue
        wanted = values[entry.address]
        for address in entry.opens:
            chosen = wanted is True or wanted == address or (isinstance(wanted, list) and address in wanted)
            stored[address] = _presence(situation, address, chosen=chosen)
    return stored


def _presence(situation: Situation, address: str, *, chosen: bool) -> Any:
    before = paths.lookup(situation.answers, address)
    repeated = situation.schema.group_at[paths.path_of(address)].repeated
    if not chosen:
        return [] if repeated else None
    return before or ([{}] if repeated else {})
