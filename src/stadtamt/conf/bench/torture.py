"""Kills and clients at the same time, until enough was killed; then everything may come to rest."""

from __future__ import annotations

import http.client
import time
from collections import Counter
from dataclasses import dataclass, field

import psycopg

from stadtamt.conf.bench.killer import Killer
from stadtamt.conf.bench.office import Office, say
from stadtamt.conf.bench.phone import HOMES
from stadtamt.conf.bench.stubborn import Ledger

RECOVERY_SECONDS = 60.0
SETTLE_SECONDS = 240.0
TELL_EVERY = 10
AIM_SECONDS = 1.0


@dataclass(slots=True)
class Course:
    """What happened while killing."""

    kills: Counter[str] = field(default_factory=Counter)
    recoveries: dict[str, list[float]] = field(default_factory=dict)
    while_sending: int = 0
    while_working: int = 0
    not_recovered: int = 0


def rage(place: Office, *, kills: int, seconds: float, seed: int, ledger: Ledger) -> Course:
    """Kill, wait until work has really gone on, kill again. Ends early when told to stop or out of time."""
    killer, course, end = Killer(place, seed), Course(), time.monotonic() + seconds
    while course.kills.total() < kills and time.monotonic() < end and not place.stopping.is_set():
        killer.pause(0.05, 0.6)
        receipts, (deliveries, working) = len(ledger.receipts), look_inside(place) or (0, 0)
        aim(place, ledger)
        killer.pause(0.0, 0.03)
        sending = ledger.under_way
        kind = killer.strike()
        if kind is None:
            continue
        course.kills[kind] += 1
        course.while_sending += sending > 0
        course.while_working += working > 0
        start = time.monotonic()
        if not recovered(place, ledger, receipts, deliveries):
            course.not_recovered += 1
        course.recoveries.setdefault(kind, []).append(time.monotonic() - start)
        if course.kills.total() % TELL_EVERY == 0:
            say(f"{course.kills.total()} Abbrüche, {len(ledger.receipts)} Bestätigungen …")
    return course


def aim(place: Office, ledger: Ledger) -> None:
    """Wait a moment for somebody who is just sending, so that most kills fall into the dangerous time."""
    end = time.monotonic() + AIM_SECONDS
    while not ledger.under_way and time.monotonic() < end and not place.stopping.is_set():
        time.sleep(0.002)


def recovered(place: Office, ledger: Ledger, receipts: int, deliveries: int) -> bool:
    """Until everything lives, somebody new was acknowledged and a further notice was delivered."""
    end = time.monotonic() + RECOVERY_SECONDS
    while time.monotonic() < end and not place.stopping.is_set():
        alive = all(child.process is not None for child in place.supervisor.children)
        if alive and len(ledger.receipts) > receipts and _answers(place.port):
            inside = look_inside(place)
            if inside is not None and inside[0] > deliveries:
                return True
        time.sleep(0.05)
    return False


def look_inside(place: Office) -> tuple[int, int] | None:
    """Deliveries so far and jobs being worked on; None while the database does not answer."""
    query = """
        SELECT (SELECT count(*) FROM postbox_delivery),
               (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing')
    """
    try:
        with psycopg.connect(place.server.url(role="admin"), autocommit=True, connect_timeout=2) as connection:
            row = connection.execute(query).fetchone()
    except Exception:  # the database is just being killed or started: any trouble means that it does not answer
        return None
    return (int(row[0]), int(row[1])) if row else None


def settle(place: Office) -> float | None:
    """Wait until no job is left; the seconds it took, None when time ran out."""
    start = time.monotonic()
    query = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
    while time.monotonic() - start < SETTLE_SECONDS and not place.stopping.is_set():
        try:
            with psycopg.connect(place.server.url(role="admin"), autocommit=True, connect_timeout=2) as connection:
                row = connection.execute(query).fetchone()
                if row is not None and row[0] == 0:
                    return time.monotonic() - start
        except psycopg.Error:
            pass
        time.sleep(0.5)
    return None


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/", headers={"Host": HOMES[0].host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
