"""Money is integer cents; it becomes words only here."""

from __future__ import annotations


def euros(cents: int) -> str:
    """``6750`` is ``67,50 €`` with a no-break space, thousands grouped by points."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{sign}{grouped},{rest:02d}\N{NO-BREAK SPACE}€"
