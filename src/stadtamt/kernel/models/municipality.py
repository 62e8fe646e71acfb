"""The directory of towns. It belongs to the installation, not to a town, so it stands outside the fence."""

from __future__ import annotations

from django.db import models

from stadtamt.kernel.ids import new_id


class Municipality(models.Model):
    """A town (tenant): its name and what stands in its letterhead. The key is the 12-digit regional key (ARS)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ars = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    office_name = models.CharField(max_length=120)
    land = models.CharField(max_length=2)  # as in ISO 3166-2:DE, for holidays and the law of the Land
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    mail = models.CharField(max_length=120, blank=True)
    web = models.CharField(max_length=120, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    bank = models.CharField(max_length=120, blank=True)
    accent = models.CharField(max_length=20, blank=True)
    seal_key = models.BinaryField(null=True, editable=False)  # PKCS#12, sealed with the installation's secret

    class Meta:
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return self.name


class HostName(models.Model):
    """A host name (without port) under which a town is reached."""

    host = models.CharField(primary_key=True, max_length=253)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="hosts")

    def __str__(self) -> str:
        return self.host
