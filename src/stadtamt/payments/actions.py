"""Deeds of the room: a claim is raised and becomes due."""

from __future__ import annotations

from datetime import date

from stadtamt.cases.models import Case
from stadtamt.kernel import audit, clock
from stadtamt.payments.models import Claim
from stadtamt.payments.rules import creditor_reference


def raise_claim(*, case: Case, amount_cents: int, purpose: str) -> Claim:
    """Note what is owed in a case. The day it is due follows when the notice is announced."""
    claim = Claim.objects.create(
        case=case,
        purpose=purpose[:140],
        amount_cents=amount_cents,
        reference=creditor_reference(case.number),
        raised_at=clock.now(),
    )
    audit.record("claim.raised", subject=claim, case=str(case.pk), amount_cents=amount_cents)
    return claim


def set_due(*, case: Case, due_on: date) -> None:
    """The case's claims are due on this day."""
    for claim in Claim.objects.filter(case=case).exclude(due_on=due_on):
        claim.due_on = due_on
        claim.save(update_fields=["due_on"])
        audit.record("claim.due", subject=claim, due_on=due_on.isoformat())
