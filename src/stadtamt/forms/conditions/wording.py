"""Conditions written out: in the expression language of the house."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from stadtamt.forms.conditions.model import Always, And, Condition, Empty, Equal, Holds, Less, Not, Or, ValidDate, Xor


def as_expression(condition: Condition) -> str:
    """The condition as an expression: ``G1.F2 = "001" and not(G1.F3 = true)``."""
    match condition:
        case Always():
            return "true"
        case Holds(path):
            return f"{path} = true"
        case Equal(path, value):
            return f"{path} = {_literal(value)}"
        case Not(Equal(path, value)):
            return f"{path} != {_literal(value)}"
        case Empty(path):
            return f"{path} = null"
        case Less(path, than):
            return f"{path} < {than if isinstance(than, str) else _literal(than)}"
        case ValidDate(day, month, year):
            return f"valid date({day}, {month}, {year})"
        case Not(part):
            return f"not({as_expression(part)})"
        case And(several):
            return " and ".join(_inside(part) for part in several)
        case Or(several):
            return " or ".join(_inside(part) for part in several)
        case Xor(several):
            return f"exactly one({', '.join(as_expression(part) for part in several)})"
    raise AssertionError(condition)


def _inside(condition: Condition) -> str:
    written = as_expression(condition)
    return f"({written})" if isinstance(condition, And | Or) else written


def _literal(value: str | bool | int | Decimal | date) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f'date("{value.isoformat()}")' if isinstance(value, date) else str(value)
