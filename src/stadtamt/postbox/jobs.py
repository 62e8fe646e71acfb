"""Background jobs of the room."""

from __future__ import annotations

from uuid import UUID

from stadtamt.kernel.jobs import job
from stadtamt.postbox import actions


@job("postbox.deliver_notice")
def deliver_notice(case_id: str, channel: str) -> None:
    actions.deliver(case_id=UUID(case_id), channel=channel)


@job("postbox.notify")
def notify(case_id: str, occasion: str) -> None:
    actions.send_notification(case_id=UUID(case_id), occasion=occasion)
