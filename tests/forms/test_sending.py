"""Sending: acknowledged once, never lost, never doubled, whoever presses how often."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from stadtamt.cases.models import Case
from stadtamt.forms.actions import begin_draft
from stadtamt.forms.errors import NoSuchDraft
from stadtamt.forms.models import Submission
from stadtamt.forms.queries import draft_by_token, submission_by_token
from stadtamt.kernel import audit
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.processes.actions import Receipt, start_for
from stadtamt.processes.models import Run
from support.cases import filled


def counts() -> tuple[int, int, int]:
    return Submission.objects.count(), Case.objects.count(), Run.objects.count()


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return int(cursor.fetchone()[0])


def together(work: Callable[[], Any], times: int) -> list[Any]:
    """Do the same thing in several threads at once; gives results and exceptions."""
    start, results = threading.Barrier(times, timeout=20), []

    def run() -> None:
        try:
            start.wait()
            results.append(work())
        except Exception as problem:  # told by the test
            results.append(problem)
        finally:
            connection.close()

    # Each thread sees the standing clock of the test.
    threads = [threading.Thread(target=contextvars.copy_context().run, args=[run]) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_sending_makes_one_of_each(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, token = filled()
        receipt = start_for(token=token, revision=draft.revision)
        assert not receipt.repeated
        assert counts() == (1, 1, 1)
    assert jobs() == 1


def test_sending_again_gives_the_same_receipt(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, token = filled()
        first = start_for(token=token, revision=draft.revision)
        for revision in (draft.revision, 0, -1):
            again = start_for(token=token, revision=revision)
            assert again == Receipt(first.case, repeated=True)
        assert counts() == (1, 1, 1)
    assert jobs() == 1


def test_two_presses_at_once_make_one_case(committed: None) -> None:
    town = Municipality.objects.get(name="Konstanz")
    with within(town):
        draft, token = filled()

    def press() -> Receipt:
        with within(town):
            return start_for(token=token, revision=draft.revision)

    receipts = together(press, 4)
    assert all(isinstance(receipt, Receipt) for receipt in receipts), receipts
    assert len({receipt.case.pk for receipt in receipts}) == 1
    assert sorted(receipt.repeated for receipt in receipts) == [False, True, True, True]
    with within(town):
        assert counts() == (1, 1, 1)
        assert audit.verify() is None
    assert jobs() == 1


def test_many_people_send_at_once(committed: None) -> None:
    """Nobody waits for another one's number, and every number is its own."""
    town = Municipality.objects.get(name="Konstanz")
    with within(town):
        drafts = [filled() for _ in range(6)]
    waiting = list(drafts)

    def press() -> str:
        draft, token = waiting.pop()
        with within(town):
            return start_for(token=token, revision=draft.revision).case.number

    numbers = together(press, 6)
    assert len({str(number) for number in numbers}) == 6
    with within(town):
        assert counts() == (6, 6, 6)
        assert audit.verify() is None
    assert jobs() == 6


@pytest.mark.parametrize(
    "place",
    ["stadtamt.processes.actions.open_case", "stadtamt.processes.engine.start", "stadtamt.kernel.jobs.Job.enqueue"],
)
def test_a_failure_anywhere_leaves_nothing_behind(committed: None, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    town = Municipality.objects.get(name="Konstanz")
    with within(town):
        draft, token = filled()
    with monkeypatch.context() as broken:

        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("unplugged")

        broken.setattr(place, fail)
        with pytest.raises(RuntimeError, match="unplugged"), within(town):
            start_for(token=token, revision=draft.revision)
    with within(town):
        assert counts() == (0, 0, 0)
        assert not start_for(token=token, revision=draft.revision).repeated
    assert jobs() == 1


def test_answers_of_an_earlier_application_begin_a_new_one(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, token = filled()
        start_for(token=token, revision=draft.revision)
        sent = submission_by_token(token)
        again, code = begin_draft(service=sent.draft.service, earlier=sent)
        assert again.answers["halter"] == sent.answers["halter"]
        assert draft_by_token(code).pk == again.pk != sent.draft_id


def test_what_was_not_sent_is_used_for_nothing(konstanz: Municipality) -> None:
    with within(konstanz):
        _, token = filled()
        with pytest.raises(NoSuchDraft):
            submission_by_token(token)
