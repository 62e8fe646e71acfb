"""What has been said of a repeated group so far: each occurrence with ways to change it and to take it out."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from stadtamt.forms.schema import Question, Situation, paths
from stadtamt.forms.wording import in_words, occurrence_name, occurrence_words, occurrences_at

MOST_SHOWN = 3
REMOVE = "remove-occurrence:"


def heading_of(situation: Situation, question: Question) -> str:
    """The question; above a list of what there is already, how much that is."""
    if question.kind != "more":
        return situation.words(question.title, question.place)
    group = situation.schema.group_at[paths.path_of(question.place)]
    many = len(occurrences_at(situation, question.place))
    title = situation.words(group.title, paths.parent(question.place))
    return f"{title}: {many} {'Eintrag' if many == 1 else 'Einträge'}"


def occasion_of(situation: Situation, question: Question, title: str) -> tuple[str, str]:
    """The heading and what stands above it: which occurrence the page belongs to, said once.

    A page that is called like its group has the occurrence's name as its heading.
    """
    above, _, last = occurrence_words(situation, question.place).rpartition(", ")
    if title and last.startswith(f"{title} ("):
        return last, above
    return title, ", ".join(part for part in (above, last) if part)


def occurrences(situation: Situation, question: Question, token: str) -> list[dict[str, Any]]:
    """One entry an occurrence: its name, its first answers in a line, its first page, the name of its removal."""
    found = []
    for address in occurrences_at(situation, question.place):
        inside = [page for page in situation.pages() if page.kind == "ask" and paths.within(page.place, address)]
        said = [
            in_words(situation, entry)
            for page in inside
            for entry in situation.fields(page)
            if entry.asked and situation.value(entry) not in (None, "", [])
        ]
        found.append(
            {
                "name": occurrence_name(situation, address),
                "text": ", ".join(said[:MOST_SHOWN]) or "noch nichts angegeben",
                "url": reverse("portal:question", args=[token, inside[0].key]) if inside else "",
                "remove_name": f"{REMOVE}{address}" if is_removable(situation, address) else "",
            }
        )
    return found


def removal(situation: Situation, question: Question) -> dict[str, str] | None:
    """The button that takes out the occurrence in which the page lies, where it may go."""
    steps = question.place.split(".")
    while steps and not steps[-1].isdigit():
        steps.pop()
    address = ".".join(steps)
    if question.kind == "more" or not address or not is_removable(situation, address):
        return None
    return {"name": f"{REMOVE}{address}", "text": occurrence_name(situation, address)}


def is_removable(situation: Situation, address: str) -> bool:
    """Whether enough occurrences remain; of an optional group also the last one may go."""
    above = paths.parent(address)
    group = situation.schema.group_at[paths.path_of(address)]
    return len(occurrences_at(situation, above)) > group.least
