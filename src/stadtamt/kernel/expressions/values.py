"""The values of the language and what holds between them: kinds, equality, order, conversion from Python.

A value is always in normal form: numbers are finite decimals of at most 34 digits, lists are Python lists, contexts are
dicts with string keys, and everything inside them is in normal form too. Nothing ever changes a value in place.
"""

import math
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from stadtamt.kernel.expressions.errors import ExpressionBudgetError
from stadtamt.kernel.expressions.limits import MAX_DIGITS, MAX_VALUE_DEPTH, Budget

NUMBERS = Context(prec=MAX_DIGITS, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[])
"""No traps: what cannot be computed becomes NaN or infinity, which `number` turns into null."""

_MOST_MONTHS = 12 * 9999
_MOST_DAYS = 366 * 9999
_MOST_BITS = 20_000
_DURATION = re.compile(r"(-?)P(?=\d)(?:(\d{1,5})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of calendar months and days; both have the same sign or are zero."""

    months: int = 0
    days: int = 0


type Value = bool | Decimal | str | date | Duration | list[Value] | dict[str, Value] | None

ZERO = Decimal(0)


def number(result: Decimal) -> Decimal | None:
    """The result of an operation, or null where it is not a finite number."""
    return result if result.is_finite() else None


def span(months: int, days: int) -> Duration | None:
    """A duration, or null where it mixes signs or leaves the calendar."""
    if months * days < 0 or abs(months) > _MOST_MONTHS or abs(days) > _MOST_DAYS:
        return None
    return Duration(months, days)


def parse_date(text: str) -> date | None:
    """`2026-01-31` as a date; null for anything else, also for 30 February."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_duration(text: str) -> Duration | None:
    """`P1Y6M`, `P14D`, `P2W`, `-P1M` as a duration; null for anything else, also for hours."""
    found = _DURATION.fullmatch(text)
    if not found:
        return None
    sign = -1 if found[1] else 1
    years, months, weeks, days = (int(part or 0) for part in found.groups()[1:])
    return span(sign * (years * 12 + months), sign * (weeks * 7 + days))


def add_months(day: date, months: int) -> date | None:
    """The same day `months` later, clamped to the last day of the month; null outside the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    return None


def add_days(day: date, days: int) -> date | None:
    """The day `days` later; null outside the years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_span(day: date, duration: Duration, sign: int = 1) -> date | None:
    """First the months (clamped), then the days."""
    moved = add_months(day, sign * duration.months)
    return None if moved is None else add_days(moved, sign * duration.days)


def integer(value: Value) -> int | None:
    """The value as a Python integer of modest size, or None where it is no whole number."""
    if type(value) is Decimal and abs(value) < 10**12 and value == value.to_integral_value():
        return int(value)
    return None


def member(value: Value, name: str) -> Value:
    """`value.name`: entries of contexts, parts of dates and durations, and of lists the member of every item."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        return [member(item, name) for item in value]
    if isinstance(value, date):
        parts = {"year": value.year, "month": value.month, "day": value.day, "weekday": value.isoweekday()}
        return Decimal(parts[name]) if name in parts else None
    if isinstance(value, Duration):
        years, months = divmod(abs(value.months), 12)
        sign = -1 if value.months < 0 else 1
        parts = {"years": sign * years, "months": sign * months, "days": value.days}
        return Decimal(parts[name]) if name in parts else None
    return None


def key(value: Value, budget: Budget) -> Hashable:
    """Two values are equal exactly when their keys are; the kind is part of the key."""
    budget.spend(1)
    if isinstance(value, list):
        return ("list", *(key(item, budget) for item in value))
    if isinstance(value, dict):
        return ("context", frozenset((name, key(item, budget)) for name, item in value.items()))
    return (type(value), value)


def equal(left: Value, right: Value, budget: Budget) -> bool | None:
    """Three-valued equality: null equals only null, values of different kinds give null."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return None
    if isinstance(left, list | dict):
        return key(left, budget) == key(right, budget)
    return left == right


def less(left: Value, right: Value) -> bool | None:
    """`left < right` for two numbers, strings, dates or comparable durations; null for everything else."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left < right
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, date) and isinstance(right, date):
        return left < right
    if isinstance(left, Duration) and isinstance(right, Duration):
        if left.days == right.days:
            return left.months < right.months
        return left.days < right.days if left.months == right.months else None
    return None


def both(left: Value, right: Value) -> bool | None:
    """Three-valued `and`; what is no boolean counts as null."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def either(left: Value, right: Value) -> bool | None:
    """Three-valued `or`; what is no boolean counts as null."""
    if left is True or right is True:
        return True
    return False if left is False and right is False else None


def negated(value: Value) -> bool | None:
    """Three-valued `not`."""
    return not value if isinstance(value, bool) else None


class NormalScope(dict[str, "Value"]):
    """A scope whose values are in normal form already; they are read as they are, and never changed.

    To bring a town's parameters into normal form takes longer than most expressions take to compute.
    """


def from_python(raw: object, budget: Budget, depth: int = 0) -> Value:  # noqa: PLR0911 - one line a kind reads best
    """A Python value in normal form; what the language does not know (a datetime, an object) is null."""
    if raw is None or isinstance(raw, bool | Duration):
        return raw
    if isinstance(raw, str):
        budget.fits_string(len(raw))
        return raw if type(raw) is str else str.__str__(raw)
    if isinstance(raw, Decimal):
        return number(NUMBERS.plus(raw))
    if isinstance(raw, int):
        return number(NUMBERS.create_decimal(int(raw))) if raw.bit_length() <= _MOST_BITS else None
    if isinstance(raw, float):
        return NUMBERS.create_decimal(repr(float(raw))) if math.isfinite(raw) else None
    if isinstance(raw, date):
        return None if isinstance(raw, datetime) else raw
    if depth > MAX_VALUE_DEPTH:
        raise ExpressionBudgetError("Ein Wert ist zu tief verschachtelt.")
    if isinstance(raw, list | tuple):
        budget.fits_list(len(raw))
        return [from_python(item, budget, depth + 1) for item in raw]
    if isinstance(raw, Mapping):
        budget.fits_list(len(raw))
        return {name: from_python(item, budget, depth + 1) for name, item in raw.items() if isinstance(name, str)}
    return None
