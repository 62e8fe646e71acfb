"""Another letterhead, another responsible unit."""

from __future__ import annotations

from dataclasses import replace

from stadtamt.packages.format.layer import Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.overrides.errors import OverrideRefused

LONGEST = 200


def letterhead(package: Package, override: Override) -> Package:
    """The letters under another head: office, address (lines), phone, mail; what is not said stays the town's own."""
    _check(override, {"office", "address", "phone", "mail"})
    if not override.data:
        raise OverrideRefused(override, "wrong", "Ein Briefkopf braucht office, address, phone oder mail.")
    return replace(package, letterhead={**package.letterhead, **override.data})


def unit(package: Package, override: Override) -> Package:
    """Another unit is responsible: name, and perhaps phone and mail."""
    _check(override, {"name", "phone", "mail"})
    if "name" not in override.data:
        raise OverrideRefused(override, "wrong", "Die zuständige Stelle braucht „name“.")
    return replace(package, unit={**package.unit, **override.data})


def _check(override: Override, known: set[str]) -> None:
    for key, value in override.data.items():
        if key not in known:
            raise OverrideRefused(override, "wrong", f"Die Angabe „{key}“ gibt es hier nicht.")
        lines = value if key == "address" else [value]
        if not isinstance(lines, list | tuple) or not lines or not all(_is_line(line) for line in lines):
            wanted = "eine Liste von Zeilen" if key == "address" else "ein kurzer Text"
            raise OverrideRefused(override, "wrong", f"Für „{key}“ wird {wanted} erwartet.")


def _is_line(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST and value.isprintable()
