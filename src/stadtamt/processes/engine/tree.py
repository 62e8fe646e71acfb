"""The engine's tree of tasks: walked, kept as a few numbers and restored, with its finished past folded up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

_MEETINGS = (ParallelGateway, BoundaryEventSplit, BoundaryEventJoin)

type Row = list[Any]
"""[position of the parent in the list or -1, name in the spec, state, id if it is still to come]"""


def walk(workflow: Any) -> Iterator[Any]:
    """All tasks, each before its children, children in their order; without recursion."""
    stack = [workflow.task_tree]
    while stack:
        task = stack.pop()
        yield task
        stack.extend(reversed(task.children))


def fire(task: Any) -> None:
    """Let the event of a waiting task happen; the task is then ready to run."""
    # The public way sends events by type and name; one certain task can only be reached like this.
    task._set_internal_data(event_fired=True)
    task.task_spec._update(task)


def dump(workflow: Any) -> list[Row]:
    """The tree as rows; folds the past first."""
    compact(workflow)
    rows: list[Row] = []
    place: dict[UUID, int] = {}
    for task in walk(workflow):
        place[task.id] = len(rows)
        row: Row = [place[task.parent.id] if task.parent else -1, task.task_spec.name, task.state]
        if task.has_state(TaskState.WAITING | TaskState.READY | TaskState.STARTED):
            row.append(task.id.hex)
        rows.append(row)
    return rows


def load(spec: BpmnProcessSpec, rows: list[Row], *, ended: bool) -> Any:
    """The workflow that `dump` kept."""
    workflow = BpmnWorkflow(spec, deserializing=True)
    tasks: list[Any] = []
    for parent, name, state, *key in rows:
        task = Task(
            workflow,
            spec.task_specs[name],
            parent=tasks[parent] if parent >= 0 else None,
            state=state,
            id=UUID(hex=key[0]) if key else None,
        )
        if state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
            workflow.event_manager.add_task(task)
        tasks.append(task)
    workflow.task_tree = tasks[0]
    workflow.completed = ended
    return workflow


def compact(workflow: Any) -> None:
    """Drop finished tasks that led to exactly one other finished task: nobody asks for them again.

    Kept are the start, whatever meets or parts branches, and the direct predecessors of a meeting, which is how the
    engine counts who has arrived. So a way back that is walked a hundred times leaves no trail.
    """
    for task in list(walk(workflow)):
        children = task.children
        if task.parent is None or task.state != TaskState.COMPLETED or len(children) != 1:
            continue
        child = children[0]
        if child.state != TaskState.COMPLETED or isinstance(task.task_spec, _MEETINGS):
            continue
        if isinstance(child.task_spec, _MEETINGS) or child.task_spec is workflow.spec.end:
            continue
        siblings = task.parent._children
        siblings[siblings.index(task.id)] = child.id
        child.parent = task.parent
        del workflow.tasks[task.id]
