"""Answers as the kit's summary list wants them; the portal and the desk show them alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from stadtamt.forms.wording import AnswerGroup, AnswerRow


def summary(groups: Iterable[AnswerGroup], url: Callable[[AnswerRow], str] | None = None) -> list[dict[str, Any]]:
    """The context `groups` of kit/summary_list.html. `url`: where an answer can be changed.

    `level` never skips a step, so that the headings are a proper outline.
    """
    found: list[dict[str, Any]] = []
    level = -1
    for group in groups:
        if group.title:
            level = min(group.level, level + 1)
        found.append(
            {
                "title": group.title,
                "level": max(level, 0),
                "rows": [_row(group, row, url) for row in group.rows],
                "change": url is not None,
            }
        )
    return found


def _row(group: AnswerGroup, row: AnswerRow, url: Callable[[AnswerRow], str] | None) -> dict[str, str]:
    shown = {"label": row.label, "value": row.value}
    if url is None or not row.question:
        return shown
    # Two children have two first names: the name of the link says whose.
    inside = any(step.isdigit() for step in group.place.split("."))
    hidden = f"{row.label}, {group.title}" if inside and group.title else row.label
    return {**shown, "change_url": url(row), "change_hidden": hidden}
