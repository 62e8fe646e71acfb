"""A case: opened once for a submission, moved with its times noted, closed for good."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from stadtamt.cases import actions, queries
from stadtamt.cases.errors import CaseClosed, NoSuchCase
from stadtamt.cases.models import Case, State, StateChange
from stadtamt.kernel import clock
from stadtamt.kernel.ids import new_id
from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import within
from support.cases import begin, send


def test_a_case_has_number_state_person_unit_and_deadline(konstanz: Municipality) -> None:
    with within(konstanz):
        case = send()
        assert re.fullmatch(r"2026-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", case.number)
        assert case.person.full_name == "Anna Müller"
        assert case.person.address_lines == ["Anna Müller", "Hafenstraße 7a", "78462 Konstanz"]
        assert case.due_on == clock.today() + timedelta(days=case.service.processing_days)
        assert case.unit == case.service.unit
        assert [(change.before, change.after) for change in case.changes.all()] == [("", "received")]


def test_the_numbers_of_two_cases_tell_nothing_about_each_other(konstanz: Municipality) -> None:
    with within(konstanz):
        numbers = {send().number[5:] for _ in range(3)}
        assert len(numbers) == 3


def test_a_number_that_is_taken_is_drawn_again(konstanz: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["AAAA-AAAA", "AAAA-AAAA", "BBBB-BBBB"])
    monkeypatch.setattr("stadtamt.cases.actions.readable_code", lambda: next(drawn))
    with within(konstanz):
        assert [send().number, send().number] == ["2026-AAAA-AAAA", "2026-BBBB-BBBB"]


def test_a_case_is_found_by_the_link_of_its_draft_only(konstanz: Municipality, hattenhofen: Municipality) -> None:
    with within(konstanz):
        _, token = begin()
        with pytest.raises(NoSuchCase):
            queries.case_by_token(token)
        with pytest.raises(NoSuchCase):
            queries.case_by_id(new_id())
        case = send()
    with within(hattenhofen), pytest.raises(NoSuchCase):
        queries.case_by_id(case.pk)


def test_every_move_notes_its_time(konstanz: Municipality) -> None:
    with within(konstanz):
        case = send()
        with clock.stopped_at(clock.now() + timedelta(hours=2)):
            actions.move_case(case=case, state=State.IN_REVIEW)
        change = StateChange.objects.get(after="in_review")
        assert change.before == "received"
        assert change.at - case.opened_at == timedelta(hours=2)


def test_moving_to_where_it_stands_does_nothing(konstanz: Municipality) -> None:
    with within(konstanz):
        case = send()
        actions.move_case(case=case, state=State.RECEIVED)
        assert StateChange.objects.count() == 1
    with within(konstanz):
        assert not AuditEntry.objects.filter(action="case.moved").exists()


@pytest.mark.parametrize("state", [State.RECEIVED, State.IN_REVIEW, State.WAITING, State.DECIDED])
def test_a_closed_case_stays_closed(konstanz: Municipality, state: State) -> None:
    with within(konstanz):
        case = send()
        actions.move_case(case=case, state=State.CLOSED)
        assert Case.objects.get().closed_at == clock.now()
        with pytest.raises(CaseClosed):
            actions.move_case(case=case, state=state)
        assert Case.objects.get().state == "closed"


@pytest.mark.parametrize(
    ("query", "found"), [("Müller", 1), ("müll", 1), ("anna müller", 1), ("2026-", 1), ("", 1), ("Meier", 0), ("%", 0)]
)
def test_cases_are_found_by_name_and_number(konstanz: Municipality, query: str, found: int) -> None:
    with within(konstanz):
        send()
        assert queries.find_cases(query).count() == found
