"""A package tried out under a town's figures before it counts: cases, service page, a letter, the diagram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stadtamt.decisions.dmn import DecisionError
from stadtamt.kernel import tenancy
from stadtamt.kernel.expressions import ExpressionBudgetError
from stadtamt.notices.composing import compose
from stadtamt.notices.composing.letter import Letter
from stadtamt.notices.errors import LetterIncomplete, PaymentDataRefused
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import Files
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.golden import GoldenCase, Outcome, cases_of, read_cases, run_for_layer
from stadtamt.packages.golden.bench import Bench, bench_of
from stadtamt.packages.golden.comparing import Unreadable
from stadtamt.packages.golden.judging import letter_scope
from stadtamt.packages.golden.running import stage_of
from stadtamt.packages.maturity import Maturity, maturity_of
from stadtamt.packages.preparing import Prepared, prepare
from stadtamt.packages.publishing import catalogue_text
from stadtamt.processes.diagram import StepLine, draw_svg, list_steps

__all__ = ["Outcome", "Sample", "Trial", "try_out", "would_be"]

_FAULTS = (
    *(PackageProblem, Unreadable, DecisionError, ExpressionBudgetError),
    *(LetterIncomplete, PaymentDataRefused, TypeError),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """The letter of one golden case under the town's figures."""

    case: str
    letter: Letter


@dataclass(frozen=True, slots=True)
class Trial:
    """What came out. `svg` is drawn by the house from the diagram, with every word escaped."""

    prepared: Prepared
    outcomes: tuple[Outcome, ...]
    entry: Mapping[str, Any]
    sample: Sample | None
    svg: str
    steps: tuple[StepLine, ...]
    maturity: Maturity

    @property
    def passed(self) -> int:
        return sum(outcome.passed for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)


def try_out(files: Files, layer: Layer) -> Trial:
    """The package with this layer in the current town. Raises PackageProblem where it cannot even be prepared."""
    prepared = prepare(files, layer)
    bench = bench_of(prepared.package)
    return Trial(
        prepared=prepared,
        outcomes=run_for_layer(prepared.package, layer, town=tenancy.current().name),
        entry=catalogue_text(prepared.package, prepared.parameters),
        sample=next(_samples(bench, layer), None),
        svg=draw_svg(bench.spec, done=frozenset(), current=frozenset()),
        steps=tuple(list_steps(bench.spec, frozenset(), frozenset())),
        maturity=maturity_of(prepared.package),
    )


def would_be(files: Files, layer: Layer) -> Prepared:
    """The package with this layer, read and filled in but not tried. Raises PackageProblem."""
    return prepare(files, layer)


def _samples(bench: Bench, layer: Layer) -> Iterator[Sample]:
    """Letters of cases, those first that a letter was written down for, and of these the town's own and the general."""
    cases = [*read_cases(layer.cases, own=True), *cases_of(bench.package.files)]
    for case in sorted(cases, key=lambda one: ("letter" not in one.data, bool(one.town))):
        try:
            letter = _letter(bench, case, layer.values)
        except _FAULTS:
            continue
        if letter is not None:
            yield Sample(case.name, letter)


def _letter(bench: Bench, case: GoldenCase, values: Mapping[str, Any]) -> Letter | None:
    stage = stage_of(bench, case, values)
    scope = letter_scope(stage)
    chosen = next((one for one in bench.letters if one.when is None or one.when.evaluate(scope) is True), None)
    if chosen is None:
        return None
    town = tenancy.current()
    own = {
        "name": town.office_name,
        "address": [line for line in (town.street, f"{town.postcode} {town.place}".strip()) if line],
        "phone": town.phone,
        "mail": town.mail,
        "web": town.web,
        "iban": town.iban,
        "bank": town.bank,
        "bic": town.bic,
        "creditor": town.office_name,
    }
    head = {**scope["town"], **own, **bench.package.letterhead}
    return compose(chosen.source, {**scope, "town": head, "verify": {"url": "", "code": ""}})
