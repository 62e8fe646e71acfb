"""The notation of rules as data: what the official translated rules use, with paths as identifiers.

true · {"identifier": "G1.F2"} · {"equal": [{"identifier": "G1.F2"}, "001"]} · {"not_equal": […]} · {"is_empty": {…}} ·
{"not": …} · {"and": […]} · {"or": […]} · {"xor": […]} · {"is_valid_date": [day, month, year]} · {"less": [one, other]}
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from stadtamt.forms.conditions.model import (
    Always,
    And,
    Condition,
    Effect,
    Empty,
    Equal,
    Holds,
    Less,
    Literally,
    Not,
    Or,
    ValidDate,
    Xor,
)

MAX_DEPTH, MAX_PARTS = 20, 500
_SEVERAL = {"and": And, "or": Or, "xor": Xor}


class NotationRefused(Exception):
    """Die Bedingung ist nicht in der Schreibweise der Regeln geschrieben."""


def read_condition(data: Any) -> Condition:
    """The condition written as data. Raises NotationRefused with a German sentence."""
    return _read(data, [MAX_PARTS], MAX_DEPTH)


def write_condition(condition: Condition) -> Any:
    """The condition as data; `read_condition` gives it back equal."""
    if isinstance(condition, And | Or | Xor):
        return {type(condition).__name__.lower(): [write_condition(part) for part in condition.several]}
    if isinstance(condition, Not):
        negated = write_condition(condition.part)
        return {"not_equal": negated["equal"]} if isinstance(condition.part, Equal) else {"not": negated}
    return _written(condition)


def _written(condition: Condition) -> Any:
    match condition:
        case Holds(path):
            return _name(path)
        case Equal(path, value):
            return {"equal": [_name(path), _plain(value)]}
        case Empty(path):
            return {"is_empty": _name(path)}
        case Less(path, than):
            return {"less": [_name(path), _name(than) if isinstance(than, str) else _plain(than)]}
        case ValidDate(day, month, year):
            return {"is_valid_date": [_name(day), _name(month), _name(year)]}
    return True


def write_effect(effect: Effect) -> dict[str, Any]:
    """An effect as data: effect, target, message, condition, and the value of a preset."""
    written: dict[str, Any] = {
        "effect": effect.kind,
        "target": effect.target,
        "message": effect.message,
        "condition": write_condition(effect.condition),
    }
    return written if effect.value is None else {**written, "value": _plain(effect.value)}


def read_effect(data: Any) -> Effect:
    """The effect written as data. Raises NotationRefused."""
    if not isinstance(data, dict):
        raise NotationRefused("Eine Wirkung besteht aus benannten Angaben.")
    kind, target, value = data.get("effect"), data.get("target"), data.get("value")
    if kind not in ("require", "forbid", "valid", "preset"):
        raise NotationRefused("Eine Wirkung ist require, forbid, valid oder preset.")
    if not isinstance(target, str) or not target:
        raise NotationRefused("Einer Wirkung fehlt „target“.")
    if (value is not None) != (kind == "preset"):
        raise NotationRefused("Genau die Wirkung preset braucht „value“.")
    condition = read_condition(data.get("condition", True))
    return Effect(kind, target, condition, str(data.get("message") or ""), None if value is None else _literal(value))


def _read(data: Any, left: list[int], depth: int) -> Condition:
    left[0] -= 1
    if left[0] < 0 or depth < 0:
        raise NotationRefused("Die Bedingung ist zu groß.")
    if data is True:
        return Always()
    if not isinstance(data, dict) or len(data) != 1:
        raise NotationRefused("Eine Bedingung ist true oder hat genau einen Namen, zum Beispiel „equal“.")
    name, inside = next(iter(data.items()))
    if name in _SEVERAL:
        if not isinstance(inside, list) or not inside:
            raise NotationRefused(f"„{name}“ braucht eine Liste von Bedingungen.")
        return _SEVERAL[name](tuple(_read(part, left, depth - 1) for part in inside))
    if name == "not":
        return Not(_read(inside, left, depth - 1))
    return _simple(name, inside)


def _simple(name: str, inside: Any) -> Condition:
    if name == "identifier" and isinstance(inside, str) and inside:
        return Holds(inside)
    if name == "is_empty":
        return Empty(_path(inside))
    if name in ("equal", "not_equal") and isinstance(inside, list) and len(inside) == 2:
        equal = Equal(_path(inside[0]), _literal(inside[1]))
        return equal if name == "equal" else Not(equal)
    if name == "less" and isinstance(inside, list) and len(inside) == 2:
        return Less(_path(inside[0]), _than(inside[1]))
    if name == "is_valid_date" and isinstance(inside, list) and len(inside) == 3:
        day, month, year = map(_path, inside)
        return ValidDate(day, month, year)
    raise NotationRefused(f"Die Bedingung „{str(name)[:40]}“ gibt es nicht, oder ihr fehlt etwas.")


def _than(data: Any) -> str | Decimal | date:
    if isinstance(data, dict):
        return _path(data)
    if isinstance(data, str):
        try:
            return date.fromisoformat(data)
        except ValueError:
            raise NotationRefused("„less“ vergleicht mit einem Feld, einer Zahl oder einem Datum.") from None
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise NotationRefused("„less“ vergleicht mit einem Feld, einer Zahl oder einem Datum.")
    return Decimal(str(data))


def _path(data: Any) -> str:
    if isinstance(data, dict) and list(data) == ["identifier"] and isinstance(data["identifier"], str):
        return str(data["identifier"])
    raise NotationRefused("Hier wird ein Feld erwartet: {identifier: …}.")


def _literal(data: Any) -> Literally:
    if isinstance(data, bool | str | int):
        return data
    if isinstance(data, float):
        return Decimal(str(data))
    raise NotationRefused("Hier wird ein Wert erwartet: Text, Zahl oder true und false.")


def _name(path: str) -> dict[str, str]:
    return {"identifier": path}


def _plain(value: Literally | date) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
