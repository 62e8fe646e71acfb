"""The audit trail: what was done, by whom, to what; append-only and chained by hashes, one chain a municipality.

A deed calls ``record`` while it works; the entries are written in one go at the end of its transaction, so a deed
and its entry commit together or not at all. The database refuses to change or delete entries.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, models

from stadtamt.kernel import clock
from stadtamt.kernel.ids import new_id

if TYPE_CHECKING:
    from stadtamt.kernel.models import AuditEntry, Municipality

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff, a citizen with a link, or the office itself."""

    kind: str  # "staff", "citizen", "office"
    id: str = ""
    name: str = ""


OFFICE = Actor("office", name="Stadtamt")
CITIZEN = Actor("citizen", name="Bürgerin oder Bürger")


@dataclass(frozen=True, slots=True)
class _Pending:
    action: str
    actor: Actor
    subject: str
    subject_id: str
    data: dict[str, Any]
    at: datetime


@dataclass(slots=True)
class _Trail:
    entries: list[_Pending] = field(default_factory=list)


_trail: ContextVar[_Trail | None] = ContextVar("audit trail", default=None)


class OutsideTransaction(Exception):
    """An audit entry was recorded outside of ``tenancy.within``."""


def record(action: str, *, subject: models.Model, actor: Actor = OFFICE, **data: Any) -> None:
    """Note a deed, in dotted past tense (``case.opened``). `data` holds codes and ids, no personal data."""
    trail = _trail.get()
    if trail is None:
        raise OutsideTransaction(f"{action} was recorded outside of a transaction.")
    trail.entries.append(_Pending(action, actor, subject._meta.label_lower, str(subject.pk), data, clock.now()))


@contextmanager
def chained(municipality: Municipality) -> Iterator[None]:
    """Collects what is recorded inside and appends it to the municipality's chain at the end."""
    trail = _Trail()
    token = _trail.set(trail)
    try:
        yield
        if trail.entries:
            _append(municipality, trail.entries)
    finally:
        _trail.reset(token)


@contextmanager
def tentative() -> Iterator[None]:
    """What is recorded inside is forgotten when it ends with an exception."""
    trail = _trail.get()
    known = len(trail.entries) if trail is not None else 0
    try:
        yield
    except BaseException:
        if trail is not None:
            del trail.entries[known:]
        raise


def _append(municipality: Municipality, pending: list[_Pending]) -> None:
    from stadtamt.kernel.models import AuditEntry

    if connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        # One writer a chain at a time; the lock ends with the transaction, which ends right after this.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(municipality.pk)])
    last = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    sequence, previous = last or (0, GENESIS)
    rows = []
    for item in pending:
        sequence += 1
        row = AuditEntry(
            id=new_id(),
            municipality=municipality,
            sequence=sequence,
            at=item.at,
            action=item.action,
            actor_kind=item.actor.kind,
            actor_id=item.actor.id,
            actor_name=item.actor.name,
            subject=item.subject,
            subject_id=item.subject_id,
            data=item.data,
            previous=previous,
        )
        row.hash = previous = entry_hash(row)
        rows.append(row)
    AuditEntry.objects.bulk_create(rows)


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over everything the entry says and over the hash before it."""
    content = [
        str(entry.municipality_id),
        entry.sequence,
        entry.at.isoformat(timespec="microseconds"),
        entry.action,
        entry.actor_kind,
        entry.actor_id,
        entry.actor_name,
        entry.subject,
        entry.subject_id,
        entry.data,
        entry.previous,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> int | None:
    """Walk the current municipality's chain; the sequence number of the first wrong entry, or None."""
    from stadtamt.kernel.models import AuditEntry

    previous, expected = GENESIS, 1
    for entry in AuditEntry.objects.order_by("sequence").iterator():
        if entry.sequence != expected or entry.previous != previous or entry.hash != entry_hash(entry):
            return entry.sequence
        previous, expected = entry.hash, expected + 1
    return None


def entries_about(*subject_ids: uuid.UUID) -> list[AuditEntry]:
    """The history of these rows, oldest first."""
    from stadtamt.kernel.models import AuditEntry

    return list(AuditEntry.objects.filter(subject_id__in=[str(id) for id in subject_ids]).order_by("sequence"))
