"""Who asks: name, address and mail of the applicant, from the answers that the package names for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from stadtamt.forms.schema import paths


def applicant_of(answers: Mapping[str, Any], person_fields: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a person by name; texts, `birth_date` a date or None, `electronic` a boolean.

    `person_fields` gives for each part a path (``halter.vorname``) or several, whose answers are joined by a space.
    """
    values: dict[str, Any] = {}
    for part, named in person_fields.items():
        found = [answer_at(answers, path) for path in ([named] if isinstance(named, str) else named)]
        values[part] = " ".join(str(value) for value in found if value)
    birth = values.pop("birth_date", "")
    electronic = values.pop("electronic", "") == "True"
    return {**values, "birth_date": date.fromisoformat(birth) if birth else None, "electronic": electronic}


def answer_at(answers: Mapping[str, Any], path: str) -> Any:
    """The stored answer to a field, or None."""
    return paths.lookup(answers, path)
