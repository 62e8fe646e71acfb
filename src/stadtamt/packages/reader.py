"""Reads a service package from its folder. Nothing in it is code; every file is read as hostile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.files import read_file, read_toml
from stadtamt.packages.parameters import Parameter, read_parameters


@dataclass(frozen=True, slots=True)
class LetterFile:
    """One letter: its words, its arrangement, and when it is the one to send."""

    id: str
    when: str
    words: str
    arrangement: str


@dataclass(frozen=True, slots=True)
class Package:
    """A service package as it lies in its folder."""

    id: str
    version: str
    service: Mapping[str, Any]
    automation: Mapping[str, Any]
    person: Mapping[str, Any]
    processing_days: int
    costs: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    form: str
    process: str
    rules: str
    letters: tuple[LetterFile, ...]


def read_package(folder: Path) -> Package:
    """The package in a folder. Raises PackageProblem with the file and a German sentence."""
    manifest = read_toml(folder, "service.toml")
    try:
        service = manifest["service"]
        letters = tuple(_letter(folder, entry) for entry in manifest["letter"])
        return Package(
            id=str(service["id"]),
            version=str(service["version"]),
            service=service,
            automation=manifest.get("automation", {}),
            person=manifest["person"],
            processing_days=int(manifest["deadlines"]["processing_days"]),
            costs=tuple(manifest.get("costs", {}).get("examples", ())),
            parameters=read_parameters(manifest.get("parameter", [])),
            form=read_file(folder, service.get("form", "form.yaml")),
            process=read_file(folder, service.get("process", "process.bpmn")),
            rules=read_file(folder, service.get("rules", "rules.dmn")),
            letters=letters,
        )
    except KeyError as missing:
        raise PackageProblem("service.toml", f"Die Angabe {missing} fehlt.") from missing


def _letter(folder: Path, entry: Mapping[str, Any]) -> LetterFile:
    name = str(entry["id"])
    return LetterFile(
        id=name,
        when=str(entry.get("when", "")),
        words=read_file(folder, f"letters/{name}.yaml"),
        # Without an arrangement of its own a letter is set as the house sets its letters.
        arrangement=read_file(folder, f"letters/{name}.typ") if (folder / f"letters/{name}.typ").exists() else "",
    )
