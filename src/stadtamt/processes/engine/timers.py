"""When a timer fires: ISO 8601 durations and dates in legal time, from text or from the process data."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from stadtamt.kernel.clock import ZONE
from stadtamt.kernel.expressions import ExpressionError
from stadtamt.processes.engine.conditions import compiled
from stadtamt.processes.engine.errors import TimerUnclear
from stadtamt.processes.engine.spec import Timer

_DURATION = re.compile(
    r"P(?=\d|T\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?"
    r"(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?",
    re.ASCII,
)


def due(timer: Timer, *, since: datetime, data: Mapping[str, object]) -> datetime:
    """The moment (UTC) at which a timer that began to wait at `since` fires; TimerUnclear when it gives none.

    Years, months, weeks and days are counted in the calendar of legal time, so that `P1D` over a change of the clock
    ends at the same hour; hours, minutes and seconds are counted as they pass. A month ends with its last day. A date
    without a time means its first moment.
    """
    value: object = timer.text
    if timer.is_expression:
        value = _evaluated(timer.text, data)
    try:
        moment = after(str(value), since) if timer.form == "duration" else instant(value)
    except (OverflowError, ValueError):
        moment = None
    if moment is None:
        raise TimerUnclear(f"Die Frist „{timer.text}“ ergibt keinen Zeitpunkt (Wert: {str(value)[:60]}).")
    return moment


def after(duration: str, since: datetime) -> datetime | None:
    """`since` plus an ISO 8601 duration; None when the text is none. OverflowError or ValueError past the year 9999."""
    found = _DURATION.fullmatch(duration.strip())
    if found is None:
        return None
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    local = since.astimezone(ZONE)
    year, month = divmod(local.year * 12 + local.month - 1 + years * 12 + months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    moved = date(year, month + 1, day) + timedelta(days=weeks * 7 + days)
    legal = datetime.combine(moved, local.timetz()) if moved != local.date() else local
    return legal.astimezone(UTC) + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def instant(value: object) -> datetime | None:
    """An ISO 8601 date or moment in UTC; without a zone it is legal time. ValueError when it is none."""
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime.combine(value, time.min)
    else:
        moment = datetime.fromisoformat(str(value).strip())
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)


def fault_of(timer: Timer) -> str:
    """Why this timer can never give a moment, as a German sentence; empty when it may."""
    if timer.is_expression:
        try:
            compiled(timer.text)
        except ExpressionError as error:
            return f"Die Frist „{timer.text}“ ist nicht lesbar: {error.sentence}"
        return ""
    try:
        due(timer, since=datetime(2026, 1, 1, tzinfo=UTC), data={})
    except TimerUnclear:
        form = "eine Dauer wie P14D" if timer.form == "duration" else "ein Datum wie 2026-12-31"
        return f"„{timer.text}“ ist nicht {form}."
    return ""


def _evaluated(source: str, data: Mapping[str, object]) -> object:
    value = compiled(source).evaluate(data)
    months, days = getattr(value, "months", None), getattr(value, "days", None)
    return f"P{months}M{days}D" if isinstance(months, int) and isinstance(days, int) else value
