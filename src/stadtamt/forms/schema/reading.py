"""Small readers of named values, each refusing with its place; the readers of a form share them."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

from stadtamt.forms.schema.errors import FormProblem
from stadtamt.forms.schema.functions import FORM_FUNCTIONS
from stadtamt.forms.schema.model import Basis
from stadtamt.kernel.expressions import Expression, ExpressionError, Text, compile_expression, compile_text

ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
MAX_NUMBER = 10**15
_COUNT = re.compile(r"(\d{1,4}):(\d{1,4}|\*)")


def place_of(parent: str, data: Any) -> str:
    name = str(data.get("id", "?")) if isinstance(data, dict) else "?"
    return f"{parent}.{name}" if parent else name


def known(place: str, data: Any, keys: frozenset[str]) -> None:
    if not isinstance(data, dict):
        raise FormProblem(place, "Hier werden benannte Angaben erwartet.")
    for key in data:
        if key not in keys:
            raise FormProblem(place, f"Die Angabe „{key}“ gibt es hier nicht.")


def identifier(place: str, data: dict[str, Any]) -> str:
    value = str(data.get("id", ""))
    if not ID.fullmatch(value):
        raise FormProblem(place, "Die Kennung besteht aus Buchstaben ohne Umlaute, Ziffern und Unterstrichen.")
    return value


def text(place: str, data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise FormProblem(place, f"Die Angabe „{key}“ fehlt.")
    return value


def listed(place: str, data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        raise FormProblem(place, f"„{key}“ muss eine Liste mit mindestens einem Eintrag sein.")
    return value


def maybe_listed(place: str, data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    if value is not None and not isinstance(value, list):
        raise FormProblem(place, f"„{key}“ muss eine Liste sein.")
    return value or []


def whole(place: str, data: dict[str, Any], key: str) -> int | None:
    value = data.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise FormProblem(place, f"„{key}“ muss eine ganze Zahl sein.")
    if value is not None and abs(value) > MAX_NUMBER:
        raise FormProblem(place, f"„{key}“ ist zu groß.")
    return value


def whole_number(place: str, data: dict[str, Any], key: str) -> Decimal | None:
    value = whole(place, data, key)
    return None if value is None else Decimal(value)


def number(place: str, data: dict[str, Any], key: str) -> Decimal | None:
    """A number, with decimals or without."""
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise FormProblem(place, f"„{key}“ muss eine Zahl sein.")
    if abs(value) > MAX_NUMBER:
        raise FormProblem(place, f"„{key}“ ist zu groß.")
    return Decimal(str(value))


def count(place: str, data: dict[str, Any]) -> tuple[int, int | None] | None:
    """How often: „0:1“, „1:*“, „2:5“; None where nothing is said."""
    written = data.get("count")
    if written is None:
        return None
    match = _COUNT.fullmatch(written) if isinstance(written, str) else None
    least, most = (int(match[1]), None if match[2] == "*" else int(match[2])) if match else (1, 0)
    if most is not None and (most < least or most == 0):
        raise FormProblem(place, "„count“ sagt, wie oft: „0:1“, „1:*“ oder „2:5“.")
    return least, most


def flag(place: str, data: dict[str, Any], key: str, *, default: bool) -> bool:
    value = data.get(key, default)
    if not isinstance(value, bool):
        raise FormProblem(place, f"„{key}“ muss true oder false sein.")
    return value


def template(place: str, data: dict[str, Any], key: str) -> Text:
    try:
        return compile_text(text(place, data, key))
    except ExpressionError as problem:
        raise FormProblem(place, f"„{key}“: {problem}") from problem


def optional_template(place: str, data: dict[str, Any], key: str) -> Text | None:
    return template(place, data, key) if data.get(key) else None


def condition(place: str, data: dict[str, Any], key: str) -> Expression | None:
    source = data.get(key)
    if source is None:
        return None
    try:
        return compile_expression(str(source), functions=FORM_FUNCTIONS)
    except ExpressionError as problem:
        raise FormProblem(place, f"„{key}“: {problem}") from problem


def basis(place: str, data: dict[str, Any]) -> tuple[Basis, ...]:
    """Legal bases: texts, or text with link."""
    found = []
    for entry in maybe_listed(place, data, "basis"):
        if isinstance(entry, dict):
            known(place, entry, frozenset({"text", "link"}))
            found.append(Basis(text(place, entry, "text"), str(entry.get("link") or "")))
        elif isinstance(entry, str) and entry.strip():
            found.append(Basis(entry))
        else:
            raise FormProblem(place, "„basis“ ist eine Liste von Rechtsgrundlagen.")
    return tuple(found)
