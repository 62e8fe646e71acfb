"""How dates, money and sizes are written on pages. Load with `{% load office %}`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone

from stadtamt.kernel.money import euros

register = template.Library()

MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_SOON = 7


@register.filter
def money(cents: int | None) -> str:
    """`6750` is `67,50 €`; nothing for None."""
    return euros(cents) if isinstance(cents, int) else ""


@register.filter
def day(value: datetime.date | None) -> str:
    """A date (or a point in time, in the town's zone) as `9. Mai 2026`; nothing for None."""
    if value is None or value == "":
        return ""
    local = _local(value)
    return f"{local.day}.\N{NO-BREAK SPACE}{MONTHS[local.month - 1]} {local.year}"


@register.filter
def short_day(value: datetime.date | None) -> str:
    """A date as `09.05.2026`; nothing for None."""
    return "" if value is None or value == "" else _local(value).strftime("%d.%m.%Y")


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """A point in time as `9. Mai 2026, 14:05 Uhr` in the town's zone; nothing for None."""
    if value is None or value == "":
        return ""
    return f"{day(value)}, {_local(value):%H:%M} Uhr"


@register.filter
def days_left(days: int | None) -> str:
    """Remaining whole days in words: `noch 12 Tage`, `noch 1 Tag`, `heute`, `seit 3 Tagen vorbei`."""
    if not isinstance(days, int):  # a missing variable comes as ""
        return ""
    count = abs(days)
    if days > 0:
        return f"noch {count} {'Tag' if count == 1 else 'Tage'}"
    return "heute" if days == 0 else f"seit {count} {'Tag' if count == 1 else 'Tagen'} vorbei"


@register.filter
def urgency(days: int | None) -> str:
    """The shape that goes with remaining days: `none`, `calm`, `soon` (a week or less) or `late`."""
    if not isinstance(days, int):
        return "none"
    if days < 0:
        return "late"
    return "soon" if days <= _SOON else "calm"


@register.filter
def file_size(count: int | None) -> str:
    """Bytes as people write them: `48 KB`, `1,2 MB`; nothing for None."""
    if not isinstance(count, int):
        return ""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))}\N{NO-BREAK SPACE}KB"
    return f"{count / 1_000_000:.1f}\N{NO-BREAK SPACE}MB".replace(".", ",")


@register.filter
def heading(group: Mapping[str, Any], base: int) -> int:
    """The level of a section's heading: its own level (0 where it has none) below a heading of level `base`, to 6."""
    return min(6, base + int(group.get("level", 0)))


@register.filter
def initial(name: str) -> str:
    """The first letter of a town's name for its mark, without a leading `Stadt` or `Gemeinde`."""
    word = name.removeprefix("Stadt ").removeprefix("Gemeinde ").removeprefix("Markt ").strip()
    return word[:1].upper()


def _local(value: datetime.date) -> datetime.date:
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
