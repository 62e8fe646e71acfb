"""The register of built-in functions and those on lists, strings and numbers; every one is total.

A function declares the kinds of its arguments, so that its body sees nothing else: `"string number?"` is a string and
an optional number, `"any*"` any further values, `"values"` one list or several values. An argument of another kind
makes the result null.
"""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Context, Decimal

from stadtamt.kernel.expressions.limits import Budget
from stadtamt.kernel.expressions.operators import contains
from stadtamt.kernel.expressions.values import (
    NUMBERS,
    ZERO,
    Duration,
    Value,
    integer,
    key,
    less,
    negated,
    number,
)

_KINDS: dict[str, type | tuple[type, ...]] = {
    "any": object,
    "number": Decimal,
    "string": str,
    "date": date,
    "list": list,
    "values": list,
    "context": dict,
}
_WIDE = Context(prec=12_400, Emin=-6143, Emax=12_400, traps=[])
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Function:
    """A function an expression may call: `least` to `most` arguments, `most` None for any number."""

    name: str
    least: int
    most: int | None
    call: Callable[[Budget, list[Value]], Value]

    @property
    def arity(self) -> str:
        """How many arguments it takes, as a phrase."""
        if self.most is None:
            return f"mindestens {self.least} Angaben"
        if self.least < self.most:
            return f"{self.least} bis {self.most} Angaben"
        return {0: "keine Angabe", 1: "genau eine Angabe"}.get(self.least, f"genau {self.least} Angaben")


BUILTINS: dict[str, Function] = {}


def builtin(name: str, kinds: str) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Register a function under its name in the language."""
    words = kinds.split()
    checks = [_KINDS[word.rstrip("?*")] for word in words]
    least = sum(1 for word in words if word[-1] not in "?*")
    spread = words[-1].endswith("*") or words == ["values"]

    def register(body: Callable[..., Value]) -> Callable[..., Value]:
        def call(budget: Budget, arguments: list[Value]) -> Value:
            budget.spend(1)
            if words == ["values"]:
                single = arguments[0] if len(arguments) == 1 else arguments
                values: list[Value] = [single if isinstance(single, list) else [single]]
            else:
                values = arguments
            for position, value in enumerate(values):
                if not isinstance(value, checks[min(position, len(checks) - 1)]):
                    return None
            return body(budget, *values)

        BUILTINS[name] = Function(name, least, None if spread else len(words), call)
        return body

    return register


def text_of(value: Value, budget: Budget) -> str:
    """A value as `string()` writes it: numbers plain, dates ISO, strings inside lists and contexts in quotes."""
    if isinstance(value, str):
        return value
    text = _text(value, budget)
    budget.fits_string(len(text))
    return text


def _text(value: Value, budget: Budget) -> str:  # noqa: PLR0911 - one line a kind reads best
    budget.spend(1)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Duration):
        return _iso(value)
    if isinstance(value, str):
        budget.fits_string(len(value))
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(_text(item, budget) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_text(item, budget)}" for name, item in value.items()) + "}"
    return "null"


def plain(value: Decimal) -> str:
    """A number without exponent and without idle zeros: 12.50 is `12.5`."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _iso(value: Duration) -> str:
    years, months = divmod(abs(value.months), 12)
    parts = [f"{amount}{unit}" for amount, unit in ((years, "Y"), (months, "M"), (abs(value.days), "D")) if amount]
    return ("-" if value.months < 0 or value.days < 0 else "") + "P" + ("".join(parts) or "0D")


def rounded(value: Decimal, scale: Value, rounding: str) -> Value:
    """The number with `scale` digits after the comma (negative: before it)."""
    digits = integer(scale)
    if digits is None or abs(digits) > 6000:
        return None
    result = value.quantize(Decimal((0, (1,), -digits)), rounding=rounding, context=_WIDE)
    return number(NUMBERS.plus(result))


def _rounding(name: str, rounding: str) -> None:
    @builtin(name, "number number?")
    def _round(budget: Budget, value: Decimal, scale: Value = ZERO) -> Value:
        budget.spend(5)
        return rounded(value, scale, rounding)


for _name, _how in {
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
    "round half up": ROUND_HALF_UP,
    "round up": ROUND_UP,
    "round down": ROUND_DOWN,
}.items():
    _rounding(_name, _how)


@builtin("abs", "any")
def _abs(budget: Budget, value: Value) -> Value:
    if isinstance(value, Duration):
        return Duration(abs(value.months), abs(value.days))
    return NUMBERS.abs(value) if isinstance(value, Decimal) else None


@builtin("modulo", "number number")
def _modulo(budget: Budget, dividend: Decimal, divisor: Decimal) -> Value:
    rest = NUMBERS.remainder(dividend, divisor)
    if rest.is_finite() and rest and (rest < 0) != (divisor < 0):
        rest = NUMBERS.add(rest, divisor)
    return number(rest)


@builtin("number", "any string? string?")
def _number(budget: Budget, value: Value, grouping: str = "", decimal: str = ".") -> Value:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or len(value) > 100 or grouping == decimal:
        return None
    text = value.strip()
    if grouping:
        text = text.replace(grouping, "")
    text = text.replace(decimal, ".") if decimal and decimal != "." else text
    return number(NUMBERS.create_decimal(text)) if _NUMBER.fullmatch(text) else None


@builtin("string", "any")
def _string(budget: Budget, value: Value) -> Value:
    return None if value is None else text_of(value, budget)


@builtin("not", "any")
def _not(budget: Budget, value: Value) -> Value:
    return negated(value)


@builtin("is defined", "any")
def _is_defined(budget: Budget, value: Value) -> Value:
    return value is not None


@builtin("upper case", "string")
def _upper(budget: Budget, text: str) -> Value:
    budget.fits_string(len(text))
    return text.upper()


@builtin("lower case", "string")
def _lower(budget: Budget, text: str) -> Value:
    budget.fits_string(len(text))
    return text.lower()


@builtin("string length", "string")
def _length(budget: Budget, text: str) -> Value:
    return Decimal(len(text))


@builtin("contains", "string string")
def _contains(budget: Budget, text: str, part: str) -> Value:
    budget.fits_string(len(text))
    return part in text


@builtin("starts with", "string string")
def _starts(budget: Budget, text: str, part: str) -> Value:
    return text.startswith(part)


@builtin("ends with", "string string")
def _ends(budget: Budget, text: str, part: str) -> Value:
    return text.endswith(part)


@builtin("substring", "string number number?")
def _substring(budget: Budget, text: str, start: Decimal, length: Value = None) -> Value:
    first = integer(start)
    if first is None or first == 0:
        return None
    begin = first - 1 if first > 0 else max(len(text) + first, 0)
    if length is None:
        return text[begin:]
    size = integer(length)
    return None if size is None or size < 0 else text[begin : begin + size]


@builtin("substring before", "string string")
def _before(budget: Budget, text: str, mark: str) -> Value:
    budget.fits_string(len(text))
    return text.partition(mark)[0] if mark and mark in text else ""


@builtin("substring after", "string string")
def _after(budget: Budget, text: str, mark: str) -> Value:
    budget.fits_string(len(text))
    return text.partition(mark)[2] if mark else text


@builtin("string join", "list string?")
def _join(budget: Budget, items: list[Value], separator: str = "") -> Value:
    budget.spend(len(items))
    parts = [item for item in items if isinstance(item, str)]
    if any(item is not None and not isinstance(item, str) for item in items):
        return None
    budget.fits_string(sum(len(part) + len(separator) for part in parts))
    return separator.join(parts)


@builtin("count", "list")
def _count(budget: Budget, items: list[Value]) -> Value:
    return Decimal(len(items))


@builtin("sum", "values")
def _sum(budget: Budget, items: list[Value]) -> Value:
    budget.spend(len(items))
    total = ZERO
    for item in items:
        if not isinstance(item, Decimal):
            return None
        total = NUMBERS.add(total, item)
    return number(total) if items else None


def _extreme(budget: Budget, items: list[Value], *, greatest: bool) -> Value:
    budget.spend(len(items))
    best = items[0] if items else None
    if less(best, best) is None:
        return None
    for item in items[1:]:
        beats = less(best, item) if greatest else less(item, best)
        if beats is None:
            return None
        best = item if beats else best
    return best


@builtin("min", "values")
def _min(budget: Budget, items: list[Value]) -> Value:
    return _extreme(budget, items, greatest=False)


@builtin("max", "values")
def _max(budget: Budget, items: list[Value]) -> Value:
    return _extreme(budget, items, greatest=True)


@builtin("append", "list any*")
def _append(budget: Budget, items: list[Value], *more: Value) -> Value:
    budget.fits_list(len(items) + len(more))
    return [*items, *more]


@builtin("concatenate", "list list*")
def _concatenate(budget: Budget, *parts: list[Value]) -> Value:
    budget.fits_list(sum(len(part) for part in parts))
    return [item for part in parts for item in part]


@builtin("flatten", "list")
def _flatten(budget: Budget, items: list[Value]) -> Value:
    flat: list[Value] = []
    waiting: list[Value] = list(reversed(items))
    while waiting:
        item = waiting.pop()
        budget.fits_list(len(flat) // 100 + 1)
        if isinstance(item, list):
            waiting.extend(reversed(item))
        else:
            flat.append(item)
    budget.fits_list(len(flat))
    return flat


@builtin("distinct values", "list")
def _distinct(budget: Budget, items: list[Value]) -> Value:
    found: dict[Hashable, Value] = {}
    for item in items:
        found.setdefault(key(item, budget), item)
    return list(found.values())


@builtin("reverse", "list")
def _reverse(budget: Budget, items: list[Value]) -> Value:
    budget.spend(len(items))
    return items[::-1]


@builtin("list contains", "list any")
def _list_contains(budget: Budget, items: list[Value], value: Value) -> Value:
    return contains(items, value, budget)


@builtin("get value", "context string")
def _get_value(budget: Budget, context: dict[str, Value], name: str) -> Value:
    return context.get(name)
