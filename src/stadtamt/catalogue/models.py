"""What the office offers, and who is responsible."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from stadtamt.kernel.tenancy import TenantModel


class Unit(TenantModel):
    """An organisational unit of the office."""

    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=60, blank=True)
    mail = models.CharField(max_length=120, blank=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality", "key"], name="unit_once_a_town")]

    def __str__(self) -> str:
        return self.name


class Service(TenantModel):
    """A service in the town's catalogue. Its address stays, whichever package serves it.

    `edition` names the package's version with the town's parameters in force.
    """

    key = models.SlugField(max_length=80)
    package = models.SlugField(max_length=80)
    edition = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    synonyms = models.JSONField(default=list)
    life_events = models.JSONField(default=list)
    facts = models.JSONField(default=dict)  # what the service page says: costs, duration, needed, who, channels, legal
    unit = models.ForeignKey(Unit, models.PROTECT)
    processing_days = models.PositiveSmallIntegerField(default=30)
    withdrawn = models.BooleanField(default=False)  # no longer offered; its cases still point at it
    words = models.TextField(blank=True)  # title and synonyms in small letters, for searches with typing errors
    search = SearchVectorField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality", "key"], name="service_once_a_town")]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="service_search"),
            GinIndex(fields=["words"], name="service_words", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.title
