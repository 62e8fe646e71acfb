from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from stadtamt.conf.commandline import roles
from stadtamt.conf.commandline.doctor_database import DIRECTORIES, UNFENCED
from stadtamt.conf.embedded import EmbeddedPostgres


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(tmp_path_factory.mktemp("roles"), durable=False) as server:
        with psycopg.connect(server.url(role="owner")) as owner:
            owner.execute("CREATE TABLE kernel_auditentry (id serial, municipality_id uuid)")
            owner.execute("CREATE TABLE cases_case (id int, municipality_id uuid)")
            roles.grant(owner, "stadtamt_app")
            owner.execute("CREATE TABLE later (id serial)")
        yield server


@pytest.mark.parametrize("statement", ["UPDATE kernel_auditentry SET id = 1", "DELETE FROM kernel_auditentry"])
def test_the_application_may_not_change_the_audit_trail(server: EmbeddedPostgres, statement: str) -> None:
    with psycopg.connect(server.url()) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement)


def test_the_application_may_add_to_the_audit_trail_and_work_with_rows(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.url()) as app:
        app.execute("INSERT INTO kernel_auditentry DEFAULT VALUES")
        app.execute("INSERT INTO cases_case VALUES (1, NULL)")
        app.execute("DELETE FROM cases_case")
        app.execute("INSERT INTO later DEFAULT VALUES")


def test_the_application_may_not_make_tables(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.url()) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE own (id int)")


def test_a_role_is_accepted_only_without_power_over_the_fence(server: EmbeddedPostgres) -> None:
    def said(role: str, *, single: bool = False) -> str:
        with psycopg.connect(server.url(role=role)) as connection:  # type: ignore[arg-type]
            return " ".join(roles.objections(connection, single_address=single))

    assert said("app") == ""
    assert "ist Superuser" in said("admin", single=True)
    assert "gehören Tabellen" in said("owner")
    assert said("owner", single=True) == ""


def test_the_doctor_finds_a_tenant_table_without_fence(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.url(role="owner")) as owner:
        owner.execute("ALTER TABLE cases_case ENABLE ROW LEVEL SECURITY")
        assert ("cases_case",) in owner.execute(UNFENCED, [DIRECTORIES]).fetchall()
        owner.execute("ALTER TABLE cases_case FORCE ROW LEVEL SECURITY")
        assert ("cases_case",) not in owner.execute(UNFENCED, [DIRECTORIES]).fetchall()
