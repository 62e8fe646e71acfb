"""Reads of the room."""

from __future__ import annotations

from stadtamt.cases.models import Case
from stadtamt.payments.models import Claim


def claim_of(case: Case) -> Claim | None:
    """The claim raised in the case, if there is one."""
    return Claim.objects.filter(case=case).first()
