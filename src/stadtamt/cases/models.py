"""The case: one matter of one person in the office's hands."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from stadtamt.cases.errors import CaseClosed
from stadtamt.catalogue.models import Service, Unit
from stadtamt.citizens.models import Person
from stadtamt.forms.models import Submission, Upload
from stadtamt.kernel.tenancy import TenantModel


class State(models.TextChoices):
    """Where the case stands, in words for both sides."""

    RECEIVED = "received", "Eingegangen"
    IN_REVIEW = "in_review", "In Prüfung"
    WAITING = "waiting", "Wartet auf Ihre Antwort"
    DECIDED = "decided", "Entschieden"
    CLOSED = "closed", "Abgeschlossen"


class Case(TenantModel):
    """A case with its number, state, deadline and responsible unit."""

    number = models.CharField(max_length=30)
    service = models.ForeignKey(Service, models.PROTECT)
    package = models.SlugField(max_length=80)
    edition = models.CharField(max_length=60)  # of the package; the case ends with it unless it is moved deliberately
    submission = models.OneToOneField(Submission, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)
    opened_at = models.DateTimeField()
    due_on = models.DateField()  # the office's own promise to decide
    closed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["municipality", "number"], name="case_number_once")]
        indexes: ClassVar = [models.Index(fields=["municipality", "state", "due_on"], name="case_work_list")]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: State, *, at: datetime) -> None:
        """Change the state and note the time. Nothing happens when it is the state already; a closed case stays."""
        if self.state == state:
            return
        if self.state == State.CLOSED:
            raise CaseClosed
        StateChange.objects.create(case=self, before=self.state, after=state, at=at)
        self.state = state
        self.closed_at = at if state == State.CLOSED else None
        self.save(update_fields=["state", "closed_at"])


class StateChange(TenantModel):
    """When a case went from one state to the next; waiting and working times are read from these rows."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="changes")
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Document(TenantModel):
    """A document in the case's file: evidence from the form, or an enclosure to an answer."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    upload = models.ForeignKey(Upload, models.PROTECT)
    title = models.CharField(max_length=200)
    filed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.title
