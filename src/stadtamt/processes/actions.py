"""Deeds of the room: a process starts, moves on, and tasks are completed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from stadtamt.cases.actions import move_case, open_case
from stadtamt.cases.models import Case, State
from stadtamt.forms import queries as forms
from stadtamt.forms.actions import submit
from stadtamt.forms.models import Submission
from stadtamt.kernel import audit, clock
from stadtamt.processes import engine
from stadtamt.processes.errors import MovedMeanwhile, TaskDone
from stadtamt.processes.models import Process, Run, Step, Task
from stadtamt.processes.ports import activities

CITIZEN_TASKS = frozenset({"answer"})


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the person gets for sending: the case, and whether it had been received before."""

    case: Case
    repeated: bool


def publish_process(*, key: str, edition: str, diagram: str) -> Process:
    """Make an edition of a process available; an edition that exists already stays as it is."""
    spec = engine.read_process(diagram.encode())
    process, made = Process.objects.get_or_create(
        key=key, edition=edition, defaults={"diagram": diagram, "spec": spec.serialize()}
    )
    if made:
        audit.record("process.published", subject=process, key=key, edition=edition)
    return process


def start_for(*, token: str, revision: int) -> Receipt:
    """The person presses "send": submission, case, process, audit entries and the job, in one transaction.

    Sending again, for whatever reason, gives the receipt of the first time. `revision` is the state of the
    draft that the person has checked.
    """
    from stadtamt.processes.jobs import advance_run

    draft = forms.draft_by_token(token, lock=True)
    earlier = Submission.objects.filter(draft=draft).first()
    if earlier is not None:
        return Receipt(Case.objects.select_related("person", "unit").get(submission=earlier), repeated=True)
    case = open_case(submission=submit(draft=draft, revision=revision))
    process = Process.objects.get(key=draft.form.key, edition=draft.form.edition)
    spec = engine.load_spec(process.spec)
    run = Run.objects.create(case=case, process=process, state=engine.start(spec, {}).text)
    audit.record("process.started", subject=run, case=str(case.pk))
    advance_run.enqueue(run_id=run.pk, lock=f"run {run.pk}")
    return Receipt(case, repeated=False)


def advance(*, run_id: UUID) -> None:
    """Let the run go on until it waits for somebody or ends. Does nothing when there is nothing to do."""
    run = hold(run_id=run_id)
    if run.progress == Run.Progress.ENDED:
        return
    case, now = run.case, clock.now()

    def do(step: engine.Step, data: dict[str, Any]) -> dict[str, Any]:
        return activities.get(step.activity)(case, data, now)

    progress = engine.advance(
        engine.load_spec(run.process.spec), engine.ProcessState(run.state), activities=do, now=now
    )
    _note_progress(run, progress)
    _open_tasks(run, progress.waiting)
    if case.state == State.RECEIVED and run.progress == Run.Progress.WAITING:
        move_case(case=case, state=State.IN_REVIEW)


def complete(*, task: Task, data: dict[str, Any], actor: audit.Actor, note: str = "") -> None:
    """A task is done, with what was written about it; the process goes on by a job.

    Raises TaskDone when somebody else was faster, MovedMeanwhile when the case was given another edition since the
    caller looked at it.
    """
    from stadtamt.processes.jobs import advance_run

    seen = task.run.case.edition
    run = hold(run_id=task.run_id)
    task.refresh_from_db(fields=["state"])
    if task.state == Task.State.DONE:
        raise TaskDone
    if run.case.edition != seen:
        raise MovedMeanwhile
    spec, now = engine.load_spec(run.process.spec), clock.now()
    state = engine.ProcessState(run.state)
    run.state = engine.complete(spec, state, task_id=task.engine_task, data=data, now=now).text
    run.progress = Run.Progress.READY
    run.save(update_fields=["state", "progress"])
    task.state, task.done_at = Task.State.DONE, now
    task.done_by, task.done_by_id, task.note = actor.name, actor.id, note
    task.save(update_fields=["state", "done_at", "done_by", "done_by_id", "note"])
    audit.record("task.completed", subject=task, actor=actor, kind=task.kind, case=str(run.case_id))
    advance_run.enqueue(run_id=run.pk, lock=f"run {run.pk}")


def hold(*, run_id: UUID) -> Run:
    """The run with its row locked to the end of the transaction.

    Case and process are read after that: whoever waited for the lock sees the edition that holds now.
    """
    Run.objects.select_for_update().values_list("pk").get(pk=run_id)
    return Run.objects.select_related("case", "process").get(pk=run_id)


def change_process(*, run: Run, process: Process) -> None:
    """Let a held run go on in another edition of its diagram; the caller gives the case the same one and records it.

    Raises NotTransplantable, and nothing is changed.
    """
    run.state, run.process = run.state_in(process), process
    run.save(update_fields=["state", "process"])


def note_trouble(*, run_id: UUID, problem: Exception) -> None:
    """An attempt failed; the desk sees it, and the queue tries again."""
    run = Run.objects.select_for_update(of=("self",)).get(pk=run_id)
    run.progress, run.trouble = Run.Progress.STOPPED, f"{type(problem).__name__}: {problem}"[:500]
    run.save(update_fields=["progress", "trouble"])


def _note_progress(run: Run, progress: engine.Progress) -> None:
    run.state = progress.state.text
    run.progress = Run.Progress.ENDED if progress.ended else Run.Progress.WAITING
    run.outcome = progress.outcome or ""
    run.trouble = ""
    run.save(update_fields=["state", "progress", "outcome", "trouble"])
    Step.objects.bulk_create(Step(run=run, step=done.step_id, at=done.at) for done in progress.done)


def _open_tasks(run: Run, waiting: tuple[engine.WaitingTask, ...] | list[engine.WaitingTask]) -> None:
    known = set(run.tasks.values_list("engine_task", flat=True))
    for item in waiting:
        if item.kind != "user" or item.task_id in known:
            continue
        task = Task.objects.create(
            run=run,
            engine_task=item.task_id,
            step=item.step.id,
            kind=item.step.activity,
            name=item.step.name,
            opened_at=clock.now(),
        )
        audit.record("task.opened", subject=task, kind=task.kind, case=str(run.case_id))
        if task.kind in CITIZEN_TASKS:
            move_case(case=run.case, state=State.WAITING)
        elif run.case.state == State.WAITING:
            move_case(case=run.case, state=State.IN_REVIEW)
