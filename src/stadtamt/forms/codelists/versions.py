"""Several versions of several lists, and which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from stadtamt.forms.codelists.model import CodeList

_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Found:
    """The list to be used. `exact`: it is the version that was asked for, or none was asked for."""

    code_list: CodeList
    exact: bool


class CodeLists:
    """What is there, by URI and version; of two lists with the same URI and version the later one counts."""

    def __init__(self, lists: Iterable[CodeList] = ()) -> None:
        known: dict[str, dict[str, CodeList]] = {}
        for code_list in lists:
            known.setdefault(code_list.uri, {})[code_list.version] = code_list
        self._known = {uri: tuple(sorted(versions.values(), key=_age)) for uri, versions in known.items()}

    def __iter__(self) -> Iterator[CodeList]:
        """By URI, the oldest version first."""
        for uri in sorted(self._known):
            yield from self._known[uri]

    def __len__(self) -> int:
        return sum(map(len, self._known.values()))

    def versions(self, uri: str) -> tuple[CodeList, ...]:
        """All versions of a list, the oldest first."""
        return self._known.get(uri, ())

    def find(self, uri: str, version: str = "", on: date | None = None) -> Found | None:
        """The version asked for; else the one that is valid on the day; else the newest. None for an unknown list."""
        versions = self.versions(uri)
        for code_list in versions:
            if version and code_list.version == version:
                return Found(code_list, exact=True)
        if not versions:
            return None
        valid = [code_list for code_list in versions if on is not None and _valid(code_list, on)]
        return Found((valid or versions)[-1], exact=not version)


def _valid(code_list: CodeList, day: date) -> bool:
    """Begun and not ended; a list without a first day says nothing about the day."""
    begun = code_list.valid_from is not None and code_list.valid_from <= day
    return begun and (code_list.valid_to is None or day <= code_list.valid_to)


def _age(code_list: CodeList) -> tuple[date, tuple[tuple[int, str], ...]]:
    """Numbers in a version count as numbers: 2.10 is newer than 2.9."""
    parts = _NUMBER.split(code_list.version)
    return code_list.valid_from or date.min, tuple(
        (int(part), "") if part.isdecimal() else (-1, part) for part in parts
    )
