"""Rules in their editions, and what was decided by them."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from django.db import models

from stadtamt.cases.models import Case
from stadtamt.decisions.dmn import DecisionModel, read_decisions
from stadtamt.kernel.tenancy import TenantModel


class RuleSet(TenantModel):
    """The rules of a service in one edition, with the town's parameters and what may be decided without a person."""

    key = models.SlugField(max_length=80)
    edition = models.CharField(max_length=60)
    source = models.TextField()
    parameters = models.JSONField(default=dict)
    automation = models.JSONField(default=dict)  # enabled, legal_basis, discretion
    wording = models.JSONField(default=dict)  # how the assessment is put before the clerk and the applicant
    law = models.CharField(max_length=20, default="tax")  # which rows of law say when a notice counts as announced
    remedy = models.JSONField(default=dict)  # body and paragraph of the remedy

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "key", "edition"], name="rules_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.edition}"

    @property
    def rules(self) -> DecisionModel:
        return _read(self.source)

    @property
    def may_decide_alone(self) -> bool:
        """§ 35a VwVfG, § 155 (4) AO: only with a legal basis named, and never where there is discretion."""
        return bool(
            self.automation.get("enabled")
            and self.automation.get("legal_basis")
            and self.automation.get("discretion") is False
        )


@lru_cache(maxsize=128)
def _read(source: str) -> DecisionModel:
    return read_decisions(source.encode())


class Decision(TenantModel):
    """What the office decided in a case: once, with the computation and its legal basis."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", "Stattgegeben"
        REFUSED = "refused", "Abgelehnt"

    case = models.OneToOneField(Case, models.PROTECT)
    outcome = models.CharField(max_length=20, choices=Outcome)
    grounds = models.TextField(blank=True)
    assessment = models.JSONField()
    automated = models.BooleanField()
    legal_basis = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("kernel.Staff", models.PROTECT, null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(automated=True, decided_by=None)
                | models.Q(automated=False, decided_by__isnull=False),
                name="decision_by_person_or_by_rule",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.outcome}"
