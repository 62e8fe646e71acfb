"""The fences in the database, held against every table there is."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import DatabaseError

from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import TenantManager, TenantModel, within
from support.cases import open_case

# Tables that belong to no town, and why.
OUTSIDE = {
    "kernel_municipality": "the directory of towns itself; the host name finds the town in it",
    "kernel_hostname": "host names are looked up before the town is known",
    "django_migrations": "the state of the tables",
    "django_content_type": "names of models",
    "django_session": "Django's own, never used: sessions are kernel_session",
    "auth_group": "Django's own, never used",
    "auth_group_permissions": "Django's own, never used",
    "auth_permission": "names of permissions, never used",
    "procrastinate_jobs": "the queue; a job carries keys only, and enters its town before it reads",
    "procrastinate_events": "the queue's history",
    "procrastinate_workers": "the queue's workers",
    "procrastinate_periodic_defers": "the queue's calendar",
}
FENCED = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
           coalesce(string_agg(pg_get_expr(p.polqual, p.polrelid) || pg_get_expr(p.polwithcheck, p.polrelid), ''), ''),
           count(p.polname), bool_and(p.polcmd = '*' AND p.polpermissive)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_policy p ON p.polrelid = c.oid
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') GROUP BY c.oid
"""
UNIQUE = """
    SELECT t.relname, i.relname, array_agg(a.attname::text), x.indisprimary
    FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey)
    JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE x.indisunique AND n.nspname = 'public' GROUP BY t.relname, i.relname, x.indisprimary
"""


def tenant_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if any(f.name == "municipality" for f in model._meta.fields)]


def test_every_table_stands_behind_the_fence(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FENCED)
        rows = cursor.fetchall()
    holes = [
        name
        for name, forced, policy, count, whole in rows
        if name not in OUTSIDE and not (forced and count == 1 and whole and policy.count("stadtamt.municipality") == 2)
    ]
    assert not holes
    assert {name for name, *_ in rows} >= set(OUTSIDE) - {"django_session"}, "An exception is no longer needed."


def test_a_table_outside_the_fence_carries_no_town(db: None) -> None:
    """Host names name their town; nothing else outside does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.columns WHERE column_name = 'municipality_id'")
        carrying = {row[0] for row in cursor.fetchall()}
    assert carrying & set(OUTSIDE) == {"kernel_hostname"}


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_every_row_of_a_town_is_read_through_the_first_fence(model: type[models.Model]) -> None:
    if issubclass(model, TenantModel):
        assert isinstance(model._default_manager, TenantManager)
        assert isinstance(model._base_manager, TenantManager)
    elif model._meta.label not in {"kernel.HostName", "kernel.Session"}:  # the session has a manager of its own
        raise AssertionError(f"{model._meta.label} carries a town, but is no TenantModel.")


def test_what_is_unique_is_unique_within_a_town(db: None) -> None:
    """Otherwise one town could learn from a refusal what another one has.

    Keys are random and belong to one row of one town; a one-to-one key points at such a row.
    """
    one_to_one = {
        (model._meta.db_table, field.column)
        for model in tenant_models()
        for field in model._meta.local_fields
        if isinstance(field, models.OneToOneField)
    }
    with connection.cursor() as cursor:
        cursor.execute(UNIQUE)
        findings = [
            f"{table}: {index} {columns}"
            for table, index, columns, primary in cursor.fetchall()
            if table not in OUTSIDE
            and not primary
            and "municipality_id" not in columns
            and not (len(columns) == 1 and (table, columns[0]) in one_to_one)
        ]
    assert not findings


def test_keys_of_a_town_are_random(db: None) -> None:
    """A counter would tell one town how much another one does."""
    for model in tenant_models():
        key = model._meta.pk
        assert isinstance(key, models.UUIDField) or model._meta.label in {"kernel.HostName", "kernel.Session"}


NEVER = ("kernel_auditentry", "notices_notice", "forms_submission")


@pytest.mark.parametrize("table", NEVER)
@pytest.mark.parametrize("deed", ["UPDATE {table} SET municipality_id = municipality_id", "DELETE FROM {table}"])
def test_what_was_done_sent_or_issued_is_never_changed(konstanz: Municipality, table: str, deed: str) -> None:
    case = open_case(konstanz)
    with within(konstanz):
        assert case is not None
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] >= 1
        with pytest.raises(DatabaseError, match=r"never changed|permission denied"), transaction.atomic():
            run(deed.format(table=table))


@pytest.mark.parametrize("table", NEVER)
def test_even_the_owner_of_the_tables_changes_nothing(
    committed: None, admin: Callable[..., object], table: str
) -> None:
    """The trigger holds against the owner as well; only who takes it away gets past it."""
    konstanz = Municipality.objects.get(name="Konstanz")
    open_case(konstanz)
    with pytest.raises(psycopg.Error, match="never changed"):
        admin(f"DELETE FROM {table}", role="owner", town=konstanz)


@pytest.mark.parametrize(
    "deed",
    [
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY municipality ON cases_case",
        "CREATE POLICY hole ON cases_case USING (true)",
        "DROP TRIGGER immutable ON notices_notice",
        "ALTER TABLE forms_submission DISABLE TRIGGER immutable",
        "SET session_replication_role = replica",
        "TRUNCATE kernel_auditentry",
        "TRUNCATE forms_submission CASCADE",
        "CREATE TABLE mine (a int)",
        "DROP FUNCTION stadtamt_refuse_change() CASCADE",
        "SET ROLE stadtamt_owner",
        "ALTER ROLE stadtamt_app BYPASSRLS",
        "COPY cases_case TO PROGRAM 'true'",
    ],
)
def test_the_role_of_the_application_cannot_open_the_fence(konstanz: Municipality, deed: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        run(deed)


def test_the_tests_run_as_the_role_of_the_application(konstanz: Municipality) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("stadtamt_app", False)
    assert AuditEntry._meta.db_table in NEVER


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
