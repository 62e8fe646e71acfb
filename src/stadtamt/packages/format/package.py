"""The parts of a service package as they were read. All are frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stadtamt.packages.format.files import Files
from stadtamt.packages.format.parameters import Parameter


@dataclass(frozen=True, slots=True)
class LetterFile:
    """One letter: its words, its arrangement, and when it is the one to send."""

    id: str
    when: str
    words: str
    arrangement: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A service of the catalogue that the package serves beside its own (``catalogue.toml``)."""

    key: str
    title: str
    summary: str
    synonyms: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A service package. `files` are the author's; the other parts may already carry a town's overrides.

    `outcome` holds the words of the desk and of the page "check your answers", `letterhead` and `unit` what a town
    puts in the place of its own office, `texts` the translations by language and address.
    """

    id: str
    version: str
    service: Mapping[str, Any]
    automation: Mapping[str, Any]
    person: Mapping[str, Any]
    deadlines: Mapping[str, Any]
    remedy: Mapping[str, Any]
    efile: Mapping[str, Any]
    outcome: Mapping[str, Any]
    costs: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    form: str
    process: str
    rules: str
    letters: tuple[LetterFile, ...]
    entries: tuple[Entry, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    letterhead: Mapping[str, Any] = field(default_factory=dict)
    unit: Mapping[str, str] = field(default_factory=dict)
    files: Files = field(default_factory=dict, repr=False)

    @property
    def matter(self) -> str:
        """Packages of one matter share a town's settings; a package alone is its own matter."""
        return str(self.service.get("matter") or self.id)

    @property
    def processing_days(self) -> int:
        return int(self.deadlines["processing_days"])
