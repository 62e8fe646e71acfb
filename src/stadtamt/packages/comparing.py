"""Two versions of a package side by side under a town's settings: amounts, a letter, the diagram. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stadtamt.decisions.dmn import DecisionError
from stadtamt.kernel.expressions import ExpressionBudgetError
from stadtamt.notices.composing.letter import Letter
from stadtamt.notices.errors import LetterIncomplete, PaymentDataRefused
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.golden import GoldenCase, assess_all, cases_of, read_cases
from stadtamt.packages.golden.bench import bench_of
from stadtamt.packages.golden.comparing import Unreadable
from stadtamt.packages.golden.judging import compose_for, letter_scope
from stadtamt.packages.golden.running import stage_of
from stadtamt.processes.diagram import draw_svg
from stadtamt.processes.engine import ProcessRefused, read_process

_NOT_WORDS = frozenset({"kind", "align", "code", "code_alt", "id", "language", "seal", "arms"})


@dataclass(frozen=True, slots=True)
class Fee:
    """A case under both versions: amounts in cents and what else the rules say; None where one cannot compute it."""

    case: str
    before: int | None
    after: int | None
    clear_before: bool | None
    clear_after: bool | None

    @property
    def differs(self) -> bool:
        return (self.before, self.clear_before) != (self.after, self.clear_after)


@dataclass(frozen=True, slots=True)
class LetterChange:
    """One letter of a granted case before and after, and the lines that differ (beginning with "- ", "+ " or "  ")."""

    case: str
    letter: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def difference(self) -> tuple[str, ...]:
        return tuple(line for line in difflib.ndiff(self.before, self.after) if not line.startswith("? "))

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Diagrams:
    """Both drawings as SVG; empty where there is none."""

    before: str
    after: str

    @property
    def differ(self) -> bool:
        return self.before != self.after


def side_by_side(
    old: Package, before: Mapping[str, Any], new: Package, after: Mapping[str, Any], cases: Iterable[GoldenCase]
) -> tuple[Fee, ...]:
    """Every case under the old version with the old settings, and under the new one with the new."""
    known = list(cases)
    one, two = assess_all(old, before, cases=known), assess_all(new, after, cases=known)
    names = dict.fromkeys(case.name for case in known)
    return tuple(_fee(name, one.get(name), two.get(name)) for name in names if name in one or name in two)


def common_cases(old: Package, new: Package, layer: Layer) -> tuple[GoldenCase, ...]:
    """The town's own cases, the new version's general ones, and those of the old one that are no longer there."""
    found = {case.name: case for case in cases_of(old.files) if not case.town}
    found |= {case.name: case for case in cases_of(new.files) if not case.town}
    found |= {case.name: case for case in read_cases(layer.cases, own=True)}
    return tuple(found.values())


def letter_change(
    old: Package, before: Mapping[str, Any], new: Package, after: Mapping[str, Any], cases: Iterable[GoldenCase]
) -> LetterChange | None:
    """The letter of the first granted case that both versions can write; None where there is no such case."""
    for case in cases:
        if case.data.get("outcome", "granted") != "granted":
            continue
        one, two = letter_of(old, before, case), letter_of(new, after, case)
        if one is not None and two is not None:
            return LetterChange(case.name, two[0], tuple(lines_of(one[1])), tuple(lines_of(two[1])))
    return None


def letter_of(package: Package, settings: Mapping[str, Any], case: GoldenCase) -> tuple[str, Letter] | None:
    """The letter this case gets and its name, with the town's words; None where none can be written."""
    bench = bench_of(package)
    try:
        stage = stage_of(bench, case, settings)
        scope = letter_scope(stage)
        chosen = next((one for one in bench.letters if one.when is None or one.when.evaluate(scope) is True), None)
        return (chosen.id, compose_for(stage, chosen.source)) if chosen is not None else None
    except (PackageProblem, Unreadable, DecisionError, ExpressionBudgetError, TypeError):
        return None
    except (LetterIncomplete, PaymentDataRefused):
        return None


def lines_of(letter: Letter) -> Iterator[str]:
    """What a letter says, text by text."""
    yield from _texts(letter.as_data())


def diagrams(old: Package, new: Package) -> Diagrams:
    """Both diagrams drawn."""
    return Diagrams(drawing_of(old), drawing_of(new))


def drawing_of(package: Package) -> str:
    """The diagram as SVG, without any place marked."""
    try:
        return draw_svg(read_process(package.process.encode()), done=frozenset(), current=frozenset())
    except ProcessRefused as problem:
        raise PackageProblem("process.bpmn", str(problem)) from problem


def _fee(name: str, one: Mapping[str, Any] | None, two: Mapping[str, Any] | None) -> Fee:
    return Fee(name, _cents(one), _cents(two), _clear(one), _clear(two))


def _cents(assessment: Mapping[str, Any] | None) -> int | None:
    found = assessment.get("total_cents") if assessment is not None else None
    return found if isinstance(found, int) else None


def _clear(assessment: Mapping[str, Any] | None) -> bool | None:
    return assessment.get("clear") is True if assessment is not None else None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            if key not in _NOT_WORDS:
                yield from _texts(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _texts(entry)
