"""A form as plain data, as it is written: its parts with the paths of their answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stadtamt.forms.schema.paths import join, parent, within

type Data = dict[str, Any]


def entries(data: Any, key: str) -> list[Data]:
    """The tables of a list; nothing for what is no list."""
    found = data.get(key) if isinstance(data, dict) else None
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def group_path(group: Data) -> str:
    """Where the answers of a group lie: its path, or else its id."""
    return str(group.get("path", group.get("id", "")))


def field_path(group: Data, entry: Data) -> str:
    return join(group_path(group), str(entry.get("id")))


def check_target(group: Data, check: Data) -> str:
    """The path of the field at which the message of a check stands."""
    named, path = str(check.get("field", "")), group_path(group)
    return named if "." in named or not path else f"{path}.{named}"


def page_key(group: Data, question: Data) -> str:
    """The key of a question: ``halter-person``."""
    return f"{group.get('id')}-{question.get('id')}"


def pages_in(form: Any) -> Iterator[tuple[Data, Data]]:
    """Every question with its group."""
    for group in entries(form, "groups"):
        for question in entries(group, "questions"):
            yield group, question


def fields_in(form: Any) -> Iterator[tuple[Data, Data, Data]]:
    """Every field with its group and question."""
    for group, question in pages_in(form):
        for entry in entries(question, "fields"):
            yield group, question, entry


def is_required(entry: Data) -> bool:
    """Whether a field must be answered wherever it is asked; rules may require it besides."""
    count = entry.get("count")
    if isinstance(count, str) and count[:1].isdigit():
        return not count.startswith("0:")
    return entry.get("required", True) is not False and entry.get("type") not in {"label", "hidden", "locked"}


def is_optional_group(group: Data) -> bool:
    """Whether a group is asked for only where it is wanted."""
    return str(group.get("count", "")).startswith("0:")


def paths_in(form: Any) -> set[str]:
    """The paths of all groups and fields."""
    return {group_path(group) for group in entries(form, "groups")} | {
        field_path(group, entry) for group, _, entry in fields_in(form)
    }


def remove_fields(form: Any, gone: set[str]) -> None:
    """Without these fields, their checks, and the questions and groups that would be empty."""
    empty = set()
    for group in entries(form, "groups"):
        had = bool(entries(group, "questions"))
        for question in entries(group, "questions"):
            question["fields"] = [one for one in entries(question, "fields") if field_path(group, one) not in gone]
            if "checks" in question:
                question["checks"] = [
                    one for one in entries(question, "checks") if check_target(group, one) not in gone
                ]
        left = [one for one in entries(group, "questions") if one["fields"]]
        if had or "questions" in group:
            group["questions"] = left
        if had and not left:
            empty.add(id(group))
    _drop_empty(form, empty)


def remove_group(form: Any, path: str) -> None:
    """Without a group and everything in it."""
    form["groups"] = [group for group in entries(form, "groups") if not _lies_in(group, path)]


def drop_effects(form: Any) -> None:
    """Without the effects of rules on what is not in the form any more. The rules stay, also without effects."""
    known = paths_in(form)
    for rule in entries(form, "rules"):
        if "effects" in rule:
            rule["effects"] = [one for one in entries(rule, "effects") if _is_there(str(one.get("target")), known)]


def _is_there(target: str, known: set[str]) -> bool:
    return any(within(path, target) for path in known)


def _lies_in(group: Data, path: str) -> bool:
    return within(group_path(group), path)


def _drop_empty(form: Any, empty: set[int]) -> None:
    """Drop sections that lost all questions, from the inside out; what holds another one, or goes on, must stay."""
    while True:
        groups = entries(form, "groups")
        needed = {parent(group_path(group)) for group in groups}
        first: dict[str, int] = {}
        many: dict[str, int] = {}
        for group in groups:
            first.setdefault(group_path(group), id(group))
            many[group_path(group)] = many.get(group_path(group), 0) + 1
        gone = {
            id(group)
            for group in groups
            if id(group) in empty
            # The first section of a path says how often it may be answered, so it outlives the others.
            and (
                first[group_path(group)] != id(group)
                or (many[group_path(group)] == 1 and group_path(group) not in needed)
            )
        }
        if not gone:
            break
        form["groups"] = [group for group in groups if id(group) not in gone]
        empty |= {id(group) for group in form["groups"] if "path" in group and not group.get("questions")}
    for group in entries(form, "groups"):
        if not group.get("questions") and "path" not in group:
            group["path"] = group.get("id")
