"""Reads of the room: a case by its secret link or by its number."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from stadtamt.cases.errors import NoSuchCase
from stadtamt.cases.models import Case
from stadtamt.cases.rules import Announcement, announce
from stadtamt.kernel import clock, tenancy
from stadtamt.kernel.tokens import digest

__all__ = ["Announcement", "announcement_for", "case_by_id", "case_by_token", "find_cases"]

_WITH = ("service", "person", "unit", "submission", "submission__form", "submission__draft__service")


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


def find_cases(query: str) -> QuerySet[Case]:
    """Cases by a part of the number or of the name, the newest first; all of them for an empty query."""
    cases = Case.objects.select_related("person", "unit", "service").order_by("-opened_at")
    for word in query.split():
        cases = cases.filter(
            Q(number__icontains=word) | Q(person__family_name__icontains=word) | Q(person__given_name__icontains=word)
        )
    return cases
