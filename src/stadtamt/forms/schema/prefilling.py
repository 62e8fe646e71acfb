"""Answers of an earlier application taken over into a new one, so that nobody is asked the same twice.

Only with the person's consent, which is for the caller to ask. What the new form would not accept is left out, and so
are files: they were given for one purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stadtamt.forms.schema import paths
from stadtamt.forms.schema.model import Field, Schema
from stadtamt.forms.schema.parsing import AnswerRefused, parse
from stadtamt.forms.schema.situation import Answers, Situation

_SHARED = re.compile(r"F60\d{9}")
"""Fields of FIM's shared building blocks mean the same in every form."""


def prefilled(situation: Situation, earlier: Schema, answers: Answers) -> Answers:
    """The answers to begin with: of the same form what stands at the same address, of another one the shared fields."""
    if earlier.key == situation.schema.key:
        given = _given(earlier, answers)
        found = {address: value for address, value in given if _same(situation.schema, earlier, address)}
    else:
        found = dict(_shared(situation.schema, earlier, answers))
    taken = {}
    for address, value in found.items():
        entry = situation.schema.fields[paths.path_of(address)]
        if (fitting := _fitting(situation, entry, value)) is not None:
            taken[address] = fitting
    return situation.with_answers(taken).answers


def _given(schema: Schema, answers: Answers) -> Iterator[tuple[str, Any]]:
    """All answers but files, by address."""
    waiting: list[tuple[str, Any]] = [("", answers)]
    while waiting:
        above, inside = waiting.pop(0)
        entry = schema.fields.get(paths.path_of(above))
        if entry is not None:
            if entry.type != "file" and inside is not None and entry.asked:
                yield above, inside
        elif isinstance(inside, Mapping):
            waiting += [(paths.join(above, key), value) for key, value in inside.items()]
        elif isinstance(inside, list):
            waiting += [(paths.join(above, number), value) for number, value in enumerate(inside, 1)]


def _same(schema: Schema, earlier: Schema, address: str) -> bool:
    """Whether the field is still there, of the same type, in groups that are repeated as before."""
    path = paths.path_of(address)
    now, before = schema.fields.get(path), earlier.fields[path]
    if now is None or not now.asked or now.type != before.type:
        return False
    return _repeats(schema, path) == _repeats(earlier, path)


def _repeats(schema: Schema, path: str) -> list[str]:
    return [group.path for group in schema.group_at.values() if group.repeated and paths.within(path, group.path)]


def _shared(schema: Schema, earlier: Schema, answers: Answers) -> Iterator[tuple[str, Any]]:
    """Shared fields that stand in a group of the same id, once in either form."""
    before = _by_meaning(earlier)
    for meaning, entry in _by_meaning(schema).items():
        if meaning in before and before[meaning].type == entry.type:
            value = paths.lookup(answers, before[meaning].path)
            if value is not None:
                yield entry.path, value


def _by_meaning(schema: Schema) -> dict[tuple[str, str], Field]:
    found: dict[tuple[str, str], list[Field]] = {}
    for entry in schema.fields.values():
        if _SHARED.fullmatch(entry.id) and entry.type != "file" and entry.asked and not _repeats(schema, entry.path):
            found.setdefault((entry.group.rpartition(".")[2], entry.id), []).append(entry)
    return {meaning: entries[0] for meaning, entries in found.items() if len(entries) == 1}


def _fitting(situation: Situation, entry: Field, value: Any) -> Any:
    """The value as the form takes it, or None."""
    texts = [_typed(one) for one in (value if isinstance(value, list) else [value])]
    try:
        return parse(entry, situation, {entry.path: texts})
    except AnswerRefused:
        return None


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
