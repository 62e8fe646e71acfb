"""Forms in their editions, what people are filling in, and what they sent."""

from __future__ import annotations

from collections import OrderedDict
from typing import ClassVar
from uuid import UUID

from django.db import models

from stadtamt.catalogue.models import Service
from stadtamt.forms.schema import Schema, read_form
from stadtamt.kernel.tenancy import TenantModel


class Form(TenantModel):
    """The form of a service in one edition; never changed, as drafts and submissions rest on it."""

    key = models.SlugField(max_length=80)
    edition = models.CharField(max_length=60)
    source = models.TextField()
    parameters = models.JSONField(default=dict)
    person_fields = models.JSONField(default=dict)  # which answer is the applicant's name, address, mail

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "key", "edition"], name="form_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.edition}"

    @property
    def schema(self) -> Schema:
        """The form read. It is kept by its key, as editions never change: most pages need no source at all."""
        found = _READ.get(self.pk)
        if found is None:
            found = _READ[self.pk] = read_form(self.source)
            while len(_READ) > _MOST_KEPT:
                _READ.popitem(last=False)
        return found


_READ: OrderedDict[UUID, Schema] = OrderedDict()
_MOST_KEPT = 128


class Draft(TenantModel):
    """An application being filled in. Its secret link is the only way to it; the database keeps a digest."""

    service = models.ForeignKey(Service, models.PROTECT)  # what is applied for; the form may serve several
    form = models.ForeignKey(Form, models.PROTECT)
    token_digest = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    confirmed = models.JSONField(default=list)  # checks that were asked back and confirmed
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "token_digest"], name="draft_token_once")
        ]

    def __str__(self) -> str:
        return f"{self.form.key} {self.begun_at:%Y-%m-%d}"


class Upload(TenantModel):
    """A file a person handed in, checked before it is stored. `field` is the address of the answer, if any."""

    draft = models.ForeignKey(Draft, models.CASCADE, null=True, related_name="uploads")
    field = models.CharField(max_length=400, blank=True)
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    stored_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.name


class Submission(TenantModel):
    """A sent application: the answers as they were, never changed. One draft makes at most one."""

    draft = models.OneToOneField(Draft, models.PROTECT)
    form = models.ForeignKey(Form, models.PROTECT)
    answers = models.JSONField()
    confirmed = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.form.key} {self.submitted_at:%Y-%m-%d %H:%M}"
