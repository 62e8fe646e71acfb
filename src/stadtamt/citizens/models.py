"""The people who ask."""

from __future__ import annotations

from django.db import models

from stadtamt.kernel.tenancy import TenantModel


class Trust(models.TextChoices):
    """How surely the office knows who is asking (trust level of the sign-in)."""

    LINK = "link", "Zugang über den geheimen Link"


class Person(TenantModel):
    """A natural person as given in one submission; two submissions make two rows until somebody joins them."""

    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=120, blank=True)
    mail = models.EmailField(blank=True)
    electronic = models.BooleanField(default=False)  # agreed to fetch notices electronically
    trust = models.CharField(max_length=20, choices=Trust, default=Trust.LINK)

    class Meta(TenantModel.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def address_lines(self) -> list[str]:
        return [line for line in (self.full_name, self.street, f"{self.postcode} {self.place}".strip()) if line]
