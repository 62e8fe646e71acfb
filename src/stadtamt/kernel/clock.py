"""The one place that reads the clock. Rules take the time as an argument; deeds ask here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")  # legal time in Germany, § 4 EinhZeitG

_stopped: ContextVar[datetime | None] = ContextVar("stopped clock", default=None)


def now() -> datetime:
    """The present moment in UTC."""
    return _stopped.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in legal time, which is the one that deadlines count."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """A moment in legal time, to be shown; never to be subtracted."""
    return moment.astimezone(ZONE)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """For tests and previews: inside, the clock stands still at `moment` (with a zone)."""
    token = _stopped.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)
