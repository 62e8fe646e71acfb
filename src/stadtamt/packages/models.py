"""Which package is installed in which town, with which parameters."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from stadtamt.kernel.tenancy import TenantModel


class Installation(TenantModel):
    """A service package in a town: the version, and the town's own layer."""

    key = models.SlugField(max_length=80)
    version = models.CharField(max_length=20)
    edition = models.CharField(max_length=60)
    parameters = models.JSONField()
    installed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality", "key"], name="installed_once_a_town")]

    def __str__(self) -> str:
        return f"{self.key} {self.edition}"
