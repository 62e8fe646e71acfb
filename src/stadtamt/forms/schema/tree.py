"""What others may count on in the answers of a form."""

from __future__ import annotations

from stadtamt.forms.schema.model import Field, Group, Schema


def is_sure(schema: Schema, one: Field | Group) -> bool:
    """Whether a member is part of every complete submission: required, and never taken away by a condition."""
    if not one.least or one.forbids or one.when is not None:
        return False
    if isinstance(one, Group):
        return True
    return all(question.when is None for question in schema.questions() if one in question.fields)
