"""How things arrive: delivered notices and messages both ways."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from stadtamt.cases.models import Case, Document
from stadtamt.kernel.tenancy import TenantModel
from stadtamt.notices.models import Notice


class Delivery(TenantModel):
    """A notice on its way: when it was provided, when it counts as announced, and until when one can object."""

    class Channel(models.TextChoices):
        ELECTRONIC = "electronic", "Elektronisch zum Abruf"
        POST = "post", "Mit der Post"

    notice = models.OneToOneField(Notice, models.PROTECT)
    channel = models.CharField(max_length=20, choices=Channel)
    provided_at = models.DateTimeField()
    announced_on = models.DateField()
    objection_ends_on = models.DateField()
    due_on = models.DateField()
    rule = models.JSONField()  # the rows of law that were used: id, legal basis, days
    first_read_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.notice} {self.channel}"


class Message(TenantModel):
    """A message in a case, from the office or from the citizen."""

    class Kind(models.TextChoices):
        QUESTION = "question", "Rückfrage"
        ANSWER = "answer", "Antwort"

    case = models.ForeignKey(Case, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    author = models.CharField(max_length=120)
    sent_at = models.DateTimeField()
    documents = models.ManyToManyField(Document, through="Enclosure")

    class Meta(TenantModel.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.kind} {self.sent_at:%Y-%m-%d}"


class Enclosure(TenantModel):
    """A document that came with a message."""

    message = models.ForeignKey(Message, models.CASCADE)
    document = models.ForeignKey(Document, models.PROTECT)

    class Meta(TenantModel.Meta):
        abstract = False

    def __str__(self) -> str:
        return str(self.document)


class Notification(TenantModel):
    """That something new lies in the postbox was told by mail: once for each occasion."""

    case = models.ForeignKey(Case, models.CASCADE)
    occasion = models.CharField(max_length=80)
    mailed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "case", "occasion"], name="notified_once")
        ]

    def __str__(self) -> str:
        return self.occasion
