"""The form as one person meets it: what applies, and the pages in order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from stadtamt.forms.schema.circumstances import Answers, Circumstances
from stadtamt.forms.schema.model import Group, Question
from stadtamt.forms.schema.walking import Way, walk

__all__ = ["Answers", "Situation"]


@dataclass(frozen=True)
class Situation(Circumstances):
    """A schema with one person's answers, a town's parameters and a day, and the way through its pages."""

    def pages(self) -> list[Question]:
        """The questions that apply, in order, each bound to its occurrence."""
        return list(self._walk.pages)

    def places(self) -> list[tuple[Group, str]]:
        """The groups that apply, each with the address of its occurrence."""
        return list(self._walk.places)

    @cached_property
    def _walk(self) -> Way:
        return walk(self)
