"""Arrivals: one after another, at a rate whatever the office does (open loop), as fast as it answers (closed loop)."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice

from stadtamt.conf.bench.phone import HOMES, Phone, Ready, Refused, Unanswered
from stadtamt.conf.bench.watch import Watch
from stadtamt.kernel.tokens import digest

PREPARERS = 4
SENDERS = 48
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Journey:
    """One case: seconds on the monotonic clock. None where it did not come so far."""

    pressed: float
    acknowledged: float | None
    delivered: float | None

    @property
    def to_acknowledgement(self) -> float | None:
        return None if self.acknowledged is None else self.acknowledged - self.pressed

    @property
    def to_postbox(self) -> float | None:
        return None if self.delivered is None else self.delivered - self.pressed


def prepare(*, port: int, count: int, today: date, stopping: threading.Event) -> list[Ready]:
    """Fill in `count` applications over HTTP, the towns in turn, each in a session of its own."""

    def one(number: int) -> Ready:
        if stopping.is_set():
            raise Refused("Abgebrochen.")
        return Phone(port, HOMES[number % len(HOMES)]).fill_in(today)

    with ThreadPoolExecutor(PREPARERS) as pool:
        return list(pool.map(one, range(count)))


def moments(*, rate: float, seconds: float, seed: int) -> list[float]:
    """When somebody presses "send", in seconds from the start: independent people (Poisson), the same for a seed."""
    dice = random.Random(seed)  # noqa: S311 - arrivals, no secret
    at, found = dice.expovariate(rate), []
    while at < seconds:
        found.append(at)
        at += dice.expovariate(rate)
    return found


def one_by_one(drafts: Sequence[Ready], *, port: int, watch: Watch, pause: float = 0.2) -> list[Journey]:
    """Each case alone: the next is sent when the notice of the one before lies in the postbox."""
    found = []
    for draft in drafts:
        pressed, acknowledged = _press(draft, port, watch, time.monotonic())
        watch.wait([digest(draft.token)], seconds=PATIENCE_SECONDS)
        found.append(Journey(pressed, acknowledged, watch.seen(digest(draft.token))))
        time.sleep(pause)
    return found


def at_moments(drafts: Sequence[Ready], at: Sequence[float], *, port: int, watch: Watch) -> list[Journey]:
    """Open loop: "send" is pressed at its moment, however long the others wait; time counts from that moment."""
    start = time.monotonic() + 0.1

    def one(draft: Ready, moment: float) -> tuple[float, float | None]:
        time.sleep(max(start + moment - time.monotonic(), 0))
        return _press(draft, port, watch, start + moment)

    with ThreadPoolExecutor(min(SENDERS, max(len(drafts), 1))) as pool:
        pressed = list(pool.map(one, drafts, at))
    return _gather(drafts, pressed, watch)


def as_fast(drafts: Sequence[Ready], *, clients: int, port: int, watch: Watch) -> list[Journey]:
    """Closed loop: a few clients, each sends its next application as soon as the last one is acknowledged."""
    with ThreadPoolExecutor(clients) as pool:
        pressed = list(pool.map(lambda draft: _press(draft, port, watch, time.monotonic()), drafts))
    return _gather(drafts, pressed, watch)


def _press(draft: Ready, port: int, watch: Watch, pressed: float) -> tuple[float, float | None]:
    watch.expect(digest(draft.token))
    try:
        Phone(port, draft.home, cookies=draft.cookies, seconds=30).send(draft)
    except (Unanswered, Refused):
        return pressed, None
    return pressed, time.monotonic()


def _gather(drafts: Sequence[Ready], pressed: list[tuple[float, float | None]], watch: Watch) -> list[Journey]:
    marks = [digest(draft.token) for draft in drafts]
    watch.wait(marks, seconds=PATIENCE_SECONDS)
    return [Journey(at, done, watch.seen(mark)) for (at, done), mark in zip(pressed, marks, strict=True)]


def throughput(journeys: Sequence[Journey]) -> float:
    """Complete cases a second, from the first "send" to the last notice."""
    ends = [journey.delivered for journey in journeys if journey.delivered is not None]
    if not ends:
        return 0.0
    return round(len(ends) / (max(ends) - min(journey.pressed for journey in journeys)), 2)


def portions[T](items: Sequence[T], sizes: Sequence[int]) -> Iterator[list[T]]:
    """The items in consecutive lists of these sizes."""
    source = iter(items)
    for size in sizes:
        yield list(islice(source, size))
