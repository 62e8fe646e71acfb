"""The golden cases of a shipped package, computed by its own files: rules, form, letters, process, deadlines."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from stadtamt.cases.rules.announcement import announce
from stadtamt.decisions.dmn import DecisionModel, read_decisions_of
from stadtamt.forms.schema.model import Schema
from stadtamt.forms.schema.reader import read_form
from stadtamt.forms.schema.review import Review, Situation, review
from stadtamt.kernel.expressions import compile_expression
from stadtamt.packages.format.files import Files, files_of_folder
from stadtamt.packages.format.parameters import Parameter, fill_in, read_parameters

SERVICES = Path(__file__).parents[2] / "services"
type Case = dict[str, Any]


@cache
def files(package: str) -> Files:
    return files_of_folder(SERVICES / package)


def toml(package: str, name: str) -> dict[str, Any]:
    return tomllib.loads(files(package)[name].decode())


@cache
def model(package: str) -> DecisionModel:
    return read_decisions_of({name: text for name, text in files(package).items() if name.endswith(".dmn")})


@cache
def form(package: str) -> Schema:
    return read_form(files(package)["form.yaml"].decode())


@cache
def declared(package: str) -> tuple[Parameter, ...]:
    own = toml(package, "service.toml").get("parameter", [])
    return read_parameters([*toml(package, "parameters.toml")["parameter"], *own])


def towns(package: str) -> list[str]:
    names = [name for name in files(package) if name.startswith("parameters/")]
    return sorted(name.removeprefix("parameters/").removesuffix(".toml") for name in names)


def settings(text: str) -> dict[str, Any]:
    """What a town's file sets, without the defaults."""
    return {key: entry["value"] for key, entry in tomllib.loads(text)["parameters"].items()}


def parameters(package: str, town: str) -> dict[str, Any]:
    """The whole parameters of a shipped town, with the defaults."""
    return filled(package, settings(files(package)[f"parameters/{town}.toml"].decode()))


def filled(package: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return with_dates(fill_in(declared(package), values))


def with_dates(value: Any) -> Any:
    """Texts that are days become days, as when the office reads its parameters."""
    if isinstance(value, Mapping):
        return {key: with_dates(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [with_dates(entry) for entry in value]
    if isinstance(value, str) and len(value) == 10 and value[4:5] == value[7:8] == "-":
        return date.fromisoformat(value)
    return value


def golden(package: str) -> list[tuple[str, str, Case]]:
    """File, town and case; a case without a town is meant for every town."""
    found = []
    for name in files(package):
        if name.startswith("tests/"):
            for case in toml(package, name)["case"]:
                found += [(name, town, case) for town in ([case["town"]] if "town" in case else towns(package))]
    return found


def resolved(value: Any, scope: Mapping[str, Any]) -> Any:
    """A text that begins with "=" is an expression over the scope."""
    if isinstance(value, str) and value.startswith("="):
        return plain(compile_expression(value[1:]).evaluate(scope))
    if isinstance(value, Mapping):
        return {key: resolved(entry, scope) for key, entry in value.items()}
    if isinstance(value, list):
        return [resolved(entry, scope) for entry in value]
    return value


def assess(package: str, case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """The assessment under these parameters, with the codes of its reasons in order."""
    given = {**given, **case.get("parameters", {})}
    today = resolved(case["today"], {"parameters": given})
    answers = resolved(case["answers"], {"parameters": given, "today": today})
    inputs = {
        "answers": answers,
        "parameters": given,
        "today": today,
        "refused": case.get("refused", False),
        "received": case.get("received", today),
    }
    result = model(package).evaluate("assessment", inputs)
    assert isinstance(result, dict)
    found = plain(result)
    return {**found, "codes": [reason["code"] for reason in found["reasons"]], "answers": answers, "today": today}


def expected(case: Case, given: Mapping[str, Any], found: Mapping[str, Any]) -> Any:
    scope = {
        "parameters": {**given, **case.get("parameters", {})},
        "answers": found["answers"],
        "today": found["today"],
    }
    return resolved(case["expect"], scope)


def reviewed(package: str, case: Case, given: Mapping[str, Any], found: Mapping[str, Any]) -> Review:
    """The form with these answers. Optional fields count as seen."""
    schema = form(package)
    answers = {group.id: dict(found["answers"].get(group.id, {})) for group in schema.groups}
    for path, entry in schema.fields.items():
        group, field = path.split(".")
        if not entry.required:
            answers[group].setdefault(field, None)
    situation = Situation(schema, answers, {**given, **case.get("parameters", {})}, found["today"])
    return review(situation, confirmed=frozenset(found["answers"].get("_confirmed", [])))


def deadlines(channel: str, provided_on: date, law: str = "tax") -> dict[str, date]:
    days = announce(law=law, channel=channel, provided_on=provided_on, land="BW")
    return {"announced_on": days.announced_on, "objection_ends_on": days.objection_ends_on, "due_on": days.due_on}


def differences(wanted: Any, found: Any, place: str = "") -> Iterator[str]:
    """Where the result departs from the expected part of it; contexts may hold more than is expected."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key, value in wanted.items():
            yield from differences(value, found.get(key), f"{place}.{key}")
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        for number, (one, other) in enumerate(zip(wanted, found, strict=True)):
            yield from differences(one, other, f"{place}[{number}]")
    elif found != wanted:
        yield f"{place.removeprefix('.')}: expected {wanted!r}, found {found!r}"


def plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return int(value) if isinstance(value, Decimal) and value == int(value) else value
