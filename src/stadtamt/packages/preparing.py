"""From an author's files and a town's layer to what the stations take: pure, to be tried before it counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stadtamt.kernel.expressions import ExpressionBudgetError, ExpressionError, compile_text
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.entries import entries_of
from stadtamt.packages.format.files import Files, check_package_id
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import edition_of, fill_in
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.overrides import apply

MOST_TITLE, MOST_UNIT, MOST_PHONE = 200, 120, 60
"""How many characters the catalogue holds."""


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
    _check_entries(package, parameters)
    return Prepared(package, parameters, edition_of(package.version, parameters, _sources(package)))


def office_name(package: Package, parameters: Mapping[str, Any]) -> str:
    """The unit that is responsible, as package and town name it; empty where neither does."""
    return str(package.unit.get("name") or parameters.get("unit") or "")


def _check_entries(package: Package, parameters: Mapping[str, Any]) -> None:
    """The catalogue can hold what package and town say: names of a length that fits on a line, keys for an address."""
    try:
        title = compile_text(str(package.service["title"])).render({"parameters": parameters})
    except (ExpressionError, ExpressionBudgetError) as problem:
        raise PackageProblem("service.toml", f"Titel der Leistung: {problem}") from problem
    entries = entries_of(package, parameters)
    for entry in entries:
        try:
            check_package_id(entry.key)
        except PackageProblem as problem:
            raise PackageProblem(
                "",
                f"„{entry.key[:60]}“ ist kein Kurzname für eine Leistung: nur Kleinbuchstaben, Ziffern und "
                "Bindestriche, höchstens 60 Zeichen. Er steht in der Adresse der Seite.",
            ) from problem
    named = [("Der Titel", title, MOST_TITLE), *(("Der Titel", entry.title, MOST_TITLE) for entry in entries)]
    named += [("Der Name der Stelle", name, MOST_UNIT) for name in _units(package, parameters)]
    for what, text, most in named:
        if len(text) > most:
            raise PackageProblem("", f"{what} „{text[:40]}…“ ist zu lang. Möglich sind {most} Zeichen.")
    for key, most in (("phone", MOST_PHONE), ("mail", MOST_UNIT)):
        if len(str(package.unit.get(key, ""))) > most:
            raise PackageProblem("", f"Die Angabe „{key}“ der Stelle ist zu lang. Möglich sind {most} Zeichen.")


def _units(package: Package, parameters: Mapping[str, Any]) -> list[str]:
    return [office_name(package, parameters), *(entry.unit for entry in entries_of(package, parameters))]


def _sources(package: Package) -> tuple[str, ...]:
    """Everything that a case keeps to its end. The catalogue entry is not among it: it speaks to the next applicant."""
    letters = [[letter.id, letter.when, letter.words, letter.arrangement] for letter in package.letters]
    kept = [
        *(package.automation, package.person, letters, package.outcome, package.remedy),
        *(package.deadlines, package.letterhead),
    ]
    return package.form, package.process, package.rules, json.dumps(kept, sort_keys=True, ensure_ascii=False)
