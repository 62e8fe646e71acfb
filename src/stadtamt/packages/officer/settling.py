"""An unclear rule settled by hand: from what an officer chose on a page to the deviation that says it. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from stadtamt.forms.conditions import Effect, Reading, read_effect, write_effect
from stadtamt.forms.conditions.model import Always, And, Condition, Empty, Equal, Holds, Literally, Not, Or
from stadtamt.forms.schema import Field, Schema
from stadtamt.forms.schema.branches import Branch, tree_of
from stadtamt.forms.schema.model import NUMBERS, Group
from stadtamt.forms.schema.telling import LAND, SchemaNames, effects_of, spoken
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.officer.deviating import Choice, name_for

type Rule = Reading

MOST_PARTS = 3
MOST_VALUES = 400
COMPARISONS = {"is": "ist", "not": "ist nicht", "given": "ist ausgefüllt", "empty": "ist nicht ausgefüllt"}
EFFECTS = {"require": "muss angegeben werden", "forbid": "darf nicht angegeben werden"}
_OPPOSITE: dict[str, Literal["require", "forbid"]] = {"require": "forbid", "forbid": "require"}
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Incomplete(PackageProblem):
    """Something is missing or does not fit: the input, and the sentence about it."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__("", sentence)


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison as it was chosen: the path of a field, one of COMPARISONS, and a value as text."""

    path: str = ""
    comparison: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """How a rule is meant: the effect on an element, under up to three comparisons; `otherwise` the opposite holds."""

    effect: str
    target: str
    parts: tuple[Part, ...]
    joined: str = "and"
    otherwise: bool = False


def rule_of(schema: Schema, name: str, at: str) -> Reading | None:
    """A rule of the form, by its name and the place where it stands."""
    return next((one for one in schema.rules if one.id == name and one.at == at), None)


def settled_by_town(layer: Layer) -> dict[tuple[str, str], Override]:
    """The rules that the town has settled, by name and place."""
    return {(str(one.data["rule"]), str(one.data.get("at", ""))): one for one in layer.overrides if one.kind == "rule"}


def nothing_follows(rule: Reading, reason: str) -> Override:
    """The deviation that says: nothing follows from this rule for the form. Raises Incomplete."""
    if not reason.strip():
        raise Incomplete("reason", "Bitte schreiben Sie, warum nichts daraus folgt.")
    return _override(rule, {"decision": "none", "reason": reason.strip()})


def as_meant(schema: Schema, rule: Reading, meant: Meant) -> Override:
    """The deviation that says what follows from this rule. Raises Incomplete."""
    if meant.effect not in EFFECTS:
        raise Incomplete("effect", "Bitte wählen Sie, was folgt.")
    if not meant.target or (meant.target not in schema.fields and meant.target not in schema.group_at):
        raise Incomplete("target", "Bitte wählen Sie, wovon die Regel spricht.")
    condition = _condition(schema, meant)
    kind: Literal["require", "forbid"] = "require" if meant.effect == "require" else "forbid"
    effects = [Effect(kind, meant.target, condition)]
    if meant.otherwise:
        effects.append(Effect(_OPPOSITE[kind], meant.target, Not(condition)))
    return _override(rule, {"decision": "machine", "effects": [write_effect(one) for one in effects]})


def sentences(schema: Schema, override: Override) -> list[str]:
    """What a settled rule says, in words."""
    effects = tuple(read_effect(one) for one in override.data.get("effects", ()))
    names = SchemaNames(schema)
    rule = Reading(str(override.data["rule"]), "", "", "", "machine", effects)
    return list(effects_of(rule, names)) or [f"Es folgt nichts daraus: {override.data.get('reason', '')}"]


def fingerprint(override: Override) -> str:
    """Tells one decision from another: what was shown in words is what is taken."""
    written = json.dumps(Layer(overrides=(override,)).as_data(), sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def targets(schema: Schema) -> list[Choice]:
    """Every group and field, for a list to choose from: deeper ones further in."""
    return list(_elements(tree_of(schema), 0))


def looked_at(schema: Schema) -> list[Choice]:
    """Every answer that a condition may look at; groups too, as they may be filled in or not."""
    return [*_elements(tree_of(schema), 0), Choice(LAND, "Bundesland der Gemeinde")]


def values_of(schema: Schema, path: str) -> list[tuple[str, str]] | None:
    """The values to choose for a comparison; None where one is typed, or the list would be too long."""
    entry = schema.fields.get(path)
    if entry is None:
        return None
    if entry.type == "bool":
        return [("true", "Ja"), ("false", "Nein")]
    if entry.code_list:
        listed = schema.lists[entry.code_list].entries
        return [(one.code, one.name) for one in listed] if len(listed) <= MOST_VALUES else None
    return [(one.value, one.label) for one in entry.choices] or None


def _elements(branch: Branch, depth: int) -> Iterator[Choice]:
    indent = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}" * depth
    if branch.group is not None and branch.path:
        yield Choice(branch.path, f"{indent}{_short(spoken(branch.group.title))} (Abschnitt)")
        indent += "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
    below = depth + (1 if branch.path else 0)
    for part in branch.parts:
        if isinstance(part, Group):
            for question in part.questions:
                for entry in question.fields:
                    if entry.asked:
                        yield Choice(entry.path, f"{indent}{_short(spoken(entry.label))}")
        else:
            yield from _elements(part, below)


def _short(label: str) -> str:
    return label if len(label) <= 90 else f"{label[:89].rstrip()}…"


def _condition(schema: Schema, meant: Meant) -> Condition:
    parts = []
    for number, part in enumerate(meant.parts, 1):
        if part.path or part.comparison or part.value:
            parts.append(_compared(schema, part, number))
    if not parts:
        if meant.otherwise:
            raise Incomplete("path-1", "Bitte wählen Sie, wann das gilt; sonst gibt es kein Gegenteil.")
        return Always()
    if len(parts) == 1:
        return parts[0]
    return Or(tuple(parts)) if meant.joined == "or" else And(tuple(parts))


def _compared(schema: Schema, part: Part, number: int) -> Condition:
    if part.path != LAND and part.path not in schema.fields and part.path not in schema.group_at:
        raise Incomplete(f"path-{number}", "Bitte wählen Sie, welche Angabe gemeint ist.")
    if part.comparison not in COMPARISONS:
        raise Incomplete(f"comparison-{number}", "Bitte wählen Sie, womit verglichen wird.")
    if part.comparison in {"given", "empty"}:
        empty = Empty(part.path)
        return empty if part.comparison == "empty" else Not(empty)
    if part.path in schema.group_at and part.path not in schema.fields:
        raise Incomplete(f"comparison-{number}", "Ein Abschnitt ist ausgefüllt oder nicht; einen Wert hat er nicht.")
    value = _value(schema.fields.get(part.path), part.value.strip(), number, schema)
    same: Condition = Holds(part.path) if value is True else Equal(part.path, value)
    return Not(same) if part.comparison == "not" else same


def _value(entry: Field | None, text: str, number: int, schema: Schema) -> Literally:
    where = f"value-{number}"
    if not text:
        raise Incomplete(where, "Bitte geben Sie an, mit welchem Wert verglichen wird.")
    offered = values_of(schema, entry.path) if entry else None
    if offered is not None and text not in {value for value, _ in offered}:
        raise Incomplete(where, "Bitte wählen Sie einen der Werte dieser Angabe.")
    if entry is not None and entry.type == "bool":
        return text == "true"
    if entry is not None and entry.type in NUMBERS:
        try:
            found = Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise Incomplete(where, "Bitte schreiben Sie eine Zahl, zum Beispiel 18 oder 2,5.") from None
        return int(found) if found == found.to_integral_value() else found
    if entry is not None and entry.type == "date":
        return _day(text, where)
    return text


def _day(text: str, where: str) -> str:
    found = _DAY.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        raise Incomplete(where, "Bitte schreiben Sie einen Tag, zum Beispiel 9.5.2026.") from None
    return day.isoformat()


def _override(rule: Reading, decided: Mapping[str, Any]) -> Override:
    data: dict[str, Any] = {"rule": rule.id}
    if rule.at:
        data["at"] = rule.at
    if rule.text.strip():
        data["was"] = rule.text
    return Override(name_for("regel", f"{rule.id}-{rule.at.rpartition('.')[2]}"), "rule", {**data, **decided})
