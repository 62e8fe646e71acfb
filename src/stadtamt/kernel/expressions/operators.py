"""The operators on values: arithmetic, comparison, membership. Every one is total: what makes no sense is null."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from stadtamt.kernel.expressions.limits import Budget
from stadtamt.kernel.expressions.values import (
    NUMBERS,
    Duration,
    Value,
    add_span,
    both,
    equal,
    integer,
    less,
    negated,
    number,
    span,
)

type Operator = Callable[[Value, Value, Budget], Value]


def add(left: Value, right: Value, budget: Budget) -> Value:
    """Numbers, strings (joined), durations, and a date with a duration on either side."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return number(NUMBERS.add(left, right))
    if isinstance(left, str) and isinstance(right, str):
        budget.fits_string(len(left) + len(right))
        return left + right
    if isinstance(right, Duration):
        if isinstance(left, date):
            return add_span(left, right)
        if isinstance(left, Duration):
            return span(left.months + right.months, left.days + right.days)
    if isinstance(left, Duration) and isinstance(right, date):
        return add_span(right, left)
    return None


def subtract(left: Value, right: Value, budget: Budget) -> Value:
    """Numbers, durations, a duration from a date, and the days between two dates."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return number(NUMBERS.subtract(left, right))
    if isinstance(left, date):
        if isinstance(right, date):
            return Duration(days=(left - right).days)
        return add_span(left, right, -1) if isinstance(right, Duration) else None
    if isinstance(left, Duration) and isinstance(right, Duration):
        return span(left.months - right.months, left.days - right.days)
    return None


def multiply(left: Value, right: Value, budget: Budget) -> Value:
    """Numbers, and a duration with a whole number."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return number(NUMBERS.multiply(left, right))
    if isinstance(right, Duration):
        left, right = right, left
    factor = integer(right)
    if isinstance(left, Duration) and factor is not None:
        return span(left.months * factor, left.days * factor)
    return None


def divide(left: Value, right: Value, budget: Budget) -> Value:
    """Numbers; by zero gives null."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return number(NUMBERS.divide(left, right))
    return None


def power(left: Value, right: Value, budget: Budget) -> Value:
    """Numbers; what leaves the 34 digits gives null."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        budget.spend(20)
        return number(NUMBERS.power(left, right))
    return None


def negative(value: Value) -> Value:
    """The number or duration with the other sign."""
    if isinstance(value, Decimal):
        return NUMBERS.minus(value)
    return Duration(-value.months, -value.days) if isinstance(value, Duration) else None


def less_or_equal(left: Value, right: Value) -> bool | None:
    """`left <= right`, null where they have no order."""
    return negated(less(right, left))


COMPARE: dict[str, Callable[[Value, Value, Budget], bool | None]] = {
    "=": equal,
    "!=": lambda left, right, budget: negated(equal(left, right, budget)),
    "<": lambda left, right, budget: less(left, right),
    "<=": lambda left, right, budget: less_or_equal(left, right),
    ">": lambda left, right, budget: less(right, left),
    ">=": lambda left, right, budget: less_or_equal(right, left),
}

ARITHMETIC: dict[str, Operator] = {"+": add, "-": subtract, "*": multiply, "/": divide, "**": power}


def within(value: Value, low: Value, high: Value, *, with_low: bool = True, with_high: bool = True) -> bool | None:
    """Whether the value lies between the two ends."""
    above = less_or_equal(low, value) if with_low else less(low, value)
    below = less_or_equal(value, high) if with_high else less(value, high)
    return both(above, below)


def contains(items: list[Value], value: Value, budget: Budget) -> bool:
    """Whether an equal value is in the list."""
    budget.spend(len(items))
    return any(equal(item, value, budget) is True for item in items)


def matches(value: Value, expected: Value, budget: Budget) -> bool | None:
    """What `in` and a table cell mean by a plain value: it is equal, or it is a list that contains the value."""
    if isinstance(expected, list):
        if isinstance(value, list) and equal(value, expected, budget):
            return True
        return contains(expected, value, budget)
    return equal(value, expected, budget)


def numbers(low: Value, high: Value, inner: tuple[int, int], budget: Budget) -> list[Value] | None:
    """The whole numbers from `low` to `high` (also downwards); `inner` says how many to leave out at either end."""
    first, last = integer(low), integer(high)
    if first is None or last is None:
        return None
    step = 1 if first <= last else -1
    budget.fits_list(abs(last - first) + 1)
    found: list[Value] = [Decimal(value) for value in range(first, last + step, step)]
    return found[inner[0] : len(found) - inner[1]]
