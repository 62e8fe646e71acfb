"""What comes out of a merge: the layer, what is kept, what changes, and what somebody must answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import plain

MINE, THEIRS, VALUE = "mine", "theirs", "value"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is other than before, or (in `Merge.kept`) that a town keeps.

    `kind` is a word such as ``question-new``, `place` an address or a key, `before` and `after` plain data or None.
    """

    kind: str
    place: str
    before: Any
    after: Any
    sentence: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A point at which town and author want different things.

    `id` is the same as long as the point is (``parameter:fee:unfit``, ``override:ohne-telefon:required``, ``case:…``).
    `town` is what the town set, `before` and `after` the author's old and new; all as plain data.
    `answers` are those that are possible: "mine" keeps the town's, "theirs" takes the author's and drops the town's,
    "value" stands for ``{"value": …}``. `fault` says why the answer given does not do.
    """

    id: str
    kind: str
    place: str
    town: Any
    before: Any
    after: Any
    sentence: str
    answers: tuple[str, ...]
    answer: Any = None
    fault: str = ""

    @property
    def settled(self) -> bool:
        """Whether it was answered, and the answer does."""
        return self.answer is not None and not self.fault


@dataclass(frozen=True, slots=True)
class Merge:
    """The result. Everything a town set is in `layer` or named in one of the `conflicts`.

    As long as the merge is not `ready`, `layer` and `package` (the new version with the town's deviations) are without
    what is unanswered: good for a preview, not for an installation.
    """

    layer: Layer
    kept: tuple[Change, ...]
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    package: Package

    @property
    def ready(self) -> bool:
        """Whether every conflict is answered."""
        return all(conflict.settled for conflict in self.conflicts)

    @property
    def open(self) -> tuple[Conflict, ...]:
        """The conflicts that stop the update."""
        return tuple(conflict for conflict in self.conflicts if not conflict.settled)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that does: one of the words, and the value where one was given."""

    word: str
    value: Any = None
    source: str = ""


class Desk:
    """Where conflicts are laid down and their answers are found."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = answers
        self.conflicts: dict[str, Conflict] = {}
        self.kept: list[Change] = []

    def keep(self, kind: str, place: str, value: Any, sentence: str) -> None:
        """Note that something of the town stays."""
        self.kept.append(Change(f"kept-{kind}", place, value, value, sentence))

    def ask(self, conflict: Conflict, fits: Callable[[Any], str] | None = None) -> Answer | None:
        """Lay the conflict down; what was answered to it, or None while that is open.

        `fits` says as a sentence what is wrong with a given value, or nothing.
        """
        given = self._answers.get(conflict.id)
        answer, fault = _understood(given, conflict, fits)
        self.conflicts[conflict.id] = replace(conflict, answer=given, fault=fault)
        return answer

    def reopen(self, identifier: str, fault: str) -> None:
        """The answer given turned out not to do."""
        self.conflicts[identifier] = replace(self.conflicts[identifier], fault=fault)


def _understood(given: Any, conflict: Conflict, fits: Callable[[Any], str] | None) -> tuple[Answer | None, str]:
    if given is None:
        return None, ""
    if given in (MINE, THEIRS) and given in conflict.answers:
        return Answer(given), ""
    if isinstance(given, Mapping) and VALUE in given and VALUE in conflict.answers:
        value = plain(given[VALUE])
        fault = fits(value) if fits is not None else ""
        return (None, fault) if fault else (Answer(VALUE, value, str(given.get("source", ""))), "")
    return None, "Diese Antwort ist hier nicht möglich."
