"""Letters as templates, and notices as issued."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from stadtamt.decisions.models import Decision
from stadtamt.kernel.tenancy import TenantModel


class LetterTemplate(TenantModel):
    """The words and the arrangement of a letter in one edition of its service."""

    key = models.SlugField(max_length=80)
    edition = models.CharField(max_length=60)
    letter = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    when = models.TextField(blank=True)  # expression over `decision` and `assessment`; the first that holds is taken
    words = models.TextField()
    arrangement = models.TextField()
    letterhead = models.JSONField(default=dict)  # office, address, phone, mail, where the town names another one

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "key", "edition", "letter"], name="letter_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.edition} {self.letter}"


class Notice(TenantModel):
    """A formal letter: rendered, sealed, and never changed again (the database refuses it)."""

    decision = models.OneToOneField(Decision, models.PROTECT)
    subject = models.CharField(max_length=300)
    content = models.JSONField()  # the same words for the web page
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=20)  # for checking the letter, together with the case number
    issued_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality", "code"], name="notice_code_once")]

    def __str__(self) -> str:
        return self.subject
