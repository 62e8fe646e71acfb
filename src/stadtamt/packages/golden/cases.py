"""Golden cases as they are written in ``tests/*.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import Files, toml_of
from stadtamt.packages.format.parameters import plain

OWN = "eigene Fälle"
# A town waits for all of them when it installs a package, and each may use up the budget of its expressions.
MOST_CASES = 500
KEYS = frozenset(
    {
        *("name", "paragraph", "town", "today", "received", "refused", "parameters", "outcome", "grounds", "complete"),
        *("answers", "expect", "process", "letter", "deadlines"),
    }
)


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """One case: `town` is the parameter file it stands on (empty: it holds in every town), `data` what is written.

    `own`: a town wrote it; it is held against what is in force there, not against the author's words alone.
    """

    file: str
    name: str
    town: str
    data: Mapping[str, Any]
    own: bool = False


def cases_of(files: Files) -> tuple[GoldenCase, ...]:
    """All cases of a package, in the order of files and lines. Raises PackageProblem."""
    found: list[GoldenCase] = []
    for name in files:
        if name.startswith("tests/"):
            entries = toml_of(files, name)
            if set(entries) - {"case"}:
                raise PackageProblem(name, "Hier stehen nur goldene Fälle, geschrieben als [[case]].")
            found += read_cases(entries.get("case", []), file=name)
    if len(found) > MOST_CASES:
        raise PackageProblem("tests", f"Das Paket hat mehr als {MOST_CASES} goldene Fälle.")
    return tuple(found)


def read_cases(entries: Iterable[Any], *, file: str = OWN, own: bool = False) -> tuple[GoldenCase, ...]:
    """Cases from their tables; `own` marks those of a town. Raises PackageProblem."""
    if not isinstance(entries, list | tuple) or not all(isinstance(entry, Mapping) for entry in entries):
        raise PackageProblem(file, "Ein goldener Fall wird als [[case]] geschrieben.")
    return tuple(_case(entry, file, own, number) for number, entry in enumerate(entries, 1))


def _case(entry: Mapping[str, Any], file: str, own: bool, number: int) -> GoldenCase:
    name = str(entry.get("name", "")).strip()
    called = f"Fall „{name}“" if name else f"Fall {number}"
    if not name:
        raise PackageProblem(file, f"{called}: Es fehlt „name“.")
    if unknown := sorted(set(entry) - KEYS):
        raise PackageProblem(file, f"{called}: Die Angabe „{unknown[0]}“ gibt es nicht.")
    if "today" not in entry:
        raise PackageProblem(file, f"{called}: Es fehlt „today“, der Tag, an dem gerechnet wird.")
    for key in ("answers", "expect", "process", "letter", "deadlines", "parameters"):
        if not isinstance(entry.get(key, {}), Mapping):
            raise PackageProblem(file, f"{called}: „{key}“ besteht aus benannten Angaben.")
    if entry.get("outcome", "granted") not in ("granted", "refused"):
        raise PackageProblem(file, f"{called}: „outcome“ ist „granted“ oder „refused“.")
    return GoldenCase(file, name, "" if own else str(entry.get("town", "")), plain(entry), own)
