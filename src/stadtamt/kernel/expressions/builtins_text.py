"""How values look to the reader of a letter: German numbers, dates, amounts of money."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from stadtamt.kernel.expressions.builtins import builtin, plain, rounded
from stadtamt.kernel.expressions.limits import Budget
from stadtamt.kernel.expressions.values import NUMBERS, ZERO, Duration, Value

_MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def shown(value: Value, budget: Budget) -> str:  # noqa: PLR0911 - one line a kind reads best
    """A value as a letter shows it: `1.234,5`, `9. Mai 2026`, `ja`, `3 Monate`, `Anna, Ben und Cem`; null is empty."""
    if isinstance(value, str):
        return value
    budget.spend(1)
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal):
        return _grouped(plain(value))
    if isinstance(value, date):
        return f"{value.day}. {_MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, Duration):
        years, months = divmod(abs(value.months), 12)
        named = ((years, "Jahr", "Jahre"), (months, "Monat", "Monate"), (abs(value.days), "Tag", "Tage"))
        parts = [f"{amount} {one if amount == 1 else many}" for amount, one, many in named if amount]
        return _listed(parts or ["0 Tage"])
    if isinstance(value, list):
        return _listed([shown(item, budget) for item in value])
    return ""


def _listed(parts: list[str]) -> str:
    return " und ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _grouped(text: str) -> str:
    sign = "-" if text.startswith("-") else ""
    whole, _, fraction = text.lstrip("-").partition(".")
    head = len(whole) % 3 or 3
    groups = [whole[:head], *(whole[at : at + 3] for at in range(head, len(whole), 3))]
    return sign + ".".join(groups) + ("," + fraction if fraction else "")


@builtin("money", "number")
def _money(budget: Budget, cents: Decimal) -> Value:
    budget.spend(5)
    euros = rounded(NUMBERS.scaleb(cents, -2), Decimal(2), ROUND_HALF_UP)
    if not isinstance(euros, Decimal) or abs(euros) >= Decimal(10) ** 30:
        return None
    text = format(euros if euros else ZERO, ".2f")
    return _grouped(text) + "\N{NO-BREAK SPACE}€"


@builtin("short date", "date")
def _short_date(budget: Budget, day: date) -> Value:
    return f"{day.day:02}.{day.month:02}.{day.year}"


@builtin("words", "any")
def _words(budget: Budget, value: Value) -> Value:
    return shown(value, budget)
