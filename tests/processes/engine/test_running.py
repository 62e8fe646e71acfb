"""A process on its way: order, data, waiting, circles, branches, and the state as text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stadtamt.processes.engine import (
    DataNotPlain,
    NoWayOut,
    ProcessOverrun,
    ProcessState,
    ProcessStuck,
    StateOfAnotherVersion,
    Step,
    TaskNotWaiting,
    advance,
    complete,
    start,
)

from .diagrams import NOON, bpmn, flows, nothing, place, read, service, straight, user

START, END = place("startEvent", "start"), place("endEvent", "end")
FORK, JOIN = place("parallelGateway", "fork"), place("parallelGateway", "join")


def run(xml: bytes, data: dict[str, Any] | None = None, activities: Any = nothing, **options: Any) -> Any:
    spec = read(xml)
    return advance(spec, start(spec, data or {}), activities=activities, now=NOON, **options)


def test_a_service_task_calls_its_activity_and_its_answer_joins_the_data() -> None:
    seen: list[tuple[str, dict[str, Any]]] = []

    def activities(step: Step, data: dict[str, Any]) -> dict[str, Any]:
        seen.append((step.activity, data))
        return {"clear": True}

    progress = run(straight(service("t"), "t"), {"dog": "Bello"}, activities)
    assert seen == [("assess", {"dog": "Bello"})]
    assert progress.state.data == {"dog": "Bello", "clear": True}
    assert (progress.ended, progress.outcome) == (True, "end")
    assert [(step.step_id, step.at) for step in progress.done] == [("start", NOON), ("t", NOON), ("end", NOON)]


def test_an_activity_cannot_change_the_data_behind_the_back_of_the_process() -> None:
    def activities(step: Step, data: dict[str, Any]) -> dict[str, Any]:
        data["list"].append("smuggled")
        return {}

    assert run(straight(service("t"), "t"), {"list": []}, activities).state.data == {"list": []}


@pytest.mark.parametrize(
    "given", [{"x": object}, {"x": float("nan")}, {1: "x"}, {"x": {2: 3}}, ["x"], {"x": NOON}, {"x": 10**40}], ids=str
)
def test_only_json_enters_the_process_data(given: Any) -> None:
    with pytest.raises(DataNotPlain):
        run(straight(service("t"), "t"), {}, lambda step, data: given)


def test_data_that_are_too_deep_are_refused_and_do_not_break_the_engine() -> None:
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"x": deep}
    with pytest.raises(DataNotPlain):
        run(straight(service("t"), "t"), {}, lambda step, data: deep)


def test_an_exception_of_an_activity_passes_unchanged_and_the_state_can_be_tried_again() -> None:
    spec = read(straight(service("t"), "t"))
    state = start(spec, {})
    before = state.text

    def broken(step: Step, data: dict[str, Any]) -> dict[str, Any]:
        raise KeyError("database gone")

    with pytest.raises(KeyError, match="database gone"):
        advance(spec, state, activities=broken, now=NOON)
    assert state.text == before
    assert advance(spec, state, activities=nothing, now=NOON).ended


def test_a_user_task_waits_until_it_is_completed_with_its_data() -> None:
    spec = read(straight(user("t"), "t"))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    (waiting,) = progress.waiting
    assert (waiting.kind, waiting.step.id, waiting.step.activity, progress.ended) == ("user", "t", "decide", False)
    state = complete(spec, progress.state, task_id=waiting.task_id, data={"outcome": "granted"}, now=NOON)
    after = advance(spec, state, activities=nothing, now=NOON)
    assert after.state.data == {"outcome": "granted"}
    assert [step.step_id for step in after.done] == ["t", "end"]


def test_advancing_a_waiting_process_changes_nothing() -> None:
    spec = read(straight(user("t"), "t"))
    once = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    twice = advance(spec, once.state, activities=nothing, now=NOON)
    assert (twice.waiting, twice.done, twice.state) == (once.waiting, [], once.state)


@pytest.mark.parametrize("wrong", ["", "unknown", "00000000000000000000000000000000"])
def test_an_unknown_task_is_not_completed(wrong: str) -> None:
    progress = run(straight(user("t"), "t"))
    with pytest.raises(TaskNotWaiting, match="wartet nicht mehr"):
        complete(read(straight(user("t"), "t")), progress.state, task_id=wrong, data={}, now=NOON)


def test_a_task_is_completed_once_only() -> None:
    spec = read(straight(user("t"), "t"))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    key = progress.waiting[0].task_id
    state = complete(spec, progress.state, task_id=key, data={}, now=NOON)
    with pytest.raises(TaskNotWaiting):
        complete(spec, state, task_id=key, data={}, now=NOON)


def test_the_citizens_answer_is_awaited_as_a_message() -> None:
    catch = place("intermediateCatchEvent", "m", inside="<bpmn:messageEventDefinition/>")
    for middle in (catch, place("receiveTask", "m")):
        spec = read(straight(middle, "m"))
        progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
        assert [waiting.kind for waiting in progress.waiting] == ["message"]
        key = progress.waiting[0].task_id
        state = complete(spec, progress.state, task_id=key, data={"answer": "42"}, now=NOON)
        assert advance(spec, state, activities=nothing, now=NOON).ended


CHOICE = (
    START
    + place("endEvent", "yes")
    + place("endEvent", "no")
    + place("exclusiveGateway", "g", default="g-no")
    + flows("start>g", "g>yes if clear = true", "g>no")
)


@pytest.mark.parametrize(("data", "end"), [({"clear": True}, "yes"), ({"clear": "true"}, "no"), ({}, "no")])
def test_a_gateway_takes_the_way_whose_condition_is_true_and_else_the_default(data: dict[str, Any], end: str) -> None:
    assert run(bpmn(CHOICE), data).outcome == end


def test_of_two_true_conditions_the_first_written_wins() -> None:
    body = START + place("endEvent", "a") + place("endEvent", "b") + place("exclusiveGateway", "g")
    assert run(bpmn(body + flows("start>g", "g>b if 1 = 1", "g>a if 1 = 1"))).outcome == "b"


def test_a_gateway_without_a_true_condition_says_so() -> None:
    body = START + END + place("exclusiveGateway", "g") + flows("start>g", "g>end if x = 1")
    with pytest.raises(NoWayOut, match="Verzweigung „g“"):
        run(bpmn(body))


def test_an_endless_circle_is_stopped_by_the_budget() -> None:
    gate = place("exclusiveGateway", "g", default="g-end")
    body = START + END + gate + service("a") + flows("start>a", "a>g", "g>a if 1 = 1", "g>end")
    with pytest.raises(ProcessOverrun, match="200 Schritten"):
        run(bpmn(body))


def test_a_budget_that_is_just_enough_is_enough() -> None:
    assert run(straight(service("a") + service("b"), "a", "b"), budget=5).ended
    with pytest.raises(ProcessOverrun):
        run(straight(service("a") + service("b"), "a", "b"), budget=4)


def test_parallel_branches_meet_before_it_goes_on() -> None:
    ways = flows("start>fork", "fork>a", "fork>b", "a>join", "b>join", "join>c", "c>end")
    spec = read(bpmn(START + END + FORK + JOIN + user("a") + user("b") + service("c") + ways))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    assert [waiting.step.id for waiting in progress.waiting] == ["a", "b"]
    for left in (["b"], []):
        key = progress.waiting[0].task_id
        state = complete(spec, progress.state, task_id=key, data={}, now=NOON)
        progress = advance(spec, state, activities=nothing, now=NOON)
        assert [waiting.step.id for waiting in progress.waiting] == left
    assert progress.ended
    assert [step.step_id for step in progress.done].count("c") == 1


def test_a_branch_does_not_overwrite_what_the_other_has_just_learnt() -> None:
    ways = flows("start>fork", "fork>a", "fork>b", "a>join", "b>join", "join>end")
    body = START + END + FORK + JOIN + service("a", "set-x") + service("b", "leave-x") + ways
    progress = run(bpmn(body), {"x": 1}, lambda step, data: {"x": 2} if step.activity == "set-x" else {})
    assert progress.state.data == {"x": 2}


def test_a_join_that_can_never_be_complete_is_reported_not_hidden() -> None:
    gate = place("exclusiveGateway", "g", default="g-b")
    ways = flows("start>g", "g>a if x", "g>b", "a>join", "b>join", "join>end")
    with pytest.raises(ProcessStuck, match="kommt nicht weiter"):
        run(bpmn(START + END + gate + JOIN + service("a") + service("b") + ways))


@pytest.mark.parametrize("name", ["Start", "End", "Root", "process.EndJoin", "n:0", "t:split", "__class__"])
def test_ids_that_the_engine_uses_itself_do_not_collide(name: str) -> None:
    progress = run(straight(service(name), name))
    assert [step.step_id for step in progress.done] == ["start", name, "end"]


def test_a_state_of_another_version_is_not_continued() -> None:
    progress = run(straight(user("t"), "t"))
    with pytest.raises(StateOfAnotherVersion):
        advance(read(straight(user("other"), "other")), progress.state, activities=nothing, now=NOON)


def test_hundreds_of_ways_back_leave_no_trail_in_the_state() -> None:
    gate = place("exclusiveGateway", "g", default="g-end")
    body = START + END + gate + user("a") + service("b") + flows("start>a", "a>b", "b>g", "g>a if again", "g>end")
    spec = read(bpmn(body))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    sizes = []
    for turn in range(400):
        key = progress.waiting[0].task_id
        state = complete(spec, progress.state, task_id=key, data={"again": turn < 399}, now=NOON)
        progress = advance(spec, state, activities=nothing, now=NOON)
        sizes.append(len(progress.state.text))
    assert progress.ended
    assert max(sizes) < 600


def test_parallel_work_inside_a_way_back_leaves_no_trail_and_meets_every_time() -> None:
    enter, gate = place("exclusiveGateway", "e"), place("exclusiveGateway", "g", default="g-end")
    ways = flows("start>e", "e>fork", "fork>a", "fork>b", "a>join", "b>join", "join>g", "g>e if again", "g>end")
    spec = read(bpmn(START + END + enter + gate + FORK + JOIN + user("a") + user("b") + ways))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    for turn in range(200):
        for place_in_list in (turn % 2, 0):  # each branch is now the first, now the last to arrive
            key = progress.waiting[place_in_list].task_id
            state = complete(spec, progress.state, task_id=key, data={"again": turn < 199}, now=NOON)
            progress = advance(spec, state, activities=nothing, now=NOON)
        assert len(progress.waiting) == (2 if turn < 199 else 0)
        assert len(progress.state.text) < 700
    assert progress.ended


def test_the_state_is_text_without_the_spec() -> None:
    progress = run(straight(user("t"), "t"), {"dog": "Bello"})
    assert json.loads(progress.state.text)["data"] == {"dog": "Bello"}
    assert ProcessState(progress.state.text) == progress.state
    assert len(progress.state.text) < 500
