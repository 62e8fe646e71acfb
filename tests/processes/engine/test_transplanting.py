"""A running instance goes on in another version of its diagram, or the refusal names what stands against it."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtamt.processes.engine import (
    NotTransplantable,
    ProcessSpec,
    ProcessState,
    StateOfAnotherVersion,
    advance,
    complete,
    start,
    transplant,
)

from .diagrams import NOON, bpmn, flows, nothing, place, read, service, straight, timed, user
from .test_properties import BLOCKS, Drawn, activities

OLD = read(straight(service("assess") + user("decide"), "assess", "decide"))


def waits(spec: ProcessSpec, data: dict[str, Any] | None = None) -> ProcessState:
    return advance(spec, start(spec, data or {}), activities=nothing, now=NOON).state


def finish(spec: ProcessSpec, state: ProcessState, activities: Any = nothing) -> list[str]:
    """Complete whatever waits until the end; the steps gone."""
    gone: list[str] = []
    while True:
        progress = advance(spec, state, activities=activities, now=NOON, budget=2000)
        gone += [step.step_id for step in progress.done]
        if progress.ended:
            return gone
        state = complete(spec, progress.state, task_id=progress.waiting[0].task_id, data={}, now=NOON)


def fork(*branches: str, before: str = "") -> bytes:
    """start > (before) > fork > each branch > join > end."""
    ends = place("startEvent", "start") + place("endEvent", "end")
    gates = place("parallelGateway", "fork") + place("parallelGateway", "join")
    ways = [f"start>{before}", f"{before}>fork"] if before else ["start>fork"]
    ways += [way for key in branches for way in (f"fork>{key}", f"{key}>join")]
    parts = "".join(user(key) for key in (*branches, before) if key)
    return bpmn(ends + gates + parts + flows(*ways, "join>end"))


def test_a_waiting_task_goes_on_in_the_new_diagram() -> None:
    new = read(straight(service("assess") + user("decide") + service("tell"), "assess", "decide", "tell"))
    moved = transplant(OLD, new, waits(OLD, {"fee": 5}))
    assert moved.data == {"fee": 5}
    assert finish(new, moved) == ["decide", "tell", "end"]


def test_the_task_keeps_its_id() -> None:
    new = read(straight(user("decide") + service("tell"), "decide", "tell"))
    state = waits(OLD)
    before = advance(OLD, state, activities=nothing, now=NOON).waiting
    after = advance(new, transplant(OLD, new, state), activities=nothing, now=NOON).waiting
    assert before[0].task_id == after[0].task_id


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (straight(user("other"), "other"), "„decide“. Diesen Schritt gibt es im neuen Ablauf nicht"),
        (straight(service("decide"), "decide"), "ist im neuen Ablauf etwas anderes"),
        (straight(user("prepare") + user("decide"), "prepare", "decide"), "käme vorher „prepare“"),
        (fork("decide", "other"), "käme vorher|bliebe der Vorgang bei „join“ stehen"),
    ],
)
def test_the_refusal_names_the_step(new: bytes, words: str) -> None:
    with pytest.raises(NotTransplantable, match=words):
        transplant(OLD, read(new), waits(OLD))


def test_what_somebody_has_done_already_need_not_be_done_again() -> None:
    new = read(straight(user("prepare") + user("decide"), "prepare", "decide"))
    assert finish(new, transplant(OLD, new, waits(OLD), passed={"prepare"})) == ["decide", "end"]


def test_an_ended_instance_stays() -> None:
    only = read(straight(service("assess"), "assess"))
    with pytest.raises(NotTransplantable, match="zu Ende"):
        transplant(only, OLD, waits(only))


def test_a_state_of_a_third_version_is_refused() -> None:
    with pytest.raises(StateOfAnotherVersion):
        transplant(read(straight(user("decide"), "decide")), OLD, waits(OLD))


def test_both_branches_go_on_and_meet() -> None:
    old, new = read(fork("a", "b")), read(fork("b", "a"))
    assert Counter(finish(new, transplant(old, new, waits(old)))) == Counter(["a", "b", "join", "end"])


def test_a_branch_that_waits_at_the_join_is_counted_in_the_new_diagram() -> None:
    old, new = read(fork("a", "b")), read(fork("b", "a"))
    first = advance(old, waits(old), activities=nothing, now=NOON)
    state = complete(old, first.state, task_id=first.waiting[0].task_id, data={}, now=NOON)
    state = advance(old, state, activities=nothing, now=NOON).state
    assert len(finish(new, transplant(old, new, state))) == 3


def test_a_join_that_expects_a_third_branch_is_refused() -> None:
    old = read(fork("a", "b"))
    with pytest.raises(NotTransplantable, match="bliebe der Vorgang bei „join“ stehen"):
        transplant(old, read(fork("a", "b", "c")), waits(old))


def edged(wait: str = "P14D", extra: str = "", keys: tuple[str, ...] = ()) -> ProcessSpec:
    """decide with a deadline at its edge that leads to another end, and maybe more places before."""
    line = ["start", *keys, "decide", "end"]
    ways = [f"{one}>{two}" for one, two in itertools.pairwise(line)]
    body = place("startEvent", "start") + extra + user("decide") + place("endEvent", "end") + place("endEvent", "late")
    body += timed("boundaryEvent", "limit", wait, attachedToRef="decide")
    return read(bpmn(body + flows(*ways, "limit>late")))


def test_a_deadline_at_the_edge_keeps_its_moment_and_still_works() -> None:
    old, new = edged(), edged("P30D", service("assess"), ("assess",))
    moved = transplant(old, new, waits(old))
    timer = next(one for one in advance(new, moved, activities=nothing, now=NOON).waiting if one.kind == "timer")
    assert timer.due is not None
    assert (timer.due - NOON).days == 14
    assert advance(new, moved, activities=nothing, now=timer.due).outcome == "late"
    assert finish(new, moved) == ["decide", "end"]


def test_a_deadline_that_the_old_diagram_did_not_have_is_refused() -> None:
    old = read(straight(user("decide"), "decide"))
    with pytest.raises(NotTransplantable, match="andere Fristen"):
        transplant(old, edged(), waits(old))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BLOCKS, st.integers())
def test_going_to_and_fro_between_two_drawings_of_the_same_changes_nothing(block: Any, seed: int) -> None:
    """The second drawing has its elements in another order; every task is still done as often as it says."""
    drawn, chance = Drawn(), random.Random(seed)
    first, last = drawn.draw(block, 1)
    ends = [place("startEvent", "start"), place("endEvent", "end")]
    shuffled = chance.sample(drawn.parts, len(drawn.parts))
    ways = [f"start>{first}", *drawn.ways, f"{last}>end"]
    specs = [read(bpmn("".join(parts) + flows(*ways))) for parts in ([*ends, *drawn.parts], [*shuffled, *ends])]
    state, done, here = start(specs[0], drawn.data), Counter[str](), 0
    while True:
        progress = advance(specs[here], state, activities=activities, now=NOON, budget=2000)
        done.update(step.step_id for step in progress.done)
        if progress.ended:
            break
        state, there = progress.state, 1 - here
        if chance.random() < 0.7:
            state, here = transplant(specs[here], specs[there], state, passed=done.keys()), there
        task = chance.choice(progress.waiting).task_id
        state = complete(specs[here], state, task_id=task, data={}, now=NOON)
        if chance.random() < 0.3:
            state, here = transplant(specs[here], specs[1 - here], state, passed=done.keys()), 1 - here
    assert done["end"] == 1
    assert Counter({key: count for key, count in done.items() if key[0] in "su" and key != "start"}) == +drawn.expected


def drawn_spec(block: Any) -> tuple[ProcessSpec, dict[str, Any]]:
    drawn = Drawn()
    first, last = drawn.draw(block, 1)
    ends = place("startEvent", "start") + place("endEvent", "end")
    return read(bpmn(ends + "".join(drawn.parts) + flows(f"start>{first}", *drawn.ways, f"{last}>end"))), drawn.data


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BLOCKS, BLOCKS, st.integers(0, 3))
def test_whatever_is_let_into_a_quite_different_diagram_comes_to_an_end(one: Any, other: Any, tasks: int) -> None:
    """Random diagrams share the names of some places; a move is refused, or nothing gets stuck afterwards."""
    (old, data), (new, more) = drawn_spec(one), drawn_spec(other)
    progress = advance(old, start(old, data), activities=activities, now=NOON, budget=2000)
    for _ in range(tasks):
        if not progress.ended:
            state = complete(old, progress.state, task_id=progress.waiting[0].task_id, data={}, now=NOON)
            progress = advance(old, state, activities=activities, now=NOON, budget=2000)
    passed = {node.id for node in old.nodes}
    if progress.ended:
        return
    try:
        moved = transplant(old, new, progress.state, passed=passed)
    except NotTransplantable:
        return
    # What a skipped step would have counted is given here; a process without it would stop and say so.
    known = {f"ns{number}": 0 for number in range(60)} | more
    moved = ProcessState(json.dumps(json.loads(moved.text) | {"data": known}))
    assert finish(new, moved, activities)[-1] == "end"
