"""The one list of activities and what the stations registered are the same."""

from __future__ import annotations

from stadtamt.processes.actions import CITIZEN_TASKS
from stadtamt.processes.activities import KNOWN
from stadtamt.processes.ports import USER_TASKS, activities


def test_what_happens_by_itself_is_what_was_registered() -> None:
    assert {name for name, one in KNOWN.items() if one.kind == "service"} == set(activities)


def test_what_people_do_is_what_they_have_pages_for() -> None:
    assert {name for name, one in KNOWN.items() if one.kind == "user"} == set(USER_TASKS)
    assert {name for name, one in KNOWN.items() if one.citizen} == set(CITIZEN_TASKS)
