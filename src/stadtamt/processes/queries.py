"""Reads of the room: open tasks, the way a case has gone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from stadtamt.cases.models import Case
from stadtamt.processes import engine
from stadtamt.processes.actions import CITIZEN_TASKS
from stadtamt.processes.diagram import StepLine, draw_svg, list_steps
from stadtamt.processes.errors import NoSuchTask
from stadtamt.processes.models import Run, Task


@dataclass(frozen=True, slots=True)
class Way:
    """The diagram with the present place, as a picture and as a list."""

    svg: str
    steps: list[StepLine]
    trouble: str


def office_tasks() -> QuerySet[Task]:
    """Open tasks of the office, the most urgent first."""
    return (
        Task.objects.filter(state=Task.State.OPEN)
        .exclude(kind__in=CITIZEN_TASKS)
        .select_related("run__case__person", "run__case__unit", "run__case__service")
        .order_by("run__case__due_on", "opened_at")
    )


def open_task(case: Case, *kinds: str) -> Task | None:
    """The open task of one of these kinds in the case, if there is one."""
    return _open(case, *kinds).first()


def named_task(case: Case, id: UUID, kind: str) -> Task | None:
    """This very task, if it is open: units may be consulted side by side."""
    return _open(case, kind).filter(pk=id).first()


def task_by_id(id: UUID) -> Task:
    task = Task.objects.select_related("run__case").filter(pk=id).first()
    if task is None:
        raise NoSuchTask
    return task


def way_of(case: Case) -> Way:
    """Where the case stands in its diagram."""
    run = Run.objects.select_related("process").get(case=case)
    spec = engine.load_spec(run.process.spec)
    done = set(run.steps.values_list("step", flat=True))
    current = set(run.tasks.filter(state=Task.State.OPEN).values_list("step", flat=True))
    return Way(draw_svg(spec, done=done, current=current), list_steps(spec, done, current), run.trouble)


def prepared_by(case: Case) -> str:
    """Who prepared the decision of the case last, as an id; empty where nobody had to (four eyes)."""
    task = _done(case, "prepare").last()
    return task.done_by_id if task else ""


def remarks_on(case: Case) -> list[Task]:
    """Opinions and proposals that were given in the case, the earliest first."""
    return list(_done(case, "consult", "prepare"))


def _open(case: Case, *kinds: str) -> QuerySet[Task]:
    tasks = Task.objects.filter(run__case=case, state=Task.State.OPEN, kind__in=kinds)
    return tasks.select_related("run__case").order_by("opened_at", "pk")


def _done(case: Case, *kinds: str) -> QuerySet[Task]:
    return Task.objects.filter(run__case=case, state=Task.State.DONE, kind__in=kinds).order_by("done_at")
