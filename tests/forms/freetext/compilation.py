"""The official translation of the rules of a schema, compared by meaning with what was read from the sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from stadtamt.forms.conditions import Condition, Effect, Reading, read_condition, write_condition
from stadtamt.forms.conditions.model import EffectKind, Equal, Less, ValidDate
from stadtamt.forms.conditions.moving import moved, questions
from stadtamt.forms.freetext import read_rules
from stadtamt.forms.freetext.trial import answers, mentioned
from stadtamt.forms.xdatenfelder import read_document
from stadtamt.forms.xdatenfelder.model import Document, Field
from support.real import real_file

KINDS: dict[str, EffectKind] = {"required": "require", "forbidden": "forbid", "validation": "valid"}


@dataclass(frozen=True)
class Row:
    """One translated condition and what became of it."""

    schema: str
    at: str
    effect: Effect
    outcome: str  # reproduced, unclear, missing, contradiction

    @property
    def place(self) -> tuple[str, str, str, str]:
        return self.schema, self.at.rpartition(".")[2], self.effect.kind, self.effect.target.rpartition(".")[2]


@cache
def schemas() -> tuple[str, ...]:
    return tuple(sorted(path.name.partition(".")[0] for path in real_file("fim/graph").glob("*.graph.json")))


@cache
def document(schema: str) -> Document:
    return read_document(real_file(f"fim/{schema}.schema.xdf.xml").read_bytes())


@cache
def readings(schema: str) -> tuple[Reading, ...]:
    return read_rules(document(schema))


@cache
def rows() -> tuple[Row, ...]:
    """All translated conditions of all compiled schemas."""
    return tuple(row for schema in schemas() for row in _rows(schema))


def shares() -> str:
    """The line of the report: how many of the translated conditions are reproduced."""
    count = Counter(row.outcome for row in rows())
    kinds = ", ".join(f"{kind} {count[kind]}" for kind in ("reproduced", "unclear", "missing", "contradiction"))
    return f"{len(rows())} translated conditions: {kinds} ({count['reproduced'] / len(rows()):.1%})"


def _rows(schema: str) -> Iterator[Row]:
    graph = json.loads(real_file(f"fim/graph/{schema}.graph.json").read_text(encoding="utf-8"))
    fields = {".".join(node.path): node for node in document(schema).nodes()}
    for edge in graph["edges"]:
        if edge["kind"] == "condition" and edge["origin"] == "api":
            at = ".".join(edge["context"])
            condition = _mended(read_condition(edge["condition"]), at, fields)
            for action in edge["actions"]:
                effect = Effect(KINDS[action], edge["child"] or at, condition)
                yield Row(schema, at, effect, _outcome(effect, at, readings(schema), fields))


def _mended(condition: Condition, at: str, fields: dict[str, Any]) -> Condition:
    """Paths below the group, without "self."; a literal of code and name is the code."""
    data = json.dumps(write_condition(condition))
    whole = moved(read_condition(json.loads(data.replace('"self.', '"'))), at)
    for test in questions(whole):
        field = fields[test.own_paths()[0]].element
        if isinstance(test, Equal) and isinstance(test.value, str) and isinstance(field, Field) and field.values:
            codes = [value.code for value in field.values]
            code = test.value if test.value in codes else test.value.split(" ")[0]
            assert code in codes
            object.__setattr__(test, "value", code)
    return whole


def _outcome(effect: Effect, at: str, read: tuple[Reading, ...], fields: dict[str, Any]) -> str:
    here = [reading for reading in read if reading.at == at]
    made = [one for reading in here for one in reading.effects if one.target == effect.target]
    if any(one.kind == effect.kind and same_meaning(one.condition, effect.condition, fields) for one in made):
        return "reproduced"
    against = {"require": "forbid", "forbid": "require"}.get(effect.kind)
    if any(one.kind == against and clash(one.condition, effect.condition, fields) for one in made):
        return "contradiction"
    return "unclear" if any(reading.status == "unclear" for reading in here) else "missing"


def same_meaning(one: Condition, other: Condition, fields: dict[str, Any]) -> bool:
    """Whether two conditions over the same fields hold for the same answers."""
    scopes = answers([one, other], domains([one, other], fields))
    return one.dotted == other.dotted and all(one.evaluate(scope) == other.evaluate(scope) for scope in scopes)


def clash(one: Condition, other: Condition, fields: dict[str, Any]) -> bool:
    scopes = answers([one, other], domains([one, other], fields))
    return one.dotted == other.dotted and any(one.evaluate(scope) and other.evaluate(scope) for scope in scopes)


def domains(conditions: list[Condition], fields: dict[str, Any]) -> dict[str, list[Any]]:
    """By path the answers to try: those compared with, one other of the field; empty where that is asked."""
    parts = [test for condition in conditions for test in questions(condition)]
    dates = {path: days for test in parts if isinstance(test, ValidDate) for path, days in _days(test)}
    compared = {path for test in parts if isinstance(test, Equal | Less) for path in test.own_paths()}
    return {
        path: dates.get(path) or (_answers(fields.get(path), values) if path in compared else [None, "something"])
        for path, values in mentioned(conditions).items()
    }


def _days(test: ValidDate) -> list[tuple[str, list[Any]]]:
    return [(test.day, [None, 1, 31]), (test.month, [None, 2, 12, 13]), (test.year, [None, 2019])]


def _answers(node: Any, values: set[Any]) -> list[Any]:
    if node is None:
        return [*values, "another"]
    if node.element.type == "bool" and not node.element.values:
        return [True, False]
    others = [value.code for value in node.element.values if value.code not in values]
    return [*values, *(others[:1] if node.element.values else ["another"])]
