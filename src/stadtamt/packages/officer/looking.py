"""The pages of a form as citizens would see them under the town's deviations, in force or not yet taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stadtamt.forms.schema import Question, Situation, as_seen
from stadtamt.forms.schema.telling import Saying, SchemaNames, conditions_of, spoken
from stadtamt.packages.format.layer import Override
from stadtamt.packages.officer.deviating import Deviating
from stadtamt.packages.officer.weighing import situation_of, under


@dataclass(frozen=True, slots=True)
class Seen:
    """One page. `always`: also somebody who wants nothing optional meets it; `section`: the title of its section."""

    question: Question
    title: str
    section: str
    always: bool
    conditions: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """All pages of a form, nothing answered yet."""

    situation: Situation
    pages: tuple[Seen, ...]

    def page(self, key: str) -> Seen | None:
        return next((one for one in self.pages if one.question.key == key), None)

    def after(self, seen: Seen) -> Seen | None:
        """The page behind this one."""
        place = self.pages.index(seen) + 1
        return self.pages[place] if place < len(self.pages) else None

    def before(self, seen: Seen) -> Seen | None:
        place = self.pages.index(seen) - 1
        return self.pages[place] if place >= 0 else None


def look(now: Deviating, overrides: Iterable[Override] = ()) -> Look:
    """The form under these further deviations. Raises PackageProblem where they do not fit."""
    situation = situation_of(under(now, overrides))
    schema, names = situation.schema, SchemaNames(situation.schema)
    met = [one for one in as_seen(situation).pages() if one.kind != "more"]
    by_group = {group.id: group for group in schema.groups}
    pages = []
    for question in _merged(met, list(schema.questions())):
        group = by_group[question.group]
        above = conditions_of(group, names) if group.path else ()
        title = situation.words(question.title, question.place) or spoken(question.title)
        always = any(one.key == question.key for one in met)
        said = (*above, *conditions_of(question, names))
        pages.append(Seen(question, title, situation.words(group.short), always, said))
    return Look(situation, tuple(pages))


def _merged(met: list[Question], written: list[Question]) -> list[Question]:
    """The pages on the shortest way with those that are asked only sometimes, each behind what it follows."""
    places = {_name(one): place for place, one in enumerate(written)}
    made: list[Question] = []
    at = 0
    for one in met:
        place = places.get(_name(one))
        if place is not None:
            made += written[at:place]
            at = max(at, place + 1)
        made.append(one)
    return [*made, *written[at:]]


def _name(question: Question) -> str:
    return f"{question.group}-{question.id}"
