"""What has been said of a repeated group so far: each occurrence with ways to change it and to take it out."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from stadtamt.forms.schema import Question, Situation, paths
from stadtamt.forms.wording import answer_groups

MOST_SHOWN = 3


def occurrences(situation: Situation, question: Question, token: str) -> list[dict[str, Any]]:
    """One entry an occurrence: its first answers in a line, the address of its first page, the name of its removal."""
    found: dict[str, dict[str, Any]] = {}
    group = situation.schema.group_at[paths.path_of(question.place)]
    for section in answer_groups(situation):
        address = _occurrence(section.place, question.place)
        if not address:
            continue
        entry = found.setdefault(address, {"said": [], "url": "", "remove_name": f"remove-occurrence:{address}"})
        entry["said"] += [row.value for row in section.rows if row.value != "keine Angabe"]
        if section.rows and not entry["url"]:
            entry["url"] = reverse("portal:question", args=[token, section.rows[0].question])
    removable = len(found) > max(group.least, 1)
    return [
        {**entry, "text": ", ".join(entry["said"][:MOST_SHOWN]) or "noch nichts angegeben", "removable": removable}
        for entry in found.values()
    ]


def _occurrence(place: str, group: str) -> str:
    """The address of the occurrence of this group in which a place lies; empty when it lies outside."""
    if not paths.within(place, group):
        return ""
    number = place[len(group) :].strip(".").partition(".")[0]
    return paths.join(group, number) if number.isdigit() else ""
