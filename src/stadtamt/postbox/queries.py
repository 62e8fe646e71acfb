"""Reads of the room: what lies in a case's postbox."""

from __future__ import annotations

from stadtamt.cases.models import Case
from stadtamt.postbox.models import Delivery, Message


def delivery_of(case: Case) -> Delivery | None:
    return Delivery.objects.select_related("notice").defer("notice__pdf").filter(notice__decision__case=case).first()


def messages_of(case: Case) -> list[Message]:
    """The conversation, oldest first, with its enclosures."""
    return list(case.messages.order_by("sent_at").prefetch_related("documents__upload"))
