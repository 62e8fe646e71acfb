"""What is owed to the town."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from stadtamt.cases.models import Case
from stadtamt.kernel.tenancy import TenantModel


class Claim(TenantModel):
    """A sum the town claims, with the reference the payer gives (ISO 11649)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="claims")
    purpose = models.CharField(max_length=140)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="EUR")
    reference = models.CharField(max_length=25)
    raised_at = models.DateTimeField()
    due_on = models.DateField(null=True)  # the whole, or its first part; known when the notice is announced
    instalments = models.JSONField(default=list)  # {due, amount_cents} for each part; due is null until announced

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "reference"], name="claim_reference_once"),
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="claim_is_positive"),
        ]

    def __str__(self) -> str:
        return self.reference
