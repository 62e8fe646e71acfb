"""The merge: author's old version, author's new version, the town's layer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.merging.cases import merge_cases
from stadtamt.packages.merging.changes import changes_between
from stadtamt.packages.merging.deviations import merge_overrides
from stadtamt.packages.merging.parameters import merge_parameters
from stadtamt.packages.merging.result import Desk, Merge

NOTHING: Mapping[str, Any] = MappingProxyType({})


def merge(old: Package, new: Package, layer: Layer, answers: Mapping[str, Any] = NOTHING) -> Merge:
    """The town's layer for the new version.

    `old` and `new` are the author's, without any deviation. `answers` are by the id of the conflict: "mine", "theirs"
    or ``{"value": …}``; an answer to what is no conflict changes nothing. What can be kept is kept; what cannot is
    named in a conflict, and the merge is not ready until each is answered. PackageProblem for an unreadable package.
    """
    desk = Desk(answers)
    values, sources = merge_parameters(old, new, layer, desk)
    overrides, package = merge_overrides(old, new, layer, desk)
    cases = merge_cases(old, package, layer, desk)
    merged = Layer(values=values, sources=sources, overrides=overrides, cases=cases)
    return Merge(
        layer=merged,
        kept=tuple(desk.kept),
        changes=changes_between(old, new, layer.values, merged.values),
        conflicts=tuple(desk.conflicts.values()),
        package=package,
    )
