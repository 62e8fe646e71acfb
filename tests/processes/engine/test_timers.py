"""Timers fire by the clock that is handed in, never by the one on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from stadtamt.processes.engine import TaskNotWaiting, TimerUnclear, advance, complete, start
from stadtamt.processes.engine.timers import after, instant

from .diagrams import NOON, bpmn, flows, nothing, place, read, straight, timed, user


def test_a_timer_tells_when_it_is_due_and_fires_not_before() -> None:
    spec = read(straight(timed("intermediateCatchEvent", "w", "P14D"), "w"))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    (waiting,) = progress.waiting
    assert (waiting.kind, waiting.due) == ("timer", NOON + timedelta(days=14))
    early = advance(spec, progress.state, activities=nothing, now=NOON + timedelta(days=14, seconds=-1))
    assert early.waiting == progress.waiting
    late = advance(spec, early.state, activities=nothing, now=NOON + timedelta(days=14))
    assert (late.ended, [step.step_id for step in late.done]) == (True, ["w", "end"])


def test_a_timer_waits_for_nobody_to_complete_it() -> None:
    spec = read(straight(timed("intermediateCatchEvent", "w", "P14D"), "w"))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    with pytest.raises(TaskNotWaiting):
        complete(spec, progress.state, task_id=progress.waiting[0].task_id, data={}, now=NOON)


def test_a_long_past_clock_does_not_fire_a_timer() -> None:
    past = datetime(1999, 1, 1, tzinfo=UTC)
    spec = read(straight(timed("intermediateCatchEvent", "w", "PT1S"), "w"))
    progress = advance(spec, start(spec, {}), activities=nothing, now=past)
    assert not advance(spec, progress.state, activities=nothing, now=past).ended


def edge(interrupting: str, wait: str = "P30D") -> bytes:
    event = timed("boundaryEvent", "late", wait, attachedToRef="t", cancelActivity=interrupting)
    body = place("startEvent", "start") + user("t") + event + place("endEvent", "end") + place("endEvent", "too-late")
    return bpmn(body + flows("start>t", "t>end", "late>too-late"))


def test_an_interrupting_deadline_takes_the_task_away() -> None:
    spec = read(edge("true"))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    assert [(waiting.step.id, waiting.kind) for waiting in progress.waiting] == [("t", "user"), ("late", "timer")]
    after_it = advance(spec, progress.state, activities=nothing, now=NOON + timedelta(days=30))
    assert (after_it.ended, after_it.outcome) == (True, "too-late")
    with pytest.raises(TaskNotWaiting):
        complete(spec, after_it.state, task_id=progress.waiting[0].task_id, data={}, now=NOON)


def test_a_task_done_in_time_takes_its_deadline_away() -> None:
    spec = read(edge("true"))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    state = complete(spec, progress.state, task_id=progress.waiting[0].task_id, data={}, now=NOON)
    done = advance(spec, state, activities=nothing, now=NOON + timedelta(days=99))
    assert (done.ended, done.outcome, done.waiting) == (True, "end", [])


def test_a_reminder_leaves_the_task_waiting() -> None:
    spec = read(edge("false"))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    reminded = advance(spec, progress.state, activities=nothing, now=NOON + timedelta(days=31))
    assert [waiting.step.id for waiting in reminded.waiting] == ["t"]
    assert [step.step_id for step in reminded.done] == ["late", "too-late"]
    state = complete(spec, reminded.state, task_id=reminded.waiting[0].task_id, data={}, now=NOON)
    assert advance(spec, state, activities=nothing, now=NOON).outcome == "end"


def test_a_deadline_may_come_from_the_data() -> None:
    spec = read(straight(timed("intermediateCatchEvent", "w", "=period"), "w"))
    progress = advance(spec, start(spec, {"period": "P1M"}), activities=nothing, now=NOON)
    assert progress.waiting[0].due == datetime(2026, 6, 4, 10, tzinfo=UTC)


def test_a_deadline_that_gives_no_moment_says_so() -> None:
    spec = read(straight(timed("intermediateCatchEvent", "w", "=period"), "w"))
    with pytest.raises(TimerUnclear, match="period"):
        advance(spec, start(spec, {"period": "bald"}), activities=nothing, now=NOON)


@pytest.mark.parametrize(
    ("since", "duration", "then"),
    [
        ("2026-01-31T12:00Z", "P1M", "2026-02-28T12:00Z"),
        ("2026-03-28T12:00Z", "P1D", "2026-03-29T11:00Z"),
        ("2026-03-28T12:00Z", "PT24H", "2026-03-29T12:00Z"),
        ("2026-10-25T00:30Z", "PT1H", "2026-10-25T01:30Z"),
        ("2026-05-04T10:00Z", "P1Y2M3W4DT5H6M7S", "2027-07-29T15:06:07Z"),
        ("2026-05-04T10:00Z", "P0D", "2026-05-04T10:00Z"),
    ],
)
def test_days_follow_the_calendar_and_hours_the_clock(since: str, duration: str, then: str) -> None:
    assert after(duration, datetime.fromisoformat(since)) == datetime.fromisoformat(then)


def test_a_date_begins_with_its_first_moment_in_legal_time() -> None:
    assert instant("2026-05-09") == datetime(2026, 5, 8, 22, tzinfo=UTC)
    assert instant("2026-12-09T08:00:00") == datetime(2026, 12, 9, 7, tzinfo=UTC)


@pytest.mark.parametrize("wrong", ["", "P", "PT", "P1", "1D", "P1H", "PT1D", "-P1D", "P1.5D", "P1D P1D"])
def test_what_is_no_duration_is_none(wrong: str) -> None:
    assert after(wrong, NOON) is None


def test_a_task_with_a_deadline_can_be_reached_again_and_again() -> None:
    event = timed("boundaryEvent", "late", "PT24H", attachedToRef="t")
    body = place("startEvent", "start") + user("t") + event + place("endEvent", "end")
    spec = read(bpmn(body + flows("start>t", "t>end", "late>t")))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    for day in range(1, 300):
        progress = advance(spec, progress.state, activities=nothing, now=NOON + timedelta(days=day))
        assert [waiting.step.id for waiting in progress.waiting] == ["t", "late"]
        assert progress.waiting[1].due == NOON + timedelta(days=day + 1)
        assert len(progress.state.text) < 700
    key = progress.waiting[0].task_id
    assert advance(
        spec, complete(spec, progress.state, task_id=key, data={}, now=NOON), activities=nothing, now=NOON
    ).ended


def test_after_several_reminders_the_finished_task_still_takes_its_last_deadline_away() -> None:
    waits = {"first": "P1D", "second": "P2D", "third": "P3D", "last": "P30D"}
    events = "".join(
        timed("boundaryEvent", key, wait, attachedToRef="t", cancelActivity="true" if key == "last" else "false")
        for key, wait in waits.items()
    )
    body = place("startEvent", "start") + user("t") + events + place("endEvent", "end")
    spec = read(bpmn(body + flows("start>t", "t>end", *(f"{key}>end" for key in waits))))
    progress = advance(spec, start(spec, {}), activities=nothing, now=NOON)
    for day in (1, 2, 3):
        progress = advance(spec, progress.state, activities=nothing, now=NOON + timedelta(days=day))
    assert [waiting.step.id for waiting in progress.waiting] == ["t", "last"]
    state = complete(spec, progress.state, task_id=progress.waiting[0].task_id, data={}, now=NOON)
    ended = advance(spec, state, activities=nothing, now=NOON)
    assert (ended.ended, ended.waiting) == (True, [])
