"""Background jobs: they exist if and only if their deed does, and a failed attempt leaves nothing but a note."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from procrastinate import exceptions as queue_errors
from procrastinate.contrib.django import app as queue

from stadtamt.citizens.models import Person
from stadtamt.kernel import audit, clock, jobs
from stadtamt.kernel.jobs import job
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import NoMunicipality, current, within

Admin = Callable[..., list[tuple[Any, ...]]]
runs: list[tuple[str, str]] = []


def _note(problem: Exception, arguments: dict[str, str]) -> None:
    Person.objects.create(given_name="Notiz", family_name=f"{type(problem).__name__} {arguments['word']}")


@job("tests.note", on_trouble=_note)
def note(word: str) -> None:
    """Writes a person; fails afterwards when told so."""
    Person.objects.create(given_name=word, family_name="Auftrag")
    runs.append((current().name, word))
    if word == "broken":
        raise RuntimeError
    if word == "unplugged":
        raise OperationalError


@pytest.fixture
def town(committed: None) -> Municipality:
    runs.clear()
    return Municipality.objects.get(name="Konstanz")


@pytest.fixture(scope="module", autouse=True)
def _forget_the_job() -> Iterator[None]:
    yield
    queue.tasks.pop("tests.note")


def waiting() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, args->>'word', attempts FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def people(town: Municipality) -> list[str]:
    with within(town):
        return sorted(str(person) for person in Person.objects.all())


def test_a_job_exists_when_its_deed_is_committed(town: Municipality) -> None:
    with within(town):
        note.enqueue(word="one")
    assert waiting() == [("todo", "one", 0)]
    jobs.run_waiting()
    assert runs == [("Konstanz", "one")]
    assert people(town) == ["one Auftrag"]


def test_a_job_vanishes_with_its_deed(town: Municipality) -> None:
    with pytest.raises(RuntimeError), within(town):
        note.enqueue(word="one")
        raise RuntimeError
    assert waiting() == []


def test_a_job_is_not_seen_before_its_deed_is_committed(town: Municipality, admin: Admin) -> None:
    with within(town):
        note.enqueue(word="one")
        assert admin("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    assert admin("SELECT count(*) FROM procrastinate_jobs") == [(1,)]


def test_a_job_needs_a_town(town: Municipality) -> None:
    with pytest.raises(NoMunicipality):
        note.enqueue(word="one")


def test_every_job_runs_in_the_town_that_planned_it(town: Municipality) -> None:
    hattenhofen = Municipality.objects.get(name="Hattenhofen")
    for place, word in ((town, "one"), (hattenhofen, "two"), (town, "three")):
        with within(place):
            note.enqueue(word=word)
    jobs.run_waiting()
    assert runs == [("Konstanz", "one"), ("Hattenhofen", "two"), ("Konstanz", "three")]
    assert people(hattenhofen) == ["two Auftrag"]


def test_a_failed_attempt_is_rolled_back_noted_and_tried_again(town: Municipality) -> None:
    with within(town):
        note.enqueue(word="broken")
    jobs.run_waiting()
    assert people(town) == ["Notiz RuntimeError broken"]
    assert waiting() == [("todo", "broken", 1)]


def test_a_database_that_is_away_is_no_trouble_of_the_job(town: Municipality) -> None:
    with within(town):
        note.enqueue(word="unplugged")
    jobs.run_waiting()
    assert people(town) == []
    assert waiting() == [("todo", "unplugged", 1)]


def test_a_failing_job_does_not_stop_the_others(town: Municipality) -> None:
    with within(town):
        note.enqueue(word="broken")
        note.enqueue(word="one")
    jobs.run_waiting()
    assert people(town) == ["Notiz RuntimeError broken", "one Auftrag"]


def test_a_job_planned_for_later_waits(town: Municipality) -> None:
    with within(town):
        note.enqueue(word="later", at=clock.now() + timedelta(days=36_500))
    jobs.run_waiting()
    assert runs == []
    assert jobs.queue_counts() == {"todo": 1}


def test_a_failed_note_of_a_failure_hides_nothing(town: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note, "_on_trouble", lambda problem, arguments: 1 / 0)
    with within(town):
        note.enqueue(word="broken")
    jobs.run_waiting()
    assert waiting() == [("todo", "broken", 1)]


def test_what_a_job_did_is_audited_in_its_own_transaction(town: Municipality) -> None:
    with within(town):
        note.enqueue(word="one")
    jobs.run_waiting()
    with within(town):
        assert audit.verify() is None


def test_arguments_arrive_as_text(town: Municipality) -> None:
    with within(town):
        note.enqueue(word=17)
    jobs.run_waiting()
    assert runs == [("Konstanz", "17")]


def test_an_attempt_is_repeated_about_an_hour_long() -> None:
    waits = [jobs.RETRY.wait + jobs.RETRY.exponential_wait**attempt for attempt in range(jobs.RETRY.max_attempts)]
    assert timedelta(minutes=30) < timedelta(seconds=sum(waits)) < timedelta(hours=3)


def test_a_job_that_a_living_worker_forgot_is_given_back(town: Municipality, admin: Admin) -> None:
    with within(town):
        note.enqueue(word="one")
        note.enqueue(word="two")
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)")
    admin(
        "UPDATE procrastinate_events SET at = at - interval '11 min'"
        " WHERE job_id = (SELECT min(id) FROM procrastinate_jobs) RETURNING 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(jobs.FORGOTTEN)
    assert waiting() == [("todo", "one", 1), ("doing", "two", 0)]


@pytest.mark.parametrize(
    ("cause", "raised"),
    [
        (psycopg.OperationalError("gone"), OperationalError),
        (psycopg.DataError("wrong"), queue_errors.ConnectorException),
    ],
)
def test_a_database_that_goes_away_while_a_job_is_planned_is_called_by_its_name(
    town: Municipality, monkeypatch: pytest.MonkeyPatch, cause: Exception, raised: type[Exception]
) -> None:
    def configure(**options: object) -> object:
        raise queue_errors.ConnectorException from cause

    monkeypatch.setattr(note._task, "configure", configure)
    with pytest.raises(raised), within(town):
        note.enqueue(word="one")
