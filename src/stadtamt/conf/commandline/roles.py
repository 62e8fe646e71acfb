"""What the application's database role may do, and whether a role is one the product may run as."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

AUDIT_TABLE = "kernel_auditentry"
REVOKED = (
    # What was done, sent, decided and said is added and read; nobody changes it or takes it away.
    ("UPDATE, DELETE, TRUNCATE", (AUDIT_TABLE, "forms_submission", "decisions_decision", "notices_notice")),
    # The directory of towns and the list of migrations are the operator's; requests only read them.
    ("INSERT, UPDATE, DELETE, TRUNCATE", ("kernel_municipality", "kernel_hostname", "django_migrations")),
)

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {app}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}",
    "GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON ROUTINES TO {app}",
    "REVOKE CREATE ON SCHEMA public FROM {app}",
)


def statements(app_role: str) -> Iterator[str]:
    """The SQL that gives the application's role its rights; to be run as the owner, after every migration."""
    quoted = '"' + app_role.replace('"', '""') + '"'
    for statement in GRANTS:
        yield statement.format(app=quoted)
    for rights, tables in REVOKED:
        for table in tables:
            yield (
                f"DO $$ BEGIN IF to_regclass('public.{table}') IS NOT NULL THEN "
                f"REVOKE {rights} ON {table} FROM {quoted}; END IF; END $$"
            )


def grant(connection: Any, app_role: str) -> None:
    """Give `app_role` its rights through a Django or psycopg connection of the owner; may be run again."""
    with connection.cursor() as cursor:
        for statement in statements(app_role):
            cursor.execute(statement)


def objections(connection: psycopg.Connection, *, single_address: bool) -> list[str]:
    """Why the product may not run as the role of this connection, as sentences; none when it may."""
    row = connection.execute(
        "SELECT rolname, rolsuper, rolbypassrls, EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n"
        " ON n.oid = c.relnamespace WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p') AND n.nspname = 'public')"
        " FROM pg_roles r WHERE rolname = current_user"
    ).fetchone()
    assert row is not None  # noqa: S101  a connected role exists
    name, superuser, bypasses, owns = row
    found = []
    if superuser:
        found.append(f"Die Datenbankrolle {name} ist Superuser und sähe die Daten aller Kommunen.")
    elif bypasses:
        found.append(f"Die Datenbankrolle {name} umgeht mit BYPASSRLS die Trennung der Kommunen.")
    if owns and not single_address:
        found.append(f"Der Datenbankrolle {name} gehören Tabellen; die Anwendung braucht eine Rolle ohne eigene.")
    return found


def role_of(url: str) -> str:
    """The role that an address logs in as."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        row = connection.execute(sql.SQL("SELECT current_user")).fetchone()
    assert row is not None  # noqa: S101  SELECT without FROM has one row
    return str(row[0])
