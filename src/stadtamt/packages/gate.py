"""What must hold before a package goes live in a town: its check, and the golden cases under its settings. Pure."""

from __future__ import annotations

from functools import lru_cache

from stadtamt.packages.checking import check, errors_in
from stadtamt.packages.format.files import Files
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.golden import run_for_layer

MOST_SHOWN = 5


def faults_of(files: Files) -> tuple[str, ...]:
    """What the check of the author's files finds, as sentences with file and line; warnings are left out."""
    return _faults(tuple(sorted(files.items())))


def failing_cases(package: Package, layer: Layer, *, town: str = "") -> tuple[str, ...]:
    """The general cases and the town's own that do not come out as they should, each by name with the first difference.

    `package` carries the town's overrides, `layer` its settings.
    """
    outcomes = run_for_layer(package, layer, town=town)
    return tuple(
        f"{one.name} ({one.file}): {one.differences[0]}" for one in outcomes if not one.passed and one.differences
    )


def in_one_sentence(beginning: str, named: tuple[str, ...]) -> str:
    """`beginning` and the first few of what is named."""
    more = f" Und {len(named) - MOST_SHOWN} weitere." if len(named) > MOST_SHOWN else ""
    return f"{beginning} {' · '.join(named[:MOST_SHOWN])}{more}"


@lru_cache(maxsize=32)
def _faults(files: tuple[tuple[str, bytes], ...]) -> tuple[str, ...]:
    found = errors_in(check(dict(files)))
    return tuple(f"{one.file}{f', Zeile {one.line}' if one.line else ''}: {one.sentence}" for one in found)
