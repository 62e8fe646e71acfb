"""Dates as people write them in German."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from stadtamt.kernel.clock import local

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()


def long_date(day: date) -> str:
    """``9. Mai 2026``."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """``09.05.2026``."""
    return f"{day:%d.%m.%Y}"


def moment(at: datetime) -> str:
    """``9. Mai 2026, 14:05 Uhr`` in legal time."""
    here = local(at)
    return f"{long_date(here.date())}, {here:%H:%M} Uhr"


def with_dates(value: Any) -> Any:
    """Plain data with its ISO days as dates again, for rules and letters that reckon with them.

    What only looks like a day (``2026-13-45``) stays text.
    """
    if isinstance(value, Mapping):
        return {key: with_dates(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [with_dates(entry) for entry in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
