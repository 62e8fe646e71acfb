"""Random layers of a town over a package: settings, deviations and cases that fit its present version."""

from __future__ import annotations

from random import Random
from typing import Any

from stadtamt.forms.schema import Schema
from stadtamt.packages.format.addresses import texts_of
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import MISSING
from stadtamt.packages.overrides import OverrideRefused, apply
from stadtamt.packages.overrides.needs import read_form
from stadtamt.processes.engine import read_process
from support.updates import fitting


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
    kind = random.choice(["hide", "hide", "add", "add", "text", "text", "text", "letterhead", "unit", "four-eyes"])
    if kind == "hide":
        optional = [path for path, field in schema.fields.items() if not field.required]
        return Override(name, kind, {"field": random.choice(optional)})
    if kind == "add":
        question = random.choice(list(schema.questions()))
        own = random.choice(["eigene", "neu", "zusatz"])
        field = {"id": f"{own}_feld", "label": "Eigenes", "type": "text", "required": False}
        if random.random() < 0.4:
            field["when"] = f"{random.choice(sorted(schema.fields))} != null"
        data = {"id": own, "title": "Was noch?", "fields": [field]}
        return Override(name, kind, {"after": question.key, "question": data})
    if kind == "text":
        address = random.choice(sorted(texts))
        was = {"was": texts[address]} if random.random() < 0.7 else {}
        return Override(name, kind, {"address": address, "text": f"Eigene Worte {random.randint(1, 99)}.", **was})
    data = {"letterhead": {"office": "Bürgeramt", "address": ["Markt 1"]}, "unit": {"name": "Bürgeramt"}}.get(kind, {})
    return Override(name, kind, data)


def _case(package: Package, random: Random, number: int) -> dict[str, Any]:
    fields = sorted(read_form(package.form).fields)
    answers: dict[str, dict[str, Any]] = {}
    for path in random.sample(fields, min(len(fields), random.randint(1, 4))):
        group, name = path.split(".")
        answers.setdefault(group, {})[name] = "x"
    case: dict[str, Any] = {"name": f"Fall {random.choice([number, 0])}", "answers": answers, "expect": {"kind": "x"}}
    parameter = random.choice(package.parameters)
    if random.random() < 0.5 and (value := fitting(parameter, random)) is not MISSING:
        case["parameters"] = {parameter.key: value}
    if random.random() < 0.3:
        case["letter"] = {"id": random.choice(package.letters).id}
    if random.random() < 0.3:
        case["process"] = {"tasks": [random.choice(read_process(package.process.encode()).steps).id]}
    return case
