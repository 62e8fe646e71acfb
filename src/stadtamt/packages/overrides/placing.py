"""Where something stands in the form: a town asks one more question, or puts pages and sections in another order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from stadtamt.forms.schema import FormProblem
from stadtamt.forms.schema.paths import parent, within
from stadtamt.packages.format.addresses import dump
from stadtamt.packages.format.form_tree import Data, entries, group_path, page_key, pages_in
from stadtamt.packages.format.layer import Override
from stadtamt.packages.format.parameters import plain
from stadtamt.packages.overrides.errors import OverrideRefused, check_keys
from stadtamt.packages.overrides.needs import read_form


def add(form: Any, override: Override, like: str) -> None:
    """One more question, directly after another one in the same group."""
    check_keys(override, {"after", "question"})
    question = override.data.get("question")
    if not isinstance(question, dict) or not question.get("id"):
        raise OverrideRefused(override, "wrong", "„question“ braucht id, title und fields.")
    group, position = _page(form, override, anchor_of(override), "davor ")
    _check_free(override, form, group, question)
    group["questions"].insert(position + 1, plain(question))
    try:
        source = dump(form, like=like)
    except (yaml.YAMLError, TypeError, ValueError):
        raise OverrideRefused(override, "wrong", "In der Frage stehen Angaben, die ein Formular nicht kennt.") from None
    try:
        read_form(source)
    except FormProblem as problem:
        raise OverrideRefused(override, "wrong", f"Das Formular ginge so nicht. {problem}") from problem


def order(form: Any, override: Override, like: str) -> None:
    """A page directly behind another one of its section, or a section with all in it behind another one beside it."""
    check_keys(override, {"question", "group", "after"})
    if ("question" in override.data) == ("group" in override.data) or not anchor_of(override):
        raise OverrideRefused(override, "wrong", "Genannt werden „after“ und entweder „question“ oder „group“.")
    if moved_by(override) == anchor_of(override):
        raise OverrideRefused(override, "wrong", "Nichts kann hinter sich selbst stehen.")
    if "question" in override.data:
        _order_page(form, override)
    else:
        _order_group(form, override)


def _order_page(form: Any, override: Override) -> None:
    group, position = _page(form, override, moved_by(override), "")
    other, _ = _page(form, override, anchor_of(override), "davor ")
    if other is not group:
        raise OverrideRefused(override, "wrong", "Eine Seite bleibt in ihrem Abschnitt; die andere steht woanders.")
    page = group["questions"].pop(position)
    _, position = _page(form, override, anchor_of(override), "davor ")
    group["questions"].insert(position + 1, page)


def _order_group(form: Any, override: Override) -> None:
    moved, anchor = (_group(form, override, key) for key in (moved_by(override), anchor_of(override)))
    path, before = group_path(moved), group_path(anchor)
    if not path:
        raise OverrideRefused(override, "wrong", "Was außen im Formular liegt, lässt sich nicht verschieben.")
    if parent(path) != parent(before) or path == before:
        raise OverrideRefused(override, "wrong", "Ein Abschnitt bleibt, wo er liegt: neben dem anderen.")
    whole = entries(form, "groups")
    taken = [one for one in whole if within(group_path(one), path)]
    left = [one for one in whole if not within(group_path(one), path)]
    # What lies outside in the form has no path of its own: there the section itself is meant.
    ends = [place for place, one in enumerate(left) if one is anchor or (before and within(group_path(one), before))]
    form["groups"] = [*left[: ends[-1] + 1], *taken, *left[ends[-1] + 1 :]]


def anchor_of(override: Override) -> str:
    """The question or section after which something is put."""
    return str(override.data.get("after", ""))


def moved_by(override: Override) -> str:
    """The key of what is put there: of an added question, of a moved page or section."""
    question = override.data.get("question")
    if override.kind == "add":
        name = question.get("id") if isinstance(question, dict) else None
        return f"{anchor_of(override).partition('-')[0]}-{name}" if name else ""
    return str(question or override.data.get("group") or "")


def in_order(overrides: Iterable[Override]) -> list[Override]:
    """Added and moved things in the order in which they are put: each once its anchor, and itself, stands for good."""
    waiting = list(overrides)
    ordered: list[Override] = []
    while ready := [one for one in waiting if _is_ready(one, waiting)]:
        # Each goes directly behind its anchor, so the last of the list goes first.
        ordered += reversed(ready)
        waiting = [one for one in waiting if one not in ready]
    # Anchors that wait for each other: by their names, so that the list does not matter.
    return ordered + sorted(waiting, key=lambda one: one.id)


def _is_ready(override: Override, waiting: list[Override]) -> bool:
    anchor, moved = anchor_of(override), moved_by(override)
    return not any(
        moved_by(one) == anchor or (one.kind == "add" and override.kind == "order" and moved_by(one) == moved)
        for one in waiting
        if one is not override
    )


def _page(form: Any, override: Override, key: str, word: str) -> tuple[Data, int]:
    for group, question in pages_in(form):
        if page_key(group, question) == key:
            return group, next(place for place, one in enumerate(group["questions"]) if one is question)
    raise OverrideRefused(override, "gone", f"Die Frage „{key}“ {word}gibt es nicht.")


def _group(form: Any, override: Override, key: str) -> Data:
    found = next((one for one in entries(form, "groups") if one.get("id") == key), None)
    if found is None:
        raise OverrideRefused(override, "gone", f"Den Abschnitt „{key}“ gibt es nicht.")
    return found


def _check_free(override: Override, form: Any, group: Data, question: Data) -> None:
    """Question, fields and checks need ids that are not taken where they are put."""
    there = entries(group, "questions")
    if question["id"] in [one.get("id") for one in there]:
        raise OverrideRefused(override, "taken", f"Die Frage „{group['id']}-{question['id']}“ gibt es schon.")
    beside = [page for one, page in pages_in(form) if group_path(one) == group_path(group)]
    for kind, word, among in (("fields", "Das Feld", beside), ("checks", "Die Prüfung", there)):
        taken = [entry.get("id") for one in among for entry in entries(one, kind)]
        for entry in entries(question, kind):
            if entry.get("id") in taken:
                raise OverrideRefused(override, "taken", f"{word} „{group['id']}.{entry.get('id')}“ gibt es schon.")
