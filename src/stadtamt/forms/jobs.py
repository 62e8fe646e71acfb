"""Background jobs of the room."""

from __future__ import annotations

from stadtamt.forms import actions
from stadtamt.kernel.jobs import daily, job


@job("forms.delete_expired_drafts")
def delete_expired_drafts() -> None:
    actions.delete_expired_drafts()


daily(delete_expired_drafts, hour=2)
