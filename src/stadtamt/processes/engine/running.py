"""One process on its way: start it, let it run until everything waits, complete a task, keep its state as text.

The process data live beside the engine in one dictionary, not in the engine's tasks: so parallel branches cannot
overwrite each other's values with old copies, and the state stays small.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.util.task import TaskState

from stadtamt.processes.engine import tree
from stadtamt.processes.engine.building import build, position_in
from stadtamt.processes.engine.conditions import Conditions
from stadtamt.processes.engine.errors import (
    NoWayOut,
    ProcessOverrun,
    ProcessStuck,
    StateOfAnotherVersion,
    TaskNotWaiting,
)
from stadtamt.processes.engine.plain import Plain, plain_dict
from stadtamt.processes.engine.spec import Node, ProcessSpec, Step, step_of
from stadtamt.processes.engine.timers import due

type Activities = Callable[[Step, dict[str, Any]], dict[str, Any] | None]

MOST_TASKS = 900
"""The engine silently overlooks tasks deeper than 1,000; a tree that reaches this size is refused before."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """A place of the diagram that was passed; also events and gateways."""

    step_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """Where the process waits: for somebody (user), for the citizen's answer (message), for a moment (timer)."""

    task_id: str
    step: Step
    kind: Literal["user", "message", "timer"]
    due: datetime | None = None


@dataclass(frozen=True)
class ProcessState:
    """A running or ended instance as JSON text, without its spec; 1 to 2 KB beside the data."""

    text: str

    @cached_property
    def data(self) -> dict[str, Plain]:
        """The process data as last saved; changing this dictionary changes nothing that is stored."""
        content: dict[str, Plain] = json.loads(self.text)["data"]
        return content


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it came: the new state, what it waits for, whether and where it ended, what was passed on the way."""

    state: ProcessState
    waiting: list[WaitingTask]
    ended: bool
    outcome: str | None
    done: list[StepDone]


def start(spec: ProcessSpec, data: dict[str, Any]) -> ProcessState:
    """A new instance before its first step. ProcessRefused when the diagram has errors, DataNotPlain for bad data."""
    run = _Run(spec, BpmnWorkflow(build(spec)), plain_dict(data, spec.name))
    return run.saved()


def advance(
    spec: ProcessSpec, state: ProcessState, *, activities: Activities, now: datetime, budget: int = 200
) -> Progress:
    """Fire the timers due at `now`, then run until everything waits or the end is reached.

    `activities` is called for every service task with the step and a copy of the data; the entries of the dictionary
    it returns replace those of the same name. Its exceptions pass through unchanged, and the given state stays what
    it was. More than `budget` passed places raise ProcessOverrun; NoWayOut and ProcessStuck say what is wrong.
    """
    run = _Run.restored(spec, state)
    run.start_clocks(now)
    for _ in range(budget):
        task = run.next_ready() or run.fired(now)
        if task is None:
            return run.progress()
        run.perform(task, activities, now)
    if run.next_ready() is None and not run.overdue(now):
        return run.progress()
    raise ProcessOverrun(f"Der Ablauf hat nach {budget} Schritten noch nicht angehalten. Dreht er sich im Kreis?")


def complete(
    spec: ProcessSpec, state: ProcessState, *, task_id: str, data: dict[str, Any], now: datetime
) -> ProcessState:
    """Finish a waiting task with what was entered; call `advance` next. TaskNotWaiting for any other id."""
    run = _Run.restored(spec, state)
    run.start_clocks(now)
    task = next((task for task in run.waiting_tasks() if task.id.hex == task_id), None)
    if task is None or run.node(task).timer is not None:
        raise TaskNotWaiting
    run.data.update(plain_dict(data, run.node(task).name))
    if task.state == TaskState.WAITING:
        tree.fire(task)
    run.run(task, now)
    run.start_clocks(now)
    return run.saved()


class _Run:
    """The engine's workflow and what this house keeps beside it; lives for one call."""

    def __init__(self, spec: ProcessSpec, workflow: Any, data: dict[str, Plain]) -> None:
        self.spec = spec
        self.workflow = workflow
        self.data = data
        self.workflow.script_engine = Conditions(data)
        self.due: dict[str, str] = {}
        self.done: list[StepDone] = []
        self.outcome: str | None = None

    @classmethod
    def restored(cls, spec: ProcessSpec, state: ProcessState) -> _Run:
        content = json.loads(state.text)
        if content["spec"] != spec.digest:
            raise StateOfAnotherVersion
        run = cls(spec, tree.load(build(spec), content["tree"], ended=content["ended"]), content["data"])
        run.due = content["due"]
        run.done = [StepDone(step, datetime.fromisoformat(at)) for step, at in content["unreported"]]
        run.outcome = content["outcome"]
        return run

    def saved(self) -> ProcessState:
        content = {
            "spec": self.spec.digest,
            "data": self.data,
            "tree": tree.dump(self.workflow),
            "due": self.due,
            "unreported": [[step.step_id, step.at.isoformat()] for step in self.done],
            "ended": self.workflow.completed,
            "outcome": self.outcome,
        }
        return ProcessState(json.dumps(content, ensure_ascii=False, separators=(",", ":")))

    def progress(self) -> Progress:
        waiting = [self.waiting(task) for task in self.waiting_tasks()]
        ended = bool(self.workflow.completed)
        if not ended and not waiting:
            raise ProcessStuck
        done, self.done = self.done, []
        return Progress(self.saved(), waiting, ended, self.outcome if ended else None, done)

    def node(self, task: Any) -> Node:
        position = position_in(task.task_spec.name)
        assert position is not None  # noqa: S101 - only places of the diagram are asked for
        return self.spec.nodes[position]

    def next_ready(self) -> Any:
        """The first task that may run by itself, in the order of the tree, which a restored state shares."""
        ready = (task for task in tree.walk(self.workflow) if task.state == TaskState.READY)
        return next((task for task in ready if not task.task_spec.manual), None)

    def perform(self, task: Any, activities: Activities, now: datetime) -> None:
        """Let one task do its work, call its activity if it is a service task, and run on."""
        while task is not None and position_in(task.task_spec.name) is None:
            task.run()
            task = self.next_ready()
        if task is not None:
            node = self.node(task)
            if node.kind == "service":
                given = activities(step_of(node), plain_dict(self.data, node.name))
                self.data.update(plain_dict(given or {}, node.name))
            self.run(task, now)
        self.start_clocks(now)

    def run(self, task: Any, now: datetime) -> None:
        node = self.node(task)
        try:
            task.run()
        except WorkflowException as error:
            if node.kind != "exclusive":
                raise
            raise NoWayOut(f"An der Verzweigung „{node.name or node.id}“ trifft keine Bedingung zu.") from error
        self.due.pop(task.id.hex, None)
        self.done.append(StepDone(node.id, now.astimezone(UTC)))
        if node.kind == "end":
            self.outcome = node.id
        if len(self.workflow.tasks) > MOST_TASKS:
            tree.compact(self.workflow)
        if len(self.workflow.tasks) > MOST_TASKS:
            raise ProcessOverrun("Der Ablauf ist zu oft im Kreis gelaufen und wurde angehalten.")

    def waiting_tasks(self) -> list[Any]:
        """User tasks that are ready, events that wait; without the engine's own joins."""
        return [
            task
            for task in tree.walk(self.workflow)
            if position_in(task.task_spec.name) is not None
            and (
                (task.state == TaskState.READY and task.task_spec.manual)
                or (task.state == TaskState.WAITING and self.node(task).kind in {"message", "timer", "boundary"})
            )
        ]

    def waiting(self, task: Any) -> WaitingTask:
        step = step_of(self.node(task))
        kind: Literal["user", "message", "timer"] = "user"
        if step.kind != "user":
            kind = "message" if step.kind == "message" else "timer"
        moment = self.due.get(task.id.hex)
        return WaitingTask(task.id.hex, step, kind, datetime.fromisoformat(moment) if moment else None)

    def start_clocks(self, now: datetime) -> None:
        """Give every timer that began to wait its moment; forget those that wait no more."""
        clocks: dict[str, str] = {}
        for task in self.waiting_tasks():
            timer = self.node(task).timer
            if timer is not None:
                known = self.due.get(task.id.hex)
                clocks[task.id.hex] = known or due(timer, since=now, data=self.data).isoformat()
        self.due = clocks

    def overdue(self, now: datetime) -> list[Any]:
        """The timers due at `now`, the earliest first."""
        waiting = {task.id.hex: task for task in self.waiting_tasks()}
        moments = sorted((datetime.fromisoformat(moment), key) for key, moment in self.due.items())
        return [waiting[key] for moment, key in moments if moment <= now]

    def fired(self, now: datetime) -> Any:
        """Fire the earliest timer that is due and give its task, ready to run; None when none is due."""
        for task in self.overdue(now):
            tree.fire(task)
            return task
        return None
