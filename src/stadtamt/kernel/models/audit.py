"""Entries of the audit trail. The database itself refuses to change or delete one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from stadtamt.kernel.tenancy import TenantModel


class AuditEntry(TenantModel):
    """One deed: who did what to which row, chained to the entry before it."""

    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "sequence"], name="audit_sequence_once_a_town")
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"
