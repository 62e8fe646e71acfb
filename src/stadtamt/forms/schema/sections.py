"""The pages of a form in the sections a person sees: for the step that is shown, and for the list of tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from stadtamt.forms.schema.model import Group, Question
from stadtamt.forms.schema.review import Review, is_open
from stadtamt.forms.schema.situation import Situation
from stadtamt.kernel.expressions import Text

LONG_AT_FIRST, LONG_BY_NOW = 12, 24


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that stand together: everything in one of the outer groups. `key` is the id of that group."""

    key: str
    title: Text
    short: Text
    pages: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers counted: `questions` are those that apply now, `answered` those with an answer or knowingly left empty.

    `missing`: required and not there, or there and refused or asked back; `unseen`: free to answer, but not seen yet.
    """

    questions: int = 0
    answered: int = 0
    missing: int = 0
    unseen: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.questions + other.questions,
            self.answered + other.answered,
            self.missing + other.missing,
            self.unseen + other.unseen,
        )


@dataclass(frozen=True, slots=True)
class Task:
    """A section and how far it is. `page` is the first one that is open, of a finished section the first."""

    section: Section
    state: Literal["done", "begun", "new"]
    tally: Tally
    page: Question


def sections_of(situation: Situation) -> list[Section]:
    """The sections with pages that apply, in order."""
    groups = {group.id: group for group in situation.schema.groups}
    found: list[tuple[Group, list[Question]]] = []
    for page in situation.pages():
        outer = _outer(situation, groups[page.group])
        if found and found[-1][0].id == outer.id:
            found[-1][1].append(page)
        else:
            found.append((outer, [page]))
    return [Section(group.id, group.title, group.short, tuple(pages)) for group, pages in found]


def is_long(situation: Situation) -> bool:
    """Whether the form needs a list of tasks: it begins with many pages, or has become so with the answers."""
    if len(situation.pages()) > LONG_BY_NOW:
        return True
    return len(replace(situation, answers={}).pages()) > LONG_AT_FIRST


def tasks_of(situation: Situation, reviewed: Review) -> list[Task]:
    """The sections in order, each with its state and what is missing there."""
    asked_back = {check.id for check in reviewed.asks}
    open_pages = {page.key for page in reviewed.open_questions}
    found = []
    for section in sections_of(situation):
        tally, first = Tally(), None
        for page in section.pages:
            one = tally_of(situation, page)
            back = sum(check.id in asked_back for check in page.checks)
            refused = int(page.key in open_pages and not one.missing and not one.unseen)
            tally += replace(one, missing=one.missing + back + refused)
            if first is None and (page.key in open_pages or back):
                first = page
        state: Literal["done", "begun", "new"] = "begun" if tally.answered else "new"
        found.append(Task(section, state if first else "done", tally, first or section.pages[0]))
    return found


def tally_of(situation: Situation, page: Question) -> Tally:
    """The answers of one page. Whether a group is wanted once more does not count."""
    if page.kind == "more":
        return Tally()
    asked = [entry for entry in situation.fields(page) if entry.asked]
    open_ones = [entry for entry in asked if is_open(situation, entry)]
    missing = sum(entry.required for entry in open_ones)
    return Tally(len(asked), len(asked) - len(open_ones), missing, len(open_ones) - missing)


def total(tasks: Iterable[Task]) -> Tally:
    return sum((task.tally for task in tasks), Tally())


def _outer(situation: Situation, group: Group) -> Group:
    return situation.schema.group_at[group.path.partition(".")[0]] if group.path else group
