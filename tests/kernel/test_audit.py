"""The audit trail: part of the deed, and any change to it is found."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from stadtamt.citizens.models import Person
from stadtamt.kernel import audit
from stadtamt.kernel.audit import Actor, OutsideTransaction, record, verify
from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import within

Admin = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def town(committed: None) -> Municipality:
    """Konstanz with five more entries than the installation made."""
    town = Municipality.objects.get(name="Konstanz")
    for number in range(5):
        with within(town):
            record("test.done", subject=town, actor=Actor("staff", "7", "Jana"), number=number)
    return town


def found(town: Municipality) -> int | None:
    with within(town):
        return verify()


def last(town: Municipality) -> int:
    with within(town):
        return AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True)[0]


def test_an_untouched_chain_is_whole(town: Municipality) -> None:
    assert last(town) > 5
    assert found(town) is None


def test_a_deed_and_its_entry_vanish_together(town: Municipality) -> None:
    before = last(town)
    with pytest.raises(RuntimeError), within(town):
        anna = Person.objects.create(given_name="Anna", family_name="Müller")
        record("person.registered", subject=anna)
        raise RuntimeError
    assert last(town) == before
    with within(town):
        assert not Person.objects.exists()


def test_a_deed_and_its_entry_commit_together(town: Municipality) -> None:
    with within(town):
        anna = Person.objects.create(given_name="Anna", family_name="Müller")
        record("person.registered", subject=anna, actor=audit.CITIZEN, reason="x")
    with within(town):
        entry = audit.entries_about(anna.pk)[0]
        assert (entry.action, entry.actor_kind, entry.subject) == ("person.registered", "citizen", "citizens.person")
        assert entry.data == {"reason": "x"}


def test_a_transaction_marked_to_be_rolled_back_writes_nothing(town: Municipality) -> None:
    before = last(town)
    with within(town):
        record("test.done", subject=town)
        transaction.set_rollback(True)
    assert last(town) == before
    assert found(town) is None


def test_nothing_is_recorded_outside_of_a_transaction(town: Municipality) -> None:
    with pytest.raises(OutsideTransaction):
        record("test.done", subject=town)


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 second'",
        "action = action || 'x'",
        "actor_kind = 'citizen'",
        "actor_id = '8'",
        "actor_name = 'Kemal'",
        "subject = 'cases.case'",
        "subject_id = 'x'",
        "data = '{\"number\": 99}'",
        "previous = repeat('1', 64)",
        "hash = repeat('1', 64)",
        "sequence = sequence + 1000",
        "municipality_id = (SELECT id FROM kernel_municipality WHERE name = 'Hattenhofen')",
    ],
)
def test_every_changed_column_is_found(town: Municipality, admin: Admin, change: str) -> None:
    place = last(town) - 2
    admin(f"UPDATE kernel_auditentry SET {change} WHERE municipality_id = %s AND sequence = %s", [town.pk, place])
    assert found(town) in {place, place + 1}


@pytest.mark.parametrize("back", [1, 2, 5])
def test_a_deleted_entry_in_the_middle_is_found(town: Municipality, admin: Admin, back: int) -> None:
    place = last(town) - back
    admin("DELETE FROM kernel_auditentry WHERE municipality_id = %s AND sequence = %s", [town.pk, place])
    assert found(town) == place + 1


def test_the_first_entry_cannot_be_cut_off(town: Municipality, admin: Admin) -> None:
    admin("DELETE FROM kernel_auditentry WHERE municipality_id = %s AND sequence = 1", [town.pk])
    assert found(town) == 2


def test_two_entries_that_change_places_are_found(town: Municipality, admin: Admin) -> None:
    one, two = last(town) - 3, last(town) - 1
    move = "UPDATE kernel_auditentry SET sequence = %s WHERE municipality_id = %s AND sequence = %s"
    for new, old in ((-1, one), (one, two), (two, -1)):
        admin(move, [new, town.pk, old])
    assert found(town) == one


def test_an_entry_with_a_hash_made_anew_breaks_the_next_one(town: Municipality, admin: Admin) -> None:
    """Whoever forges one entry with its hash must forge all that follow."""
    place = last(town) - 2
    with within(town):
        entry = AuditEntry.objects.get(sequence=place)
        entry.actor_name = "Kemal"
        forged = audit.entry_hash(entry)
    admin(
        "UPDATE kernel_auditentry SET actor_name = 'Kemal', hash = %s WHERE municipality_id = %s AND sequence = %s",
        [forged, town.pk, place],
    )
    assert found(town) == place + 1


def test_the_chain_of_the_other_town_is_its_own(town: Municipality, admin: Admin) -> None:
    admin("DELETE FROM kernel_auditentry WHERE municipality_id = %s AND sequence = 2", [town.pk])
    assert found(Municipality.objects.get(name="Hattenhofen")) is None


def test_deeds_done_side_by_side_keep_the_chain_whole(town: Municipality) -> None:
    before, together = last(town), threading.Barrier(6, timeout=20)
    problems: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(5):
                with within(town):
                    record("test.done", subject=town)
                    record("test.done", subject=town)
                    together.wait()
        except Exception as problem:  # a thread's failure is told by the test
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert last(town) == before + 60
    assert found(town) is None


def test_an_entry_holds_every_letter_of_a_name(town: Municipality) -> None:
    with within(town):
        record("test.done", subject=town, actor=Actor("staff", "7", "Ẩ K\u035fhalīl D̂"), note="ẞ😀")
    assert found(town) is None
