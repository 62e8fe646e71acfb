"""The rules asked about one situation: what they are given and what they gave, as plain data. No rows, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from stadtamt.decisions.dmn import DecisionModel
from stadtamt.forms.schema import Situation

ASSESSMENT = "assessment"


def assess_situation(
    model: DecisionModel,
    situation: Situation,
    *,
    parameters: Mapping[str, Any],
    confirmed: Iterable[str],
    today: date,
    refused: bool,
) -> dict[str, Any]:
    """The assessment as plain data. `parameters` hold days as dates; DecisionError where the rules cannot say.

    `received` is the situation's own day: a deadline is kept by the day of receipt, not by that of the decision.
    """
    inputs = {
        "answers": {**answers_in(situation), "_confirmed": list(confirmed)},
        "parameters": parameters,
        "today": today,
        "received": situation.today,
        "refused": refused,
    }
    result = plain(model.evaluate(ASSESSMENT, inputs))
    if not isinstance(result, dict):
        raise TypeError("The rules gave no assessment.")
    return result


def answers_in(situation: Situation) -> dict[str, Any]:
    """The answers by group as expressions see them: days as dates, every field of the form there, maybe null."""
    schema = situation.schema
    outer = [path.partition(".")[0] for path in (*schema.group_at, *schema.fields)]
    return {name: situation.scope[name] for name in dict.fromkeys(outer) if name}


def plain(value: Any) -> Any:
    """A value of the expression language as JSON can hold it: whole numbers as int, dates in ISO form."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
