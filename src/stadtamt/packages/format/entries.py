"""The catalogue entries of a package that serves several services: the author's, and what a town makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stadtamt.packages.format.package import Entry, Package

OWN_ENTRIES = "own_entries"
"""The parameter by which a town adds entries of its own: places with a summary."""
HIDDEN_ENTRIES = "hidden_entries"
"""The parameter by which a town hides entries of the author: a list of their keys."""


def entries_of(package: Package, parameters: Mapping[str, Any]) -> list[Entry]:
    """The catalogue entries a package serves in a town: the author's without the hidden ones, and the town's own."""
    hidden = set(parameters.get(HIDDEN_ENTRIES, []))
    own = [
        Entry(
            key=str(row["value"]),
            title=str(row["label"]),
            summary=str(row.get("summary", "")),
            synonyms=tuple(word.strip() for word in str(row.get("synonyms", "")).split(",") if word.strip()),
            life_events=tuple(word.strip() for word in str(row.get("life_events", "")).split(",") if word.strip()),
            unit=str(row.get("unit", "")),
        )
        for row in parameters.get(OWN_ENTRIES, [])
    ]
    taken = {entry.key for entry in own}
    return [entry for entry in package.entries if entry.key not in hidden | taken] + own
