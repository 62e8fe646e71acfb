"""The parameters of a package: what a town fills in, typed, with defaults."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.files import read_toml

MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its type, what it means, and the paragraph it comes from."""

    key: str
    type: str
    label: str
    explanation: str
    paragraph: str
    default: Any = MISSING
    choices: tuple[str, ...] = ()


def read_parameters(entries: list[Mapping[str, Any]]) -> tuple[Parameter, ...]:
    """The parameters declared in ``service.toml``."""
    parameters = []
    for entry in entries:
        kind = str(entry.get("type", ""))
        if kind not in _FITS:
            raise PackageProblem("service.toml", f"Parameter {entry.get('key')}: Den Typ „{kind}“ gibt es nicht.")
        parameters.append(
            Parameter(
                key=str(entry["key"]),
                type=kind,
                label=str(entry.get("label", entry["key"])),
                explanation=str(entry.get("explanation", "")),
                paragraph=str(entry.get("paragraph", "")),
                default=entry.get("default", MISSING),
                choices=tuple(entry.get("choices", ())),
            )
        )
    return tuple(parameters)


def read_settings(file: Path) -> dict[str, Any]:
    """A town's settings from its parameter file: ``[parameters.KEY] value = …``."""
    data = read_toml(file.parent, file.name)
    try:
        return {key: entry["value"] for key, entry in data["parameters"].items()}
    except (KeyError, TypeError) as problem:
        raise PackageProblem(file.name, "Jeder Parameter braucht ein „value“.") from problem


def fill_in(parameters: tuple[Parameter, ...], settings: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters with the town's settings or the defaults, as plain data (dates in ISO form).

    Raises PackageProblem for an unknown, missing or wrongly typed setting.
    """
    known = {parameter.key for parameter in parameters}
    for key in settings:
        if key not in known:
            raise PackageProblem("parameters", f"Den Parameter „{key}“ kennt das Paket nicht.")
    filled: dict[str, Any] = {}
    for parameter in parameters:
        value = settings.get(parameter.key, parameter.default)
        if value is MISSING:
            raise PackageProblem("parameters", f"Der Parameter „{parameter.label}“ ({parameter.key}) fehlt.")
        if not _FITS[parameter.type](value) or (parameter.choices and value not in parameter.choices):
            raise PackageProblem(
                "parameters",
                f"Der Wert von „{parameter.label}“ ({parameter.key}) passt nicht zum Typ {parameter.type}.",
            )
        filled[parameter.key] = _plain(value)
    return filled


def edition_of(version: str, parameters: Mapping[str, Any], sources: tuple[str, ...]) -> str:
    """The name of what is in force: the package's version, and a digest of its texts and the town's settings."""
    text = json.dumps([parameters, *sources], sort_keys=True, ensure_ascii=False)
    return f"{version}+{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_FITS: dict[str, Callable[[Any], bool]] = {
    "money": lambda value: _is_whole(value) and value >= 0,
    "integer": _is_whole,
    "date": lambda value: isinstance(value, date),
    "period": lambda value: isinstance(value, str),
    "choice": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "text": lambda value: isinstance(value, str),
    "list": lambda value: isinstance(value, list),
    "table": lambda value: isinstance(value, list) and all(isinstance(row, Mapping) for row in value),
}
