"""A town's layer over a package: its settings, its overrides and its own cases. Never part of the author's files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stadtamt.kernel.faults import toml_fault
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.parameters import plain

KINDS = ("hide", "add", "order", "text", "rule", "field", "letterhead", "unit", "four-eyes")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class Override:
    """One deviation of a town from the author's package; `data` depends on the kind."""

    id: str
    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """What a town set: values by parameter, where each value comes from, overrides, and golden cases of its own."""

    values: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    cases: tuple[Mapping[str, Any], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The layer as JSON can hold it; dates in ISO form."""
        overrides = [{"id": one.id, "kind": one.kind, **one.data} for one in self.overrides]
        data = {"values": self.values, "sources": self.sources, "overrides": overrides, "cases": list(self.cases)}
        return {key: plain(value) for key, value in data.items()}

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Layer:
        """The layer that `as_data` gave."""
        return Layer(
            values=dict(data.get("values", {})),
            sources=dict(data.get("sources", {})),
            overrides=tuple(_override(entry, "Einstellungen") for entry in data.get("overrides", [])),
            cases=tuple(data.get("cases", [])),
        )


def read_layer(text: str, *, file: str = "parameters") -> Layer:
    """A town's layer from the text of its parameter file. Raises PackageProblem."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        said, line = toml_fault(problem)
        raise PackageProblem(file, said, line) from problem
    except (ValueError, RecursionError) as problem:
        raise PackageProblem(file, "Die Datei ist kein gültiges TOML.") from problem
    for key in data:
        if key not in {"service", "municipality", "parameters", "override", "case"}:
            raise PackageProblem(file, f"Die Angabe „{key}“ gibt es hier nicht.")
    entries = data.get("parameters", {})
    if not isinstance(entries, dict) or any(not isinstance(e, dict) or "value" not in e for e in entries.values()):
        raise PackageProblem(file, "Jeder Parameter braucht ein „value“.")
    return Layer(
        values={key: plain(entry["value"]) for key, entry in entries.items()},
        sources={key: str(entry["source"]) for key, entry in entries.items() if "source" in entry},
        overrides=read_overrides(data, file),
        cases=tuple(_tables(data, "case", file)),
    )


def read_overrides(data: Mapping[str, Any], file: str) -> tuple[Override, ...]:
    """The deviations of a file, written as ``[[override]]``. Raises PackageProblem."""
    overrides = tuple(_override(entry, file) for entry in _tables(data, "override", file))
    if len({one.id for one in overrides}) < len(overrides):
        raise PackageProblem(file, "Zwei Abweichungen haben dieselbe Kennung.")
    return overrides


def _override(entry: Mapping[str, Any], file: str) -> Override:
    identifier, kind = str(entry.get("id", "")), str(entry.get("kind", ""))
    if not _ID.fullmatch(identifier):
        raise PackageProblem(file, "Eine Abweichung braucht eine „id“ aus Kleinbuchstaben, Ziffern und Bindestrichen.")
    if kind not in KINDS:
        raise PackageProblem(
            file, f"Abweichung „{identifier}“: Die Art „{kind}“ gibt es nicht. Möglich sind: {', '.join(KINDS)}."
        )
    return Override(identifier, kind, {key: value for key, value in entry.items() if key not in {"id", "kind"}})


def _tables(data: Mapping[str, Any], key: str, file: str) -> list[dict[str, Any]]:
    entries = data.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PackageProblem(file, f"„{key}“ wird als [[{key}]] geschrieben.")
    return entries
