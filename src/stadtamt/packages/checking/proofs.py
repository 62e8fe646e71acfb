"""What only running shows: example towns that do not fit, outcomes without a letter, rules that answer nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from stadtamt.decisions.dmn import DecisionError
from stadtamt.kernel.expressions import ExpressionError, compile_expression
from stadtamt.packages.checking.findings import Finding, error, warning
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import fill_in
from stadtamt.packages.golden.bench import Bench, bench_of
from stadtamt.packages.golden.cases import GoldenCase, cases_of
from stadtamt.packages.golden.comparing import Unreadable
from stadtamt.packages.golden.judging import letter_scope
from stadtamt.packages.golden.running import settings_for, shipped_layers, stage_of
from stadtamt.packages.golden.stage import Stage
from stadtamt.packages.overrides import apply

FEW = 10
SHOWN = 3
PARTS = {"process": "den Ablauf", "letter": "den Brief", "deadlines": "die Fristen", "complete": "das ganze Formular"}
_DAY = date(2026, 1, 1)


def towns(package: Package) -> tuple[list[Finding], dict[str, dict[str, Any]]]:
    """What does not fit in the example towns, and the settings of those that fit."""
    found: list[Finding] = []
    good: dict[str, dict[str, Any]] = {}
    try:
        layers = shipped_layers(package)
    except PackageProblem as problem:
        return [error(problem.file, problem.sentence, problem.line)], {}
    for town, layer in layers.items():
        file = f"parameters/{town}.toml"
        settings = settings_for(package, layer)
        try:
            fill_in(package.parameters, settings)
            if layer.overrides:
                apply(package, layer.overrides)
            good[town] = settings
        except PackageProblem as problem:
            found.append(error(file, problem.sentence, problem.line))
    return found, good


def tests(package: Package, towns_known: Mapping[str, Any]) -> tuple[list[Finding], tuple[GoldenCase, ...]]:
    """Whether there are golden cases, enough of them, and of every kind."""
    try:
        cases = cases_of(package.files)
    except PackageProblem as problem:
        return [error(problem.file, problem.sentence, problem.line)], ()
    if not cases:
        return [error("tests", "Es gibt keine goldenen Fälle.")], ()
    found = [
        error(case.file, f"Fall „{case.name}“: Die Datei parameters/{case.town}.toml gibt es nicht.")
        for case in cases
        if case.town and case.town not in towns_known and f"parameters/{case.town}.toml" not in package.files
    ]
    if len(cases) < FEW:
        found.append(warning("tests", f"Es gibt nur {len(cases)} goldene Fälle. Empfohlen sind mindestens {FEW}."))
    if all(case.town for case in cases):
        found.append(warning("tests", "Kein Fall gilt in jeder Kommune: Lassen Sie bei einigen „town“ weg."))
    for key, word in PARTS.items():
        if not any(case.data.get(key) for case in cases):
            found.append(warning("tests", f"Kein Fall prüft {word} („{key}“)."))
    names: set[tuple[str, str]] = set()
    for case in cases:
        if (case.name, case.town) in names:
            found.append(warning(case.file, f"Den Fall „{case.name}“ gibt es zweimal."))
        names.add((case.name, case.town))
    return found, cases


def behaviour(package: Package, cases: tuple[GoldenCase, ...], settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Only for a package without errors: what its rules and letters do."""
    bench = bench_of(package)
    towns_run = settings or {"": {}}
    for town, values in towns_run.items():
        yield from _nothing_answered(bench, town, values)
    yield from _letters(bench, cases, towns_run)


def _nothing_answered(bench: Bench, town: str, values: Mapping[str, Any]) -> Iterator[Finding]:
    """What nobody answered is never clear; and the assessment has the shape that the house reads."""
    case = GoldenCase("", "nichts beantwortet", town, {"today": _DAY.isoformat()})
    where = f" (mit den Einstellungen {town})" if town else ""
    try:
        found = stage_of(bench, case, values).assessment
    except DecisionError as problem:
        yield error("rules.dmn", f"Ohne Antworten lässt sich nicht rechnen{where}: {problem.sentence}")
        return
    except TypeError:
        yield error("rules.dmn", "Die Entscheidung „assessment“ ergibt keine benannten Angaben.")
        return
    except PackageProblem:
        # A package without an example town, whose parameters have no defaults.
        return
    if found.get("clear") is not False:
        yield error("rules.dmn", f"Wer nichts beantwortet, gilt als klarer Fall{where}: clear muss dann false sein.")
    yield from (error("rules.dmn", f"{fault}{where}.") for fault in _misshaped(found))


def _misshaped(found: Mapping[str, Any]) -> Iterator[str]:
    total = found.get("total_cents")
    if not isinstance(total, int) or isinstance(total, bool) or total < 0:
        yield "„total_cents“ ist keine ganze Zahl ab 0"
    if not isinstance(found.get("kind"), str):
        yield "„kind“ ist kein Text"
    reasons = found.get("reasons")
    if not isinstance(reasons, list):
        yield "„reasons“ ist keine Liste"
        return
    for reason in reasons:
        keys = [key for key in ("code", "text", "paragraph") if not isinstance(reason, dict) or not reason.get(key)]
        if keys:
            yield f"Einem Grund fehlt „{keys[0]}“"
            return


def _letters(
    bench: Bench, cases: tuple[GoldenCase, ...], towns_run: Mapping[str, Mapping[str, Any]]
) -> Iterator[Finding]:
    """Whether every decision has a letter: tried with every case, granted and refused."""
    if any(letter.when is None for letter in bench.letters):
        return
    missing: dict[str, list[str]] = {}
    for case in cases:
        town = case.town or next(iter(towns_run))
        for outcome in ("granted", "refused"):
            data = {**case.data, "outcome": outcome}
            try:
                stage = stage_of(bench, GoldenCase(case.file, case.name, town, data), towns_run.get(town, {}))
                if outcome == "refused" and not _refusable(bench, stage):
                    continue
                scope = letter_scope(stage)
            except (PackageProblem, Unreadable, DecisionError, ExpressionError, TypeError):
                continue
            if not any(letter.when is not None and letter.when.evaluate(scope) is True for letter in bench.letters):
                missing.setdefault(f"{outcome}, {stage.decided.get('kind')}", []).append(case.name)
    for what, names in missing.items():
        shown = ", ".join(f"„{name}“" for name in names[:SHOWN])
        yield error(
            "service.toml", f"Für die Entscheidung ({what}) gibt es keinen Brief, zum Beispiel im Fall {shown}."
        )
    if not cases:
        yield warning("service.toml", "Jeder Brief hat eine Bedingung. Ob immer einer passt, zeigt kein Fall.")


def _refusable(bench: Bench, stage: Stage) -> bool:
    written = bench.package.outcome.get("refusable")
    if written is None:
        return True
    scope = {key: stage.scope[key] for key in ("answers", "parameters")}
    return compile_expression(str(written)).evaluate({**scope, "assessment": stage.applied}) is True
