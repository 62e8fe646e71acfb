"""What a preview shows: every page of the form whether it applies or not, and every letter that a golden case gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from stadtamt.decisions.dmn import DecisionError
from stadtamt.decisions.wording import Words, read_wording
from stadtamt.forms.schema import Field, Group, Question, Schema, Situation
from stadtamt.kernel.dates import with_dates
from stadtamt.kernel.expressions import ExpressionBudgetError
from stadtamt.notices.composing.letter import Letter
from stadtamt.packages.comparing import letter_of
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.addresses import GERMAN, in_language
from stadtamt.packages.format.files import Files
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.golden import GoldenCase, cases_of, read_cases
from stadtamt.packages.golden.bench import Bench, bench_of
from stadtamt.packages.golden.comparing import Unreadable
from stadtamt.packages.golden.running import stage_of
from stadtamt.packages.golden.stage import Stage
from stadtamt.packages.preparing import Prepared, prepare
from stadtamt.packages.publishing import catalogue_text
from stadtamt.processes.diagram import StepLine, draw_svg, list_steps


@dataclass(frozen=True, slots=True)
class PageView:
    """One question, the place of its group (from 1), and when it or one of its fields (by label) is asked at all."""

    question: Question
    place: int
    conditions: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """One letter of the package as a golden case gets it; without such a case, `letter` is None."""

    id: str
    when: str
    arrangement: str
    case: str
    letter: Letter | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything to look at. `situation` is that of the golden case `case`, whose answers stand for an applicant's."""

    prepared: Prepared
    language: str
    entry: Mapping[str, Any]
    case: str
    situation: Situation
    pages: tuple[PageView, ...]
    groups: int
    words: Words
    letters: tuple[LetterView, ...]
    svg: str
    steps: tuple[StepLine, ...]


def look_at(files: Files, layer: Layer, *, language: str = GERMAN, town: str = "") -> Preview:
    """The package under these settings, in German or a language it is translated into. Raises PackageProblem.

    `town` is the name of the parameter file, whose cases may then stand for an applicant's.
    """
    prepared = prepare(files, layer)
    author, spoken = prepared.package, _spoken(prepared.package, language)
    bench = bench_of(spoken)
    cases = _cases(author, layer, town)
    stage = next(_stages(bench, cases, layer.values), None)
    if stage is None:
        raise PackageProblem("tests", "Für die Vorschau braucht das Paket einen goldenen Fall, der sich rechnen lässt.")
    situation = stage.situation
    return Preview(
        prepared=replace(prepared, package=spoken),
        language=language,
        entry=catalogue_text(spoken, prepared.parameters),
        case=stage.case.name,
        situation=situation,
        pages=tuple(_pages(situation)),
        groups=len(situation.schema.groups),
        words=_words(stage, bench),
        letters=tuple(_letters(author, layer.values, cases)),
        svg=draw_svg(bench.spec, done=frozenset(), current=frozenset()),
        steps=tuple(list_steps(bench.spec, frozenset(), frozenset())),
    )


def _spoken(package: Package, language: str) -> Package:
    if language == GERMAN:
        return package
    if language not in package.texts:
        there = ", ".join(sorted(package.texts)) or "keine"
        raise PackageProblem(
            f"texts/{language[:20]}.toml", f"In dieser Sprache gibt es keine Texte. Vorhanden: {there}."
        )
    return in_language(package, language)


def _cases(package: Package, layer: Layer, town: str) -> list[GoldenCase]:
    """Those first that say what the form accepts as complete, then those with a letter."""
    cases = [*read_cases(layer.cases, own=True), *(case for case in cases_of(package.files) if case.town in ("", town))]
    return sorted(cases, key=lambda case: (case.data.get("complete") is not True, "letter" not in case.data))


def _stages(bench: Bench, cases: list[GoldenCase], values: Mapping[str, Any]) -> Iterator[Stage]:
    """The cases that can be computed under these settings."""
    for case in cases:
        try:
            stage = stage_of(bench, case, values)
            stage.assessment  # noqa: B018  # worked out here, so that a case without one is passed over
        except (PackageProblem, Unreadable, DecisionError, ExpressionBudgetError, TypeError):
            continue
        yield stage


def _pages(situation: Situation) -> Iterator[PageView]:
    for place, group in enumerate(situation.schema.groups, 1):
        above = tuple(_of_groups(situation.schema, group))
        for question in group.questions:
            if not any(one.asked or one.type in {"label", "locked"} for one in question.fields):
                continue  # nobody ever sees it: all on it is preset
            own = (question.when.source,) if question.when is not None else ()
            fields = tuple((situation.words(one.label), said) for one in question.fields for said in _of_field(one))
            yield PageView(question, place, (*above, *own), fields)


def _of_groups(schema: Schema, group: Group) -> Iterator[str]:
    """When a section is asked for at all: its own conditions and those of all around it."""
    steps = group.path.split(".") if group.path else []
    for length in range(1, len(steps) + 1):
        one = schema.group_at.get(".".join(steps[:length]))
        if one is None:
            continue
        yield from (condition.source for condition in (one.when,) if condition is not None)
        if not one.least:
            yield f"{one.title.source}: auf Wunsch"
        yield from (f"entfällt, wenn {condition.source}" for condition in one.forbids)
        yield from (f"nötig, wenn {condition.source}" for condition in one.requires)


def _of_field(entry: Field) -> Iterator[str]:
    if entry.when is not None:
        yield entry.when.source
    yield from (f"entfällt, wenn {condition.source}" for condition in entry.forbids)
    yield from (f"nötig, wenn {condition.source}" for condition in entry.requires)


def _words(stage: Stage, bench: Bench) -> Words:
    scope = {**stage.scope, "assessment": with_dates(stage.applied)}
    return read_wording(bench.package.outcome).words(scope, alone=bench.decides_alone)


def _letters(package: Package, values: Mapping[str, Any], cases: list[GoldenCase]) -> Iterator[LetterView]:
    found: dict[str, tuple[str, Letter]] = {}
    for case in cases:
        written = letter_of(package, values, case)
        if written is not None:
            found.setdefault(written[0], (case.name, written[1]))
    for letter in package.letters:
        case_name, text = found.get(letter.id, ("", None))
        yield LetterView(letter.id, letter.when, letter.arrangement, case_name, text)
