"""Two fences between towns, each proven with the other one taken away."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from stadtamt.catalogue.models import Service, Unit
from stadtamt.citizens.models import Person
from stadtamt.kernel import tenancy
from stadtamt.kernel.models import AuditEntry, Municipality, Session, Staff
from stadtamt.kernel.tenancy import NoMunicipality, OtherMunicipality, within

Admin = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def towns(committed: None) -> tuple[Municipality, Municipality]:
    return Municipality.objects.get(name="Konstanz"), Municipality.objects.get(name="Hattenhofen")


@pytest.fixture
def without_the_second_fence(admin: Admin, towns: tuple[Municipality, Municipality]) -> Iterator[None]:
    """The table of people without row-level security, as if a migration had forgotten it."""
    admin("ALTER TABLE citizens_person DISABLE ROW LEVEL SECURITY")
    yield
    connection.close()


def add_person(town: Municipality, name: str = "Anna") -> Person:
    with within(town):
        return Person.objects.create(given_name=name, family_name="Müller")


def raw(statement: str, parameters: list[Any] | None = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone() if cursor.description else cursor.rowcount


def test_the_first_fence_alone_hides_the_other_town(
    towns: tuple[Municipality, Municipality], without_the_second_fence: None
) -> None:
    konstanz, hattenhofen = towns
    anna = add_person(konstanz)
    with within(hattenhofen):
        assert raw("SELECT count(*) FROM citizens_person") == (1,), "the second fence is not down"
        assert Person.objects.count() == 0
        assert not Person.objects.filter(pk=anna.pk).exists()
        assert Person.objects.update(given_name="x") == 0
        assert Person.objects.all().delete()[0] == 0


def test_a_row_of_the_other_town_that_slips_through_both_is_refused(
    towns: tuple[Municipality, Municipality], without_the_second_fence: None
) -> None:
    konstanz, hattenhofen = towns
    add_person(konstanz)
    with within(hattenhofen), pytest.raises(OtherMunicipality):
        list(Person.objects.raw("SELECT * FROM citizens_person"))


def test_the_second_fence_alone_hides_the_other_town(towns: tuple[Municipality, Municipality]) -> None:
    konstanz, hattenhofen = towns
    anna = add_person(konstanz)
    with within(hattenhofen):
        assert raw("SELECT count(*) FROM citizens_person") == (0,)
        assert raw("SELECT count(*) FROM citizens_person WHERE id = %s", [anna.pk]) == (0,)
        assert raw("UPDATE citizens_person SET given_name = 'x'") == 0
        assert raw("DELETE FROM citizens_person") == 0
    with within(konstanz):
        assert Person.objects.get().given_name == "Anna"


def test_a_row_cannot_be_put_into_the_other_town(towns: tuple[Municipality, Municipality]) -> None:
    konstanz, hattenhofen = towns
    with pytest.raises(ProgrammingError, match="row-level security"), within(hattenhofen):
        Person.objects.create(given_name="Anna", family_name="Müller", municipality=konstanz)


def test_a_row_cannot_be_pushed_over_to_the_other_town(towns: tuple[Municipality, Municipality]) -> None:
    konstanz, hattenhofen = towns
    add_person(konstanz)
    with pytest.raises(ProgrammingError, match="row-level security"), within(konstanz):
        Person.objects.update(municipality=hattenhofen)


def test_nothing_is_seen_outside_a_town(towns: tuple[Municipality, Municipality]) -> None:
    add_person(towns[0])
    for table in ("citizens_person", "kernel_staff", "kernel_auditentry", "catalogue_service"):
        assert raw(f"SELECT count(*) FROM {table}") == (0,)
    with pytest.raises(NoMunicipality):
        Person.objects.count()
    with pytest.raises(NoMunicipality):
        Session.objects.count()


def test_a_row_without_a_town_is_not_stored(towns: tuple[Municipality, Municipality]) -> None:
    with pytest.raises(NoMunicipality), transaction.atomic():
        Person(given_name="Anna", family_name="Müller").save(force_insert=True)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        raw("INSERT INTO catalogue_unit SELECT gen_random_uuid(), '', '', '', '', id FROM kernel_municipality LIMIT 1")


def test_the_town_ends_with_its_transaction(towns: tuple[Municipality, Municipality]) -> None:
    """A pooled connection must not carry the town of the request before."""
    konstanz, hattenhofen = towns
    add_person(konstanz)
    with within(konstanz):
        pid = raw("SELECT pg_backend_pid()")
    assert raw("SELECT pg_backend_pid()") == pid
    assert raw("SELECT nullif(current_setting('stadtamt.municipality', true), '')") == (None,)
    with pytest.raises(RuntimeError), within(konstanz):
        raise RuntimeError
    assert raw("SELECT count(*) FROM citizens_person") == (0,)
    with within(hattenhofen):
        assert Person.objects.count() == 0


def test_a_savepoint_rolled_back_keeps_the_town(towns: tuple[Municipality, Municipality]) -> None:
    with within(towns[0]):
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError
        assert raw("SELECT count(*) > 0 FROM catalogue_service") == (True,)


def test_the_same_town_may_be_entered_twice(towns: tuple[Municipality, Municipality]) -> None:
    konstanz = towns[0]
    with within(konstanz):
        with within(Municipality.objects.get(pk=konstanz.pk)):
            add_person(konstanz)
        assert Person.objects.count() == 1
        assert tenancy.current() == konstanz


def test_another_town_is_refused_inside_a_town(towns: tuple[Municipality, Municipality]) -> None:
    konstanz, hattenhofen = towns
    with within(konstanz):
        with pytest.raises(OtherMunicipality), within(hattenhofen):
            pass
        assert tenancy.current() == konstanz
    with pytest.raises(NoMunicipality):
        tenancy.current()


def test_an_inner_deed_that_fails_takes_the_whole_transaction_along(towns: tuple[Municipality, Municipality]) -> None:
    with pytest.raises(RuntimeError), within(towns[0]):
        add_person(towns[0])
        with within(towns[0]):
            raise RuntimeError
    with within(towns[0]):
        assert Person.objects.count() == 0


def test_two_threads_stand_in_two_towns_at_once(towns: tuple[Municipality, Municipality]) -> None:
    both, seen = threading.Barrier(2, timeout=10), {}

    def visit(town: Municipality) -> None:
        try:
            with within(town):
                both.wait()
                add_person(town, town.name)
                both.wait()
                seen[town.name] = list(Person.objects.values_list("given_name", flat=True))
        finally:
            connection.close()

    threads = [threading.Thread(target=visit, args=[town]) for town in towns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {"Konstanz": ["Konstanz"], "Hattenhofen": ["Hattenhofen"]}


def test_two_towns_may_use_the_same_names(konstanz: Municipality, hattenhofen: Municipality) -> None:
    keys = []
    for town in (konstanz, hattenhofen):
        with within(town):
            Staff.objects.create(username="amt", name="Jana")
            keys.append((Service.objects.get().key, Unit.objects.get().key))
    assert keys[0] == keys[1]


def test_a_foreign_key_read_through_a_row_stays_in_the_town(konstanz: Municipality, hattenhofen: Municipality) -> None:
    with within(konstanz):
        service = Service.objects.get()
    with within(hattenhofen), pytest.raises(Unit.DoesNotExist):
        _ = service.unit


def test_the_town_cannot_be_talked_into_the_setting(konstanz: Municipality) -> None:
    """What is no key finds nothing and does not break open the policy."""
    with transaction.atomic():
        raw("SELECT set_config('stadtamt.municipality', '', true)")
        assert raw("SELECT count(*) FROM catalogue_service") == (0,)
        raw("SELECT set_config('stadtamt.municipality', %s, true)", [str(uuid.uuid4())])
        assert raw("SELECT count(*) FROM catalogue_service") == (0,)
        assert AuditEntry._meta.db_table == "kernel_auditentry"
