"""From the plain process to the engine's own objects. The engine never sees the file, only what was understood.

The engine keeps its tasks in one dictionary by name and reserves `Start` and `End`; so every place gets the name
`n:<position>`, and the ids of the author cannot collide with anything.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit, SimpleBpmnTask
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    EndEvent,
    ExclusiveGateway,
    IntermediateCatchEvent,
    ParallelGateway,
    StartEvent,
    UserTask,
)
from SpiffWorkflow.bpmn.specs.event_definitions import NoneEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.util.task import TaskState

from stadtamt.processes.engine.errors import ProcessRefused
from stadtamt.processes.engine.spec import Node, ProcessSpec


class Meeting(ParallelGateway):  # type: ignore[misc]
    """A parallel gateway that counts who has arrived, one for each flow that leads in, as BPMN says.

    The engine's own gateway looks at the ancestry of the arrived instead; on a way back it then lets branches pass
    twice or swallows them (tests/processes/engine/test_properties.py shows it).
    """

    def _update_hook(self, my_task: Any) -> bool:
        missing = Counter(source.name for source in self.inputs)
        missing[my_task.parent.task_spec.name] -= 1
        met: list[Any] = []
        for other in my_task.workflow.tasks.values():
            waits = other.task_spec is self and other is not my_task and other.state == TaskState.WAITING
            if waits and missing[other.parent.task_spec.name] > 0:
                missing[other.parent.task_spec.name] -= 1
                met.append(other)
        if any(count > 0 for count in missing.values()):
            my_task._set_state(TaskState.WAITING)
            return False
        for other in met:
            other.cancel()
        return True

    def _run_hook(self, my_task: Any) -> bool:
        return True


class Awaited(EventDefinition):  # type: ignore[misc]
    """An event that only this house makes happen: the engine's own timers read the wall clock and are not used."""

    def catches(self, my_task: Any, event: Any) -> bool:
        return False


_EVENTS = {"start": StartEvent, "end": EndEvent}
_PLACES = {
    "service": SimpleBpmnTask,  # its activity is called by this house, the engine only passes through
    "user": UserTask,
    "exclusive": ExclusiveGateway,
    "parallel": Meeting,
}


@lru_cache(maxsize=256)
def build(spec: ProcessSpec) -> BpmnProcessSpec:
    """The engine's form of the process. ProcessRefused when `check` finds an error."""
    errors = tuple(finding for finding in spec.check() if finding.severity == "error")
    if errors:
        raise ProcessRefused(errors)
    built = BpmnProcessSpec("process")
    tasks = [_task(built, name_of(position), node) for position, node in enumerate(spec.nodes)]
    position_of = {node.id: position for position, node in enumerate(spec.nodes)}
    doors = dict(enumerate(tasks))
    for position, node in enumerate(spec.nodes):
        edge_events = [position_of[event.id] for event in spec.nodes if event.attached_to == node.id]
        if edge_events:
            doors[position] = _at_the_edge(built, tasks[position], [tasks[event] for event in edge_events])
    for node, task in zip(spec.nodes, tasks, strict=True):
        for flow in spec.ways_out[node.id]:
            target = doors[position_of[flow.target]]
            if node.kind == "exclusive" and flow.condition and flow.id != node.default:
                task.connect_outgoing_if(flow.condition, target)
            else:
                task.connect(target)
        if node.kind == "start":
            built.start.connect(task)
        if node.kind == "end":
            task.connect(built.end)
    return built


def name_of(position: int) -> str:
    """The engine's name of the place at this position of `spec.nodes`."""
    return f"n:{position}"


def position_in(name: str) -> int | None:
    """The reverse; None for the engine's own tasks (splits, joins, start, end)."""
    prefix, _, rest = name.partition(":")
    return int(rest) if prefix == "n" and rest.isdigit() else None


def _task(built: BpmnProcessSpec, name: str, node: Node) -> Any:
    if node.kind in _EVENTS:
        return _EVENTS[node.kind](built, name, NoneEventDefinition())
    if node.kind == "boundary":
        return BoundaryEvent(built, name, Awaited(), cancel_activity=node.interrupting)
    if node.kind in {"message", "timer"}:
        return IntermediateCatchEvent(built, name, Awaited())
    return _PLACES[node.kind](built, name)


def _at_the_edge(built: BpmnProcessSpec, task: Any, events: list[Any]) -> Any:
    """The split before and the join after a task with timers at its edge; gives the split, the task's new door."""
    split = BoundaryEventSplit(built, f"{task.name}:split")
    join = BoundaryEventJoin(built, f"{task.name}:join", split_task=split.name, cancel=True)
    for member in (task, *events):
        split.connect(member)
        member.connect(join)
    return split
