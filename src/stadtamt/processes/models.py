"""Diagrams in their editions, runs and the tasks for people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from stadtamt.cases.models import Case
from stadtamt.kernel.tenancy import TenantModel
from stadtamt.processes import engine


class Process(TenantModel):
    """The process of a service in one edition: the diagram as drawn, and what the engine made of it."""

    key = models.SlugField(max_length=80)
    edition = models.CharField(max_length=60)
    diagram = models.TextField()
    spec = models.TextField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "key", "edition"], name="process_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.edition}"


class Run(TenantModel):
    """One case on its way through the diagram. `state` belongs to the engine."""

    class Progress(models.TextChoices):
        READY = "ready", "Bereit"
        WAITING = "waiting", "Wartet"
        ENDED = "ended", "Beendet"
        STOPPED = "stopped", "Angehalten"

    case = models.OneToOneField(Case, models.PROTECT)
    process = models.ForeignKey(Process, models.PROTECT)
    state = models.TextField()
    progress = models.CharField(max_length=20, choices=Progress, default=Progress.READY)
    outcome = models.CharField(max_length=80, blank=True)
    trouble = models.CharField(max_length=500, blank=True)

    class Meta(TenantModel.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.case} {self.progress}"

    def state_in(self, process: Process) -> str:
        """The engine's state if the run went on in another edition of its diagram. Raises NotTransplantable."""
        old, new = engine.load_spec(self.process.spec), engine.load_spec(process.spec)
        passed = set(self.steps.values_list("step", flat=True))
        return engine.transplant(old, new, engine.ProcessState(self.state), passed=passed).text


class Step(TenantModel):
    """A step of the diagram that was done, and when."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.step


class Task(TenantModel):
    """Human work in a process: for the office, or for the citizen."""

    class State(models.TextChoices):
        OPEN = "open", "Offen"
        DONE = "done", "Erledigt"

    run = models.ForeignKey(Run, models.CASCADE, related_name="tasks")
    engine_task = models.CharField(max_length=60)
    step = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)  # what is to be done: "decide", "answer", "post-notice"
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)
    done_by_id = models.CharField(max_length=60, blank=True)  # who it was, where two eyes must not be the same
    note = models.TextField(blank=True)  # what was written while doing it: an opinion, a proposal

    class Meta(TenantModel.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "run", "engine_task"], name="task_once_a_run")
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "state", "kind"], name="task_work_list")]

    def __str__(self) -> str:
        return self.name
