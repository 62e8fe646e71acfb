"""A town's deviations from the author's package, as data."""

from __future__ import annotations

from stadtamt.packages.format.layer import Override
from stadtamt.packages.format.package import Package


def apply(package: Package, overrides: tuple[Override, ...]) -> Package:
    """The package as the town wants it."""
    return package
