"""Reads of the room: a case by its secret link or by its number."""

from __future__ import annotations

from uuid import UUID

from stadtamt.cases.errors import NoSuchCase
from stadtamt.cases.models import Case
from stadtamt.cases.rules import Announcement, announce
from stadtamt.kernel import clock, tenancy
from stadtamt.kernel.tokens import digest

__all__ = ["Announcement", "announcement_for", "case_by_id", "case_by_token"]

_WITH = ("service", "person", "unit", "submission", "submission__form")


def case_by_token(token: str) -> Case:
    """The case behind a citizen's secret link: the link of the draft it came from."""
    case = Case.objects.select_related(*_WITH).filter(submission__draft__token_digest=digest(token)).first()
    if case is None:
        raise NoSuchCase
    return case


def case_by_id(id: UUID) -> Case:
    case = Case.objects.select_related(*_WITH).filter(pk=id).first()
    if case is None:
        raise NoSuchCase
    return case


def announcement_for(*, channel: str, law: str = "tax") -> Announcement:
    """What a notice provided today would set going, in the place of the current municipality."""
    return announce(law=law, channel=channel, provided_on=clock.today(), land=tenancy.current().land)
