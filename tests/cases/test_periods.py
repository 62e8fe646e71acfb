"""Periods of months after §§ 187 to 193 BGB. The arithmetic stands beside each row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtamt.cases.rules.periods import month_end, next_working_day, public_holidays

LANDS = ["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        # The day of the event is not counted; the period ends on the day of the same number (§ 188 (2)).
        (date(2026, 5, 15), 1, date(2026, 6, 15)),  # Monday
        (date(2026, 2, 10), 1, date(2026, 3, 10)),  # Tuesday
        # The last month has no such day: its last day (§ 188 (3)).
        (date(2025, 1, 31), 1, date(2025, 2, 28)),  # Friday
        (date(2024, 1, 31), 1, date(2024, 2, 29)),  # Thursday of a leap year
        (date(2026, 3, 31), 1, date(2026, 4, 30)),  # Thursday
        (date(2024, 1, 30), 1, date(2024, 2, 29)),  # no 30 February either
        (date(2025, 8, 31), 6, date(2026, 3, 2)),  # 28 February 2026 is a Saturday, so Monday, 2 March
        # The last of a short month does not grow to the last of a long one.
        (date(2026, 2, 28), 1, date(2026, 3, 30)),  # 28 March 2026 is a Saturday, so Monday, 30 March
        (date(2025, 2, 28), 1, date(2025, 3, 28)),  # Friday
        # Across the year.
        (date(2025, 12, 10), 1, date(2026, 1, 12)),  # 10 January 2026 is a Saturday, so Monday
        (date(2025, 11, 30), 3, date(2026, 3, 2)),  # 28 February is a Saturday, so Monday, 2 March
        (date(2026, 5, 12), 12, date(2027, 5, 12)),  # Wednesday
        (date(2024, 2, 29), 12, date(2025, 2, 28)),  # Friday
        # The end falls on a holiday: the next working day (§ 193).
        (date(2026, 4, 1), 1, date(2026, 5, 4)),  # 1 May is a holiday and a Friday, so Monday, 4 May
        (date(2026, 3, 3), 1, date(2026, 4, 7)),  # 3 April is Good Friday; Saturday, Easter, Easter Monday; so Tuesday
        (date(2026, 4, 14), 1, date(2026, 5, 15)),  # 14 May is Ascension Day, a Thursday, so Friday
        (date(2025, 11, 25), 1, date(2025, 12, 29)),  # 25 and 26 December, Saturday, Sunday, so Monday
        (date(2025, 12, 1), 1, date(2026, 1, 2)),  # New Year, so Friday, 2 January
        # The period begins on a Saturday: that moves nothing (only the end moves).
        (date(2026, 5, 9), 1, date(2026, 6, 9)),  # Tuesday
        (date(2026, 5, 15), 0, date(2026, 5, 15)),
    ],
)
def test_a_period_of_months_ends_on_the_day_of_the_law(start: date, months: int, end: date) -> None:
    assert month_end(start, months=months, land="BW") == end


@pytest.mark.parametrize(
    ("day", "land", "working"),
    [
        (date(2026, 1, 6), "BW", date(2026, 1, 7)),  # Epiphany in Baden-Württemberg, a Tuesday
        (date(2026, 1, 6), "BE", date(2026, 1, 6)),  # a working day in Berlin
        (date(2026, 6, 4), "BW", date(2026, 6, 5)),  # Corpus Christi, a Thursday
        (date(2026, 6, 4), "HH", date(2026, 6, 4)),
        (date(2025, 10, 31), "BW", date(2025, 10, 31)),  # Reformation Day is none in Baden-Württemberg
        (date(2025, 10, 31), "SN", date(2025, 11, 3)),  # but in Saxony; a Friday, so Monday
        (date(2024, 11, 1), "BW", date(2024, 11, 4)),  # All Saints, a Friday
        (date(2024, 11, 1), "NI", date(2024, 11, 1)),
        (date(2025, 11, 19), "SN", date(2025, 11, 20)),  # Day of Repentance, a Wednesday
        (date(2025, 11, 19), "BW", date(2025, 11, 19)),
        (date(2026, 3, 9), "BE", date(2026, 3, 9)),  # Women's Day 2026 is a Sunday and is not made up for
        (date(2026, 10, 3), "BW", date(2026, 10, 5)),  # Unity Day, a Saturday
        (date(2026, 12, 24), "BW", date(2026, 12, 24)),  # Christmas Eve is a working day in law
        (date(2026, 12, 31), "BW", date(2026, 12, 31)),
    ],
)
def test_holidays_are_those_of_the_land(day: date, land: str, working: date) -> None:
    assert next_working_day(day, land=land) == working


@pytest.mark.parametrize("land", LANDS)
def test_every_land_has_the_nine_holidays_of_all(land: str) -> None:
    everywhere = {(1, 1), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (10, 3), (12, 25), (12, 26)}
    assert {(day.month, day.day) for day in public_holidays(land, 2026)} >= everywhere


def test_a_land_that_does_not_exist_is_no_land_without_holidays() -> None:
    with pytest.raises(NotImplementedError):
        public_holidays("XX", 2026)


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(start=DAYS, months=st.integers(0, 24), land=st.sampled_from(LANDS))
def test_no_period_ends_on_a_day_off(start: date, months: int, land: str) -> None:
    end = month_end(start, months=months, land=land)
    assert end.weekday() < 5
    assert end not in public_holidays(land, end.year)


@given(start=DAYS, months=st.integers(1, 24), land=st.sampled_from(LANDS))
def test_a_period_is_never_shorter_than_its_months(start: date, months: int, land: str) -> None:
    end = month_end(start, months=months, land=land)
    assert months * 28 <= (end - start).days <= months * 31 + 6


@given(start=DAYS, land=st.sampled_from(LANDS))
def test_who_begins_later_never_ends_earlier(start: date, land: str) -> None:
    assert month_end(start, months=1, land=land) <= month_end(start + timedelta(days=1), months=1, land=land)


@given(day=DAYS, land=st.sampled_from(LANDS))
def test_a_working_day_stays(day: date, land: str) -> None:
    found = next_working_day(day, land=land)
    assert next_working_day(found, land=land) == found
    assert 0 <= (found - day).days <= 5
