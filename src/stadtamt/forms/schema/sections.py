"""The pages of a form in the sections a person sees: for the step that is shown, and for the list of tasks."""

from __future__ import annotations

from dataclasses import dataclass

from stadtamt.forms.schema.model import Group, Question
from stadtamt.forms.schema.situation import Situation
from stadtamt.kernel.expressions import Text


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that stand together: everything in one of the outer groups. `key` is the id of that group."""

    key: str
    title: Text
    short: Text
    pages: tuple[Question, ...]


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


def _outer(situation: Situation, group: Group) -> Group:
    return situation.schema.group_at[group.path.partition(".")[0]] if group.path else group
