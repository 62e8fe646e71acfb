"""What an update would do: everything a town looks at before it takes an author's next version. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from stadtamt.packages.comparing import (
    Diagrams,
    Fee,
    LetterChange,
    common_cases,
    diagrams,
    letter_change,
    side_by_side,
)
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import Files
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import newer, read_package
from stadtamt.packages.gate import failing_cases, faults_of
from stadtamt.packages.merging import Change, Conflict, merge
from stadtamt.packages.preparing import Prepared, prepare

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class UpdatePlan:
    """One version after another, under a town's layer.

    `changes` are the author's (questions, parameters, letters, process, rules), `kept` what the town set and keeps,
    `conflicts` what it is asked, `failures` the check's errors and the golden cases that do not hold. `fees` has every
    case under both versions, `letter` one granted case's letter, `diagrams` both drawings.
    """

    key: str
    before: str
    after: str
    layer: Layer
    edition: str
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    failures: tuple[str, ...]
    fees: tuple[Fee, ...]
    letter: LetterChange | None
    diagrams: Diagrams

    @property
    def open(self) -> tuple[Conflict, ...]:
        """The conflicts that nobody has answered."""
        return tuple(conflict for conflict in self.conflicts if not conflict.settled)

    @property
    def ready(self) -> bool:
        return not self.open and not self.failures

    @property
    def back(self) -> bool:
        """Whether the version is older than the one in force."""
        return newer(self.before, self.after)

    @property
    def questions(self) -> tuple[Change, ...]:
        """What the applicant will notice."""
        return tuple(change for change in self.changes if change.kind.partition("-")[0] in {"question", "field"})


def plan(
    old: Files,
    new: Files,
    layer: Layer,
    answers: Mapping[str, Any] = NOTHING,
    *,
    shared: Mapping[str, Any] = NOTHING,
    town: str = "",
) -> UpdatePlan:
    """The plan for these files. PackageProblem where one of the packages cannot be read at all.

    `shared` are values that the town has set for other packages of the matter, where this one has none so far.
    """
    author_old, author_new = read_package(old), read_package(new)
    if author_old.id != author_new.id:
        raise PackageProblem("service.toml", f"Das ist „{author_new.id}“ und keine neue Version von „{author_old.id}“.")
    in_force = prepare(old, layer)
    merged = merge(author_old, author_new, replace(layer, values={**shared, **layer.values}), answers)
    prepared, failures = _tried(new, merged.layer, ready=merged.ready, town=town)
    package: Package = prepared.package if prepared is not None else merged.package
    cases = common_cases(author_old, author_new, merged.layer)
    sides = (in_force.package, layer.values, package, merged.layer.values, cases)
    return UpdatePlan(
        key=author_new.id,
        before=author_old.version,
        after=author_new.version,
        layer=merged.layer,
        edition=prepared.edition if prepared is not None else "",
        changes=merged.changes,
        kept=merged.kept,
        conflicts=merged.conflicts,
        failures=failures,
        fees=side_by_side(*sides),
        letter=letter_change(*sides),
        diagrams=diagrams(in_force.package, package),
    )


def _tried(files: Files, layer: Layer, *, ready: bool, town: str) -> tuple[Prepared | None, tuple[str, ...]]:
    """The new version under the merged layer, and what keeps it from going live.

    As long as questions are open, settings may be missing: then only the author's own faults are told.
    """
    faults = faults_of(files)
    try:
        prepared = prepare(files, layer)
        failures = failing_cases(prepared.package, layer, town=town)
    except PackageProblem as problem:
        return None, (*faults, str(problem)) if ready else faults
    return prepared, (*faults, *failures)
