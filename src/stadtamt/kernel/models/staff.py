"""Members of staff and their sessions, both a town's own."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from stadtamt.kernel.tenancy import TenantModel, current_id, default_id


class Role(models.TextChoices):
    """What a member of staff may do; a case is reached through its unit besides."""

    CLERK = "clerk", "Sachbearbeitung"
    OFFICER = "officer", "Digitallotse oder Digitallotsin"


class Staff(TenantModel, AbstractBaseUser):
    """A person who works in the town's office. Signs in with a password and a one-time code."""

    username = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    mail = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.CLERK)
    unit_id = models.UUIDField(null=True)  # the catalogue's unit; a key only, as the catalogue is a later station
    is_active = models.BooleanField(default=True)
    totp_secret = models.BinaryField(null=True, editable=False)
    totp_last_step = models.BigIntegerField(default=0)  # a code works once
    failed_logins = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "username"], name="staff_username_once_a_town")
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class TenantSessionManager(BaseSessionManager["Session"]):
    def get_queryset(self) -> models.QuerySet[Session]:
        return super().get_queryset().filter(municipality_id=current_id())


class Session(AbstractBaseSession):
    """A signed-in browser; another town's cookie finds nothing here."""

    municipality = models.ForeignKey("kernel.Municipality", models.CASCADE, default=default_id)

    objects: ClassVar[TenantSessionManager] = TenantSessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False
