"""A form as a tree of plain members, by which its answers are described to others and handed over."""

from __future__ import annotations

from stadtamt.forms.schema import paths
from stadtamt.forms.schema.model import Field, Group, Schema


def members_of(schema: Schema) -> dict[str, list[Field | Group]]:
    """What lies directly in each group, by its path, in the order of the form."""
    members: dict[str, list[Field | Group]] = {}
    for group in schema.groups:
        if group.path and not group.continues:
            members.setdefault(paths.parent(group.path), []).append(group)
        for question in group.questions:
            for entry in question.fields:
                members.setdefault(entry.group, []).append(entry)
    return members


def is_sure(schema: Schema, one: Field | Group) -> bool:
    """Whether a member is part of every complete submission: required, and never taken away by a condition."""
    if not one.least or one.forbids or one.when is not None:
        return False
    if isinstance(one, Group):
        return True
    return all(question.when is None for question in schema.questions() if one in question.fields)
