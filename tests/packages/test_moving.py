"""Running cases end under the edition they began with, or go over to a newer one deliberately."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from stadtamt.cases.models import Case
from stadtamt.decisions.actions import decide
from stadtamt.decisions.models import Decision
from stadtamt.kernel import audit
from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import install
from stadtamt.packages.errors import NotInstalled
from stadtamt.packages.format.files import checked
from stadtamt.packages.models import Installation
from stadtamt.packages.moving import Move, move_cases, plan_move, running_cases
from stadtamt.packages.updating import update
from stadtamt.payments.models import Claim
from stadtamt.processes.actions import advance, start_for
from stadtamt.processes.errors import MovedMeanwhile, TaskDone
from stadtamt.processes.models import Run
from support.cases import task_of
from support.jobs import work_off
from support.life_package import KEY, begin, life_files, next_version, running, with_step_before
from support.small_package import town_layer
from support.staff import lay_clerk

CLERK = audit.Actor("staff", "1", "Jana Beispiel")


def began_and_updated(times: int = 1, files: Any = None) -> list[Case]:
    """Cases under 1.0.0 that wait for their decision, and 1.1.0 in force; inside the town."""
    install(files=life_files(), layer=town_layer({"fee": 2000}))
    cases = [running() for _ in range(times)]
    update(key=KEY, files=files or next_version())
    return cases


def edition() -> str:
    return Installation.objects.get(key=KEY).edition


def test_a_case_ends_under_the_edition_with_which_it_began(konstanz: Municipality) -> None:
    with within(konstanz):
        (case,) = began_and_updated()
        decide(task=task_of(case, "decide"), outcome="granted", grounds="", staff=lay_clerk(konstanz))
        work_off()
        assert Claim.objects.get(case=case).amount_cents == 4000
        assert Run.objects.get(case=case).process.edition == Case.objects.get(pk=case.pk).edition != edition()


def test_the_plan_says_what_would_change_and_changes_nothing(konstanz: Municipality) -> None:
    with within(konstanz):
        (case,) = began_and_updated()
        (move,) = plan_move(package=KEY)
        assert (move.number, move.allowed, move.before, move.after) == (case.number, True, 4000, 4500)
        assert move.skipped == ("Machen Sie Musik?",)
        assert Case.objects.get(pk=case.pk).edition == case.edition


def test_a_moved_case_ends_under_the_new_edition(konstanz: Municipality) -> None:
    with within(konstanz):
        (case,) = began_and_updated()
        (move,) = move_cases(package=KEY, actor=CLERK)
        assert move.allowed
        decide(task=task_of(case, "decide"), outcome="granted", grounds="", staff=lay_clerk(konstanz))
        work_off()
        assert Claim.objects.get(case=case).amount_cents == 4500
        assert Run.objects.get(case=case).process.edition == Case.objects.get(pk=case.pk).edition == edition()
    with within(konstanz):
        entry = AuditEntry.objects.get(action="case.moved_edition")
        assert (entry.actor_name, entry.data["after"]) == (CLERK.name, edition())


def test_of_several_cases_only_the_named_go(konstanz: Municipality) -> None:
    with within(konstanz):
        cases = began_and_updated(3)
        move_cases(package=KEY, cases=[cases[1].pk], actor=CLERK)
        assert running_cases(KEY) == {cases[0].edition: 2, edition(): 1}
        assert [move.number for move in move_cases(package=KEY, actor=CLERK)] == [cases[0].number, cases[2].number]


def test_work_that_the_new_diagram_wants_first_keeps_the_case_where_it_is(konstanz: Municipality) -> None:
    with within(konstanz):
        (case,) = began_and_updated(files=with_step_before(next_version()))
        (move,) = move_cases(package=KEY, actor=CLERK)
        assert "Vorprüfen" in move.refusal
        assert Case.objects.get(pk=case.pk).edition == case.edition


def test_a_step_that_is_gone_keeps_the_case_where_it_is(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=with_step_before(life_files()), layer=town_layer())
        running()
        update(key=KEY, files=next_version())
        (move,) = plan_move(package=KEY)
        assert move.refusal == "Der Vorgang steht bei „Vorprüfen“. Diesen Schritt gibt es im neuen Ablauf nicht."


def test_a_decided_case_stays(konstanz: Municipality) -> None:
    with within(konstanz):
        (case,) = began_and_updated()
        decide(task=task_of(case, "decide"), outcome="granted", grounds="", staff=lay_clerk(konstanz))
        (move,) = move_cases(package=KEY, actor=CLERK)
        assert move.refusal == "Der Vorgang ist schon entschieden."


def test_a_case_that_is_there_already_stays(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=life_files(), layer=town_layer())
        case = running()
        assert plan_move(package=KEY) == []
        assert "schon unter dieser Fassung" in plan_move(package=KEY, cases=[case.pk])[0].refusal


def test_a_diagram_that_cannot_be_read_is_no_way(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=life_files(), layer=town_layer())
        with pytest.raises(NotInstalled):
            plan_move(package=KEY, to="9.9.9+000000000000")


def test_cases_of_another_town_are_not_moved(konstanz: Municipality, hattenhofen: Municipality) -> None:
    with within(konstanz):
        (case,) = began_and_updated()
    with within(hattenhofen):
        install(files=checked(dict(next_version())), layer=town_layer())
        assert move_cases(package=KEY, actor=CLERK) == []
        assert move_cases(package=KEY, cases=[case.pk], actor=CLERK) == []


def at_once(town: Municipality, *deeds: Callable[[], Any]) -> list[Any]:
    """Each deed in a thread and a transaction of its own, all at once; results and exceptions in their order."""
    gate, results = threading.Barrier(len(deeds), timeout=20), [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        try:
            gate.wait()
            with within(town):
                results[place] = deed()
        except Exception as problem:  # told by the test
            results[place] = problem  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [
        threading.Thread(target=contextvars.copy_context().run, args=[run, place, deed])
        for place, deed in enumerate(deeds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def agree(case: Case) -> None:
    """Case and run are of one edition."""
    found = Case.objects.get(pk=case.pk)
    assert Run.objects.get(case=found).process.edition == found.edition


@pytest.mark.parametrize("attempt", range(6))
def test_moving_and_deciding_at_once_never_mixes_editions(committed: None, attempt: int) -> None:
    town = Municipality.objects.get(name="Konstanz")
    clerk = lay_clerk(town)
    with within(town):
        install(files=life_files(), layer=town_layer({"fee": 2000}))
        draft, token = begin()
        case = start_for(token=token, revision=draft.revision).case
    work_off()
    with within(town):
        update(key=KEY, files=next_version())

    def deciding() -> Decision:
        return decide(task=task_of(case, "decide"), outcome="granted", grounds="", staff=clerk)

    moved, decided = at_once(town, lambda: move_cases(package=KEY, cases=[case.pk], actor=CLERK)[0], deciding)
    assert isinstance(moved, Move)
    with within(town):
        agree(case)
        if isinstance(decided, Decision):
            assert decided.assessment["total_cents"] == (4500 if moved.allowed else 4000)
        else:
            assert isinstance(decided, MovedMeanwhile | TaskDone)
            assert moved.allowed


@pytest.mark.parametrize("attempt", range(4))
def test_moving_while_the_process_moves_never_mixes_editions(committed: None, attempt: int) -> None:
    town = Municipality.objects.get(name="Konstanz")
    with within(town):
        install(files=life_files(), layer=town_layer({"fee": 2000}))
        draft, token = begin()
        case = start_for(token=token, revision=draft.revision).case
        run = Run.objects.get(case=case)
    with within(town):
        update(key=KEY, files=next_version())
    results = at_once(
        town,
        lambda: move_cases(package=KEY, actor=CLERK),
        lambda: advance(run_id=run.pk),
        lambda: plan_move(package=KEY),
    )
    assert not [one for one in results if isinstance(one, Exception)]
    work_off()
    with within(town):
        agree(case)
        assert task_of(case, "decide")
