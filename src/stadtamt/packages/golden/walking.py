"""A case led through its diagram, with pretended activities and people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from stadtamt.processes import engine
from stadtamt.processes.engine import EngineRefusal, ProcessSpec, Step

BEGIN = datetime(2026, 1, 5, 12, tzinfo=UTC)
MOST_TASKS = 60
CANNOT_DECIDE = "Hier käme „decide-automatically“ an die Reihe, aber der Fall ist nicht klar genug dafür."


@dataclass(frozen=True, slots=True)
class Walk:
    """How a case goes its way: what the rules said, how it is delivered, decided and answered.

    `tasks` are the expected ones: where "answer" follows "decide" there, the clerk asks back instead of deciding.
    `said` may hold `agrees` (default true) for the opinion of a consulted unit.
    """

    clear: bool
    channel: str
    kind: str
    outcome: str
    tasks: Sequence[str] = ()
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Walked:
    """The user tasks in the order in which they waited, and why it went no further (empty when it came to its end)."""

    waited: tuple[Step, ...]
    problem: str
    end: str = ""


class _NotClear(Exception):
    pass


def walk(spec: ProcessSpec, way: Walk) -> Walked:
    """From the start to an end. Deadlines that only let time pass are waited for; messages arrive at once."""
    waited: list[Step] = []
    now = BEGIN
    try:
        state = engine.start(spec, {})
        while True:
            progress = engine.advance(spec, state, activities=_activities(way), now=now)
            if progress.ended:
                return Walked(tuple(waited), "", progress.outcome or "")
            task = next((one for one in progress.waiting if one.kind != "timer"), None)
            if task is None:
                moments = [one.due for one in progress.waiting if one.due is not None]
                now = max(min(moments), now) + timedelta(seconds=1)
                state = progress.state
                continue
            if task.kind == "user":
                waited.append(task.step)
            if len(waited) > MOST_TASKS:
                return Walked(tuple(waited), "Der Ablauf kommt zu keinem Ende.")
            data = _done(task.step.activity, way, waited)
            state = engine.complete(spec, progress.state, task_id=task.task_id, data=data, now=now)
    except _NotClear:
        return Walked(tuple(waited), CANNOT_DECIDE)
    except EngineRefusal as problem:
        return Walked(tuple(waited), problem.sentence)


def _activities(way: Walk) -> engine.Activities:
    def do(step: Step, data: dict[str, Any]) -> dict[str, Any]:
        if step.activity == "assess":
            return {"clear": way.clear, "electronic": way.channel == "electronic", "kind": way.kind}
        if step.activity == "decide-automatically":
            if not way.clear:
                raise _NotClear
            return {"outcome": "granted"}
        return {"asked": True} if step.activity == "ask-citizen" else {}

    return do


def _done(activity: str, way: Walk, waited: Sequence[Step]) -> dict[str, Any]:
    """What somebody enters who does the task."""
    if activity == "consult":
        return {"agrees": way.said.get("agrees", True) is True}
    if activity != "decide":
        return {}
    following = way.tasks[_place(way, waited) + 1 :]
    return {"outcome": "ask" if following[:1] == ["answer"] else way.outcome}


def _place(way: Walk, waited: Sequence[Step]) -> int:
    """Where the present task stands among the expected ones; tasks that were not expected do not count."""
    place = -1
    for step in waited:
        if step.activity in way.tasks[place + 1 : place + 2]:
            place += 1
    return place
