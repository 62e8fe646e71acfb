"""The built-in functions on dates and durations; the day is always an argument, no function reads the clock."""

from datetime import date
from decimal import Decimal

from stadtamt.kernel.expressions.builtins import builtin
from stadtamt.kernel.expressions.limits import Budget
from stadtamt.kernel.expressions.values import (
    Duration,
    Value,
    add_days,
    add_months,
    integer,
    parse_date,
    parse_duration,
)


@builtin("date", "any number? number?")
def _date(budget: Budget, first: Value, month: Value = None, day: Value = None) -> Value:
    if month is None and day is None:
        if isinstance(first, str):
            return parse_date(first)
        return first if isinstance(first, date) else None
    year_number, month_number, day_number = integer(first), integer(month), integer(day)
    if year_number is None or month_number is None or day_number is None:
        return None
    try:
        return date(year_number, month_number, day_number)
    except (ValueError, OverflowError):
        return None


@builtin("duration", "any")
def _duration(budget: Budget, text: Value) -> Value:
    if isinstance(text, str):
        return parse_duration(text)
    return text if isinstance(text, Duration) else None


@builtin("first of month", "date")
def _first_of_month(budget: Budget, day: date) -> Value:
    return day.replace(day=1)


@builtin("first of next month", "date")
def _first_of_next_month(budget: Budget, day: date) -> Value:
    return add_months(day.replace(day=1), 1)


@builtin("add months", "date number")
def _add_months(budget: Budget, day: date, months: Decimal) -> Value:
    amount = integer(months)
    return None if amount is None else add_months(day, amount)


@builtin("add days", "date number")
def _add_days(budget: Budget, day: date, days: Decimal) -> Value:
    amount = integer(days)
    return None if amount is None else add_days(day, amount)


@builtin("days between", "date date")
def _days_between(budget: Budget, start: date, end: date) -> Value:
    return Decimal((end - start).days)


def whole_months(start: date, end: date) -> int:
    """The most months that fit between the days, counted as `add months` counts; negative when `end` is earlier."""
    if end < start:
        return -whole_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    reached = add_months(start, months)
    return months if reached is not None and reached <= end else months - 1


@builtin("months between", "date date")
def _months_between(budget: Budget, start: date, end: date) -> Value:
    return Decimal(whole_months(start, end))


@builtin("years between", "date date")
def _years_between(budget: Budget, start: date, end: date) -> Value:
    months = whole_months(start, end)
    return Decimal(months // 12 if months >= 0 else -(-months // 12))
