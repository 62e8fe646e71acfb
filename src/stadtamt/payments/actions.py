"""Deeds of the room: a claim is raised and becomes due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from stadtamt.cases.models import Case
from stadtamt.kernel import audit, clock
from stadtamt.payments.models import Claim
from stadtamt.payments.rules import creditor_reference


def raise_claim(*, case: Case, amount_cents: int, purpose: str, instalments: Sequence[Mapping[str, Any]] = ()) -> Claim:
    """Note what is owed in a case. The day it is due follows when the notice is announced.

    `instalments` are parts that add up to the amount, each with the day the bylaw names, or null.
    """
    parts = [{"due": part["due"], "amount_cents": part["amount_cents"]} for part in instalments]
    if parts and sum(part["amount_cents"] for part in parts) != amount_cents:
        raise ValueError(f"The instalments of {case.number} do not add up to {amount_cents}.")
    claim = Claim.objects.create(
        case=case,
        purpose=purpose[:140],
        amount_cents=amount_cents,
        reference=creditor_reference(case.number),
        raised_at=clock.now(),
        instalments=parts,
    )
    audit.record("claim.raised", subject=claim, case=str(case.pk), amount_cents=amount_cents)
    return claim


def set_due(*, case: Case, due_on: date) -> None:
    """The case's claims are due on this day, except for parts for which the bylaw names a day of its own."""
    for claim in Claim.objects.filter(case=case):
        named = [date.fromisoformat(part["due"]) for part in claim.instalments if part["due"]]
        first = min(named) if named and len(named) == len(claim.instalments) else due_on
        if claim.due_on != first:
            claim.due_on = first
            claim.save(update_fields=["due_on"])
            audit.record("claim.due", subject=claim, due_on=first.isoformat())
