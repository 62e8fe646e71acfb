"""Dates as people write them in German."""

from __future__ import annotations

from datetime import date, datetime

from stadtamt.kernel.clock import local

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
