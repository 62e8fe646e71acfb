"""Random layers of a town over a package: settings, deviations and cases that fit its present version."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from stadtamt.forms.conditions import Reading
from stadtamt.forms.schema import Schema, paths
from stadtamt.packages.format.addresses import texts_of
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import MISSING
from stadtamt.packages.overrides import OverrideRefused, apply
from stadtamt.packages.overrides.needs import read_form
from stadtamt.processes.engine import read_process
from support.updates import fitting

KINDS = (
    "hide",
    "hide",
    "add",
    "add",
    "text",
    "text",
    "text",
    "order",
    "rule",
    "field",
    "letterhead",
    "unit",
    "four-eyes",
)


def layer_over(package: Package, random: Random) -> Layer:
    """A layer that the package takes: whatever has no default is set, and some of the rest."""
    values: dict[str, Any] = {}
    for parameter in package.parameters:
        if parameter.required or random.random() < 0.5:
            value = fitting(parameter, random)
            assert value is not MISSING, parameter
            values[parameter.key] = value
    sources = {key: f"§ {random.randint(1, 20)}" for key in values if random.random() < 0.5}
    overrides = _overrides(package, random)
    present = apply(package, overrides)
    cases = tuple(_case(present, random, number) for number in range(random.randint(0, 3)))
    return Layer(values, sources, overrides, cases)


def _overrides(package: Package, random: Random) -> tuple[Override, ...]:
    schema, texts = read_form(package.form), texts_of(package)
    taken: list[Override] = []
    for number in range(random.randint(0, 6)):
        candidate = _override(schema, texts, random, f"abweichung-{number}")
        try:
            apply(package, [*taken, candidate])
        except OverrideRefused:
            continue
        taken.append(candidate)
    random.shuffle(taken)
    return tuple(taken)


def _override(schema: Schema, texts: dict[str, str], random: Random, name: str) -> Override:
    kind = random.choice(list(_MADE))
    return Override(name, kind.rstrip("+"), _MADE[kind](schema, texts, random))


def _hide(schema: Schema, texts: dict[str, str], random: Random) -> dict[str, Any]:
    sections = [group.id for group in schema.groups if not group.least]
    if sections and random.random() < 0.3:
        return {"group": random.choice(sections)}
    return {"field": random.choice([path for path, one in schema.fields.items() if not one.required and one.asked])}


def _add(schema: Schema, texts: dict[str, str], random: Random) -> dict[str, Any]:
    question = random.choice(list(schema.questions()))
    own = random.choice(["eigene", "neu", "zusatz"])
    field = {"id": f"{own}_feld", "label": "Eigenes", "type": "text", "required": False}
    if random.random() < 0.4:
        field["when"] = f"{random.choice(sorted(schema.fields))} != null"
    return {"after": question.key, "question": {"id": own, "title": "Was noch?", "fields": [field]}}


def _say(schema: Schema, texts: dict[str, str], random: Random) -> dict[str, Any]:
    address = random.choice(sorted(texts))
    was = {"was": texts[address]} if random.random() < 0.7 else {}
    return {"address": address, "text": f"Eigene Worte {random.randint(1, 99)}.", **was}


def _about_field(schema: Schema, texts: dict[str, str], random: Random) -> dict[str, Any]:
    return {"field": random.choice(sorted(schema.fields)), "purpose": f"Zweck {random.randint(1, 99)}."}


def _order(schema: Schema, texts: dict[str, str], random: Random) -> dict[str, Any]:
    if random.random() < 0.5:
        moved, after = (random.choice(schema.groups).id for _ in range(2))
        return {"group": moved, "after": after}
    moved, after = (random.choice(list(schema.questions())).key for _ in range(2))
    return {"question": moved, "after": after}


def _settled(schema: Schema, texts: dict[str, str], random: Random) -> dict[str, Any]:
    """A rule as somebody read it, be it one that is not there: then the layer does without."""
    rule = random.choice(schema.rules) if schema.rules else Reading("R0", "", "", "", "unclear")
    about = {"rule": rule.id, "at": rule.at, "was": rule.text}
    if random.random() < 0.4:
        return about | {"decision": "none", "reason": f"Grund {random.randint(1, 99)}."}
    read, target = (random.choice(sorted(schema.fields)) for _ in range(2))
    effect = {"effect": "require", "target": target, "condition": {"is_empty": {"identifier": read}}, "message": "Ja."}
    return about | {"decision": "machine", "effects": [effect]}


# Kinds that towns use more often stand there more than once, with a mark behind.
_MADE: dict[str, Callable[[Schema, dict[str, str], Random], dict[str, Any]]] = {
    **dict.fromkeys(("hide", "hide+"), _hide),
    **dict.fromkeys(("add", "add+"), _add),
    **dict.fromkeys(("text", "text+", "text++"), _say),
    "order": _order,
    "rule": _settled,
    "field": _about_field,
    "letterhead": lambda *_: {"office": "Bürgeramt", "address": ["Markt 1"]},
    "unit": lambda *_: {"name": "Bürgeramt"},
    "four-eyes": lambda *_: {},
}


def _case(package: Package, random: Random, number: int) -> dict[str, Any]:
    fields = sorted(read_form(package.form).fields)
    answers: Any = {}
    for path in random.sample(fields, min(len(fields), random.randint(1, 4))):
        answers = paths.put(answers, path, "x")
    case: dict[str, Any] = {"name": f"Fall {random.choice([number, 0])}", "answers": answers, "expect": {"kind": "x"}}
    parameter = random.choice(package.parameters)
    if random.random() < 0.5 and (value := fitting(parameter, random)) is not MISSING:
        case["parameters"] = {parameter.key: value}
    if random.random() < 0.3:
        case["letter"] = {"id": random.choice(package.letters).id}
    if random.random() < 0.3:
        case["process"] = {"tasks": [random.choice(read_process(package.process.encode()).steps).id]}
    return case
