"""Held against what was expected: every difference as a sentence that names both values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from stadtamt.decisions.assessing import plain
from stadtamt.kernel.dates import with_dates
from stadtamt.kernel.expressions import ExpressionBudgetError, ExpressionError, compile_expression

MAX_SHOWN = 300


class Unreadable(Exception):
    """An expression of the case cannot be computed; the text is the sentence for its author."""


def resolved(value: Any, scope: Mapping[str, Any]) -> Any:
    """The value with every text that begins with ``=`` computed in this scope; plain data."""
    if isinstance(value, Mapping):
        return {key: resolved(entry, scope) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [resolved(entry, scope) for entry in value]
    if not isinstance(value, str) or not value.startswith("="):
        return value
    try:
        return plain(compile_expression(value[1:]).evaluate(scope))
    except (ExpressionError, ExpressionBudgetError) as fault:
        raise Unreadable(f"Der Ausdruck „{value}“ lässt sich nicht berechnen: {fault.sentence}") from fault


def differences(expected: Any, found: Any, place: str = "") -> Iterator[str]:
    """Where plain data departs from the expected part of it; contexts may hold more than is expected."""
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for key, value in expected.items():
            inside = f"{place}.{key}" if place else key
            if key not in found and value is not None:
                yield f"{inside}: erwartet {shown(value)}, aber das gibt es im Ergebnis nicht."
            else:
                yield from differences(value, found.get(key), inside)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True), 1):
            yield from differences(one, other, f"{place}[{number}]")
    elif not _equal(expected, found):
        yield f"{place}: erwartet {shown(expected)}, gefunden {shown(found)}."


def shown(value: Any) -> str:
    """A value as a package author writes it."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + " …"


def typed_scope(**parts: Any) -> dict[str, Any]:
    """Plain data as expressions see it, with days as dates."""
    return {name: with_dates(part) for name, part in parts.items()}


def _equal(expected: Any, found: Any) -> bool:
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, float):
        expected = str(Decimal(str(expected)).normalize())
        found = str(Decimal(found).normalize()) if isinstance(found, int) or _is_number(found) else found
    return bool(expected == found)


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).removeprefix("-").isdigit()
