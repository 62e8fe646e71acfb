"""A code list: codes, what they are called, and from when to when they hold."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from stadtamt.kernel.errors import Refusal

MAX_ENTRIES = 60_000
MAX_CODE, MAX_NAME = 200, 1_000
_KEPT = 16


class CodeListRefused(Refusal):
    """Diese Codeliste können wir nicht lesen."""

    status = 422

    def __init__(self, sentence: str | None = None, *, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the file declares it; `name` is what the file calls it in German."""

    id: str
    name: str = ""
    type: str = "string"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `valid_to` is its last day; `also` are other names of it; `more` has the other columns, by their id."""

    code: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    also: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict, hash=False)

    def valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class CodeList:
    """One version of a list. No code occurs twice; `code_column` and `name_column` are ids of `columns`."""

    uri: str
    version: str
    version_uri: str = ""
    name: str = ""
    agency: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    entries: tuple[Entry, ...] = ()
    columns: tuple[Column, ...] = ()
    code_column: str = ""
    name_column: str = ""
    short_name: str = ""
    source: str = ""

    def entry(self, code: str) -> Entry | None:
        """The entry with exactly this code, whether it still holds or not."""
        return self._by_code.get(code)

    def entries_on(self, day: date) -> tuple[Entry, ...]:
        """The entries that hold on the day, in the order of the list; the same tuple for days that do not differ."""
        if not self._turns:
            return self.entries
        period = bisect_right(self._turns, day)
        kept = self._periods.get(period)
        if kept is None:
            kept = tuple(entry for entry in self.entries if entry.valid_on(day))
            if len(self._periods) >= _KEPT:
                self._periods.clear()
            self._periods[period] = kept
        return kept

    @cached_property
    def _by_code(self) -> dict[str, Entry]:
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def _turns(self) -> tuple[date, ...]:
        """The days on which what holds changes."""
        begins = {entry.valid_from for entry in self.entries if entry.valid_from}
        ends = {entry.valid_to for entry in self.entries if entry.valid_to and entry.valid_to < date.max}
        return tuple(sorted(begins | {end + timedelta(days=1) for end in ends}))

    @cached_property
    def _periods(self) -> dict[int, tuple[Entry, ...]]:
        return {}
