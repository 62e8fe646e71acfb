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
    """Drop the finished past that nobody asks for again, so that a way back walked a hundred times leaves no trail.

    Kept are the start, what is still to come, the direct predecessor of a branch that waits at a gateway (its name is
    how the gateway counts), and everything at the edge of a task whose deadline is still undecided.
    """
    for task in reversed(list(walk(workflow))):  # children before their parents
        if task.parent is None or not task.has_state(TaskState.FINISHED_MASK):
            continue
        if _undecided(task) or _undecided(task.parent):
            continue
        children = task.children
        if len(children) > 1 or (children and _counts(children[0])):
            continue
        siblings = task.parent._children
        place = siblings.index(task.id)
        siblings[place : place + 1] = [child.id for child in children]
        for child in children:
            child.parent = task.parent
        del workflow.tasks[task.id]


def _counts(child: Any) -> bool:
    """Whether the child waits at a gateway, which looks at the name of its parent."""
    return isinstance(child.task_spec, ParallelGateway) and not child.has_state(TaskState.FINISHED_MASK)


def _undecided(split: Any) -> bool:
    """Whether this is the split before a task with deadlines at its edge, and its join has not yet come to an end."""
    if not isinstance(split.task_spec, BoundaryEventSplit):
        return False
    joins = [join for member in split.children for join in member.children if _is_join(join)]
    unfinished = any(not member.has_state(TaskState.FINISHED_MASK) for member in split.children)
    return unfinished or any(not join.has_state(TaskState.FINISHED_MASK) for join in joins)


def _is_join(task: Any) -> bool:
    return isinstance(task.task_spec, BoundaryEventJoin)
