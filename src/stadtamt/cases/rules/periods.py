"""Periods after §§ 187 to 193 BGB, which § 31 VwVfG and § 108 AO apply to offices."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=256)
def public_holidays(land: str, year: int) -> frozenset[date]:
    """The public holidays of a Land (``BW``, as in ISO 3166-2:DE) in one year."""
    import holidays  # takes a third of a second to load: only processes that reckon pay it

    return frozenset(holidays.country_holidays("DE", subdiv=land, years=year))


def next_working_day(day: date, *, land: str) -> date:
    """The day itself, or the next one that is no Saturday, Sunday or public holiday there (§ 193 BGB)."""
    while day.weekday() >= 5 or day in public_holidays(land, day.year):
        day += timedelta(days=1)
    return day


def month_end(start: date, *, months: int, land: str) -> date:
    """The last day of a period of months that an event on `start` sets going.

    The day of the event is not counted (§ 187 (1) BGB), so the period ends on the day of the same number, or on the
    last of a month that has no such day (§ 188 (2) and (3) BGB); an end on a weekend or holiday moves to the next
    working day (§ 108 (3) AO, § 31 (3) VwVfG).
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return next_working_day(date(year, month + 1, min(start.day, last)), land=land)
