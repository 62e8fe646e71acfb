"""Cases run: by the author under every shipped town, for a town under its own layer, side by side for two versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stadtamt.cases.rules.announcement import NoRuleInForce
from stadtamt.decisions.dmn import DecisionError
from stadtamt.kernel.expressions import ExpressionBudgetError
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import text_of, toml_of
from stadtamt.packages.format.layer import Layer, read_layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import fill_in
from stadtamt.packages.golden.bench import Bench, bench_of
from stadtamt.packages.golden.cases import GoldenCase, cases_of, read_cases
from stadtamt.packages.golden.comparing import Unreadable
from stadtamt.packages.golden.judging import judge
from stadtamt.packages.golden.stage import Stage


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case in a town; `differences` are sentences that name what was expected and what was found."""

    file: str
    name: str
    town: str
    passed: bool
    differences: tuple[str, ...] = ()


def run(
    package: Package, cases: Iterable[GoldenCase], settings: Mapping[str, Any], *, town: str = ""
) -> tuple[Outcome, ...]:
    """The cases under these settings (by parameter, as a town's layer holds them), in their order.

    PackageProblem only where the package itself cannot be read; a case that cannot be run has not passed.
    """
    bench = bench_of(package)
    return tuple(_outcome(bench, case, settings, town or case.town) for case in cases)


def run_for_layer(package: Package, layer: Layer, *, town: str = "", own_only: bool = False) -> tuple[Outcome, ...]:
    """What must hold in a town: the general cases and the town's own, under its settings.

    The author's cases are held against the author's form and letters, as an override may change words they expect;
    the town's own against what is in force there.
    """
    own = read_cases(layer.cases, own=True)
    general = () if own_only else tuple(case for case in cases_of(package.files) if not case.town)
    return run(package, (*general, *own), layer.values, town=town)


def run_for_author(package: Package) -> tuple[Outcome, ...]:
    """Every case with its town, and every general case under every shipped parameter file."""
    layers = shipped_layers(package)
    bench = bench_of(package)
    settings = {town: settings_for(package, layer) for town, layer in layers.items()}
    return tuple(_all(bench, cases_of(package.files), settings))


def _all(bench: Bench, cases: Iterable[GoldenCase], settings: Mapping[str, Mapping[str, Any]]) -> Iterator[Outcome]:
    # A package that ships no town is run with its defaults.
    towns = settings or {"": {}}
    for case in cases:
        if case.town and case.town not in settings:
            missing = f"Die Datei parameters/{case.town}.toml gibt es nicht."
            yield Outcome(case.file, case.name, case.town, passed=False, differences=(missing,))
            continue
        for town in [case.town] if case.town else towns:
            yield _outcome(bench, case, towns[town], town)


def shipped_layers(package: Package) -> dict[str, Layer]:
    """The example towns of a package, by the name of their file. Raises PackageProblem."""
    names = [name for name in package.files if name.startswith("parameters/")]
    texts = {name: text_of(package.files, name) for name in names}
    return {
        name.removeprefix("parameters/").removesuffix(".toml"): read_layer(text, file=name)
        for name, text in texts.items()
    }


def settings_for(package: Package, layer: Layer) -> dict[str, Any]:
    """A layer's values for this package; what another face of the same matter knows is left out."""
    if package.matter == package.id and not _shared(package):
        return dict(layer.values)
    known = {key for parameter in package.parameters for key in (parameter.key, parameter.renamed_from)}
    return {key: value for key, value in layer.values.items() if key in known}


def _shared(package: Package) -> bool:
    return "service.toml" in package.files and bool(toml_of(package.files, "service.toml").get("share"))


def assess_all(
    package: Package, settings: Mapping[str, Any], *, cases: Iterable[GoldenCase] | None = None
) -> dict[str, dict[str, Any]]:
    """The assessment of each case under these settings, by its name; by default of the general cases.

    For two versions side by side under one town's values. Cases that cannot be computed are left out.
    """
    bench = bench_of(package)
    chosen = [case for case in cases_of(package.files) if not case.town] if cases is None else cases
    found: dict[str, dict[str, Any]] = {}
    for case in chosen:
        try:
            found[case.name] = stage_of(bench, case, settings).assessment
        except (PackageProblem, Unreadable, DecisionError, TypeError):
            continue
    return found


def stage_of(bench: Bench, case: GoldenCase, settings: Mapping[str, Any]) -> Stage:
    """The case on its stage, with its single deviations. Raises PackageProblem for settings that do not fit."""
    deviations = case.data.get("parameters", {})
    return Stage(bench, case, fill_in(bench.package.parameters, {**settings, **deviations}))


def _outcome(bench: Bench, case: GoldenCase, settings: Mapping[str, Any], town: str) -> Outcome:
    try:
        found = tuple(judge(stage_of(bench, case, settings)))
    except PackageProblem as problem:
        found = (problem.sentence,)
    except (DecisionError, ExpressionBudgetError) as problem:
        found = (f"Die Regeln lassen sich nicht anwenden: {problem.sentence}",)
    except (Unreadable, NoRuleInForce) as problem:
        found = (str(problem),)
    except TypeError:
        found = ("Die Regeln ergeben keine Bewertung (assessment mit benannten Angaben).",)
    return Outcome(case.file, case.name, town, passed=not found, differences=found)
