"""From an author's files and a town's layer to what the stations take: pure, to be tried before it counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stadtamt.packages.format.files import Files
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import edition_of, fill_in
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.overrides import apply


@dataclass(frozen=True, slots=True)
class Prepared:
    """A package with a town's layer applied, and the name of the edition that it makes."""

    package: Package
    parameters: Mapping[str, Any]
    edition: str


def prepare(files: Files, layer: Layer) -> Prepared:
    """Read the package, put the town's overrides on it and fill in its settings. Raises PackageProblem."""
    package = apply(read_package(files), layer.overrides)
    parameters = fill_in(package.parameters, layer.values)
    return Prepared(package, parameters, edition_of(package.version, parameters, _sources(package)))


def digest_of(files: Files) -> str:
    """The SHA-256 over names and contents of a package's files."""
    named = [[name, hashlib.sha256(content).hexdigest()] for name, content in sorted(files.items())]
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()


def _sources(package: Package) -> tuple[str, ...]:
    """Everything that a case keeps to its end. The catalogue entry is not among it: it speaks to the next applicant."""
    letters = [[letter.id, letter.when, letter.words, letter.arrangement] for letter in package.letters]
    kept = [
        *(package.automation, package.person, letters, package.outcome, package.remedy),
        *(package.deadlines, package.letterhead),
    ]
    return package.form, package.process, package.rules, json.dumps(kept, sort_keys=True, ensure_ascii=False)
