"""``stadtamt package test PATH``: runs the golden cases of a package, without a server and without a database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from stadtamt.conf.commandline.console import say
from stadtamt.conf.commandline.package_files import files_at, read_text
from stadtamt.packages.format.files import toml_of
from stadtamt.packages.format.layer import Layer, read_layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import (
    GoldenCase,
    Outcome,
    cases_of,
    read_cases,
    run_for_author,
    run_for_layer,
    settings_for,
    shipped_layers,
)
from stadtamt.packages.golden import run as run_cases
from stadtamt.packages.overrides import apply


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PFAD", help="der Ordner des Pakets oder ein Archiv")
    parser.add_argument(
        "--parameters",
        type=Path,
        metavar="DATEI",
        help="Einstellungen einer Kommune (sonst alle des Pakets)",
    )
    parser.add_argument("--cases", type=Path, metavar="DATEI", help="weitere goldene Fälle ([[case]])")
    parser.add_argument("--json", action="store_true", help="gibt die Ergebnisse als JSON aus")


def run(options: argparse.Namespace) -> int:
    package = read_package(files_at(options.path))
    cases = _cases(options.cases) if options.cases else ()
    if options.parameters:
        layer = read_layer(read_text(options.parameters), file=options.parameters.name)
        outcomes = _under(package, layer, options.parameters.stem, cases)
    else:
        outcomes = (*run_for_author(package), *_everywhere(package, cases))
    return _report(outcomes, as_json=options.json)


def _under(package: Package, layer: Layer, town: str, cases: tuple[GoldenCase, ...]) -> tuple[Outcome, ...]:
    """General cases, the file's own and those given, with the settings and deviations of one town.

    Cases of the package that name this very file are the author's cases for it.
    """
    there = apply(package, layer.overrides)
    settings = settings_for(package, layer)
    author = tuple(case for case in cases_of(package.files) if case.town == town)
    held = Layer(settings, layer.sources, layer.overrides, layer.cases)
    return (
        *run_for_layer(there, held, town=town),
        *run_cases(there, author, settings, town=town),
        *run_cases(there, cases, settings, town=town),
    )


def _everywhere(package: Package, cases: tuple[GoldenCase, ...]) -> Iterator[Outcome]:
    """Given cases without a town's file: under every town that is shipped, or the one that a case names."""
    towns = {town: settings_for(package, layer) for town, layer in shipped_layers(package).items()} or {"": {}}
    for case in cases:
        named = str(case.data.get("town", ""))
        if named and named not in towns:
            missing = f"Die Datei parameters/{named}.toml gibt es nicht."
            yield Outcome(case.file, case.name, named, passed=False, differences=(missing,))
            continue
        for town in [named] if named else towns:
            yield from run_cases(package, [case], towns[town], town=town)


def _cases(path: Path) -> tuple[GoldenCase, ...]:
    data = toml_of({path.name: read_text(path).encode()}, path.name)
    return read_cases(data.get("case", []), file=path.name, own=True)


def _report(outcomes: tuple[Outcome, ...], *, as_json: bool) -> int:
    failed = [outcome for outcome in outcomes if not outcome.passed]
    last = f"{len(outcomes) - len(failed)} passed, {len(failed)} failed"
    if as_json:
        counts = {"passed": len(outcomes) - len(failed), "failed": len(failed)}
        body = {**counts, "outcomes": [asdict(outcome) for outcome in outcomes]}
        say(json.dumps(body, ensure_ascii=False, indent=1))
        say(last, error=True)
        return 1 if failed else 0
    for outcome in failed:
        where = f" ({outcome.town})" if outcome.town else ""
        say(f"✗ {outcome.file}: {outcome.name}{where}")
        for difference in outcome.differences:
            say(f"    {difference}")
    if not outcomes:
        say("Es gibt keine goldenen Fälle.", error=True)
    say(last)
    return 1 if failed or not outcomes else 0
