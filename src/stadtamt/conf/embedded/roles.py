"""The roles, the database and the extensions of an embedded PostgreSQL. Everything may be run again."""

from __future__ import annotations

import psycopg
from psycopg import sql

DATABASE = "stadtamt"
NAMES = {"app": "stadtamt_app", "owner": "stadtamt_owner", "admin": "postgres"}
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
RIGHTS = {
    "owner": "LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS",
    "app": "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS",
}


def prepare(admin_url: str, template_url: str) -> None:
    """Roles, the template's extensions (so that new databases have them) and the database of the product."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        missing = [name for name in RIGHTS if not _exists(admin, "pg_roles", "rolname", NAMES[name])]
        for name in missing:
            admin.execute(sql.SQL(f"CREATE ROLE {{}} {RIGHTS[name]}").format(sql.Identifier(NAMES[name])))
        if _exists(admin, "pg_database", "datname", DATABASE):
            return
        _extend(template_url)
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(NAMES["owner"]))
        )


def prepare_database(url: str) -> None:
    """The extensions of a database, as far as this PostgreSQL has them."""
    _extend(url)


def _extend(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT name FROM pg_available_extensions WHERE installed_version IS NULL AND name = ANY(%s)",
            [list(EXTENSIONS)],
        ).fetchall()
        for (name,) in rows:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))


def _exists(connection: psycopg.Connection, table: str, column: str, value: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    return connection.execute(query, [value]).fetchone() is not None
