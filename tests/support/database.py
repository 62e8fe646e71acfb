"""The database as its owner or a superuser reaches it, past the application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from stadtamt.conf.embedded import EmbeddedPostgres
from stadtamt.kernel.models import Municipality


@pytest.fixture
def admin(postgres: EmbeddedPostgres, committed: None) -> Callable[..., list[tuple[Any, ...]]]:
    """Run one statement in the database of `committed` as ``admin`` (superuser) or ``owner``; gives its rows."""

    def run(
        statement: str, parameters: list[Any] | None = None, *, role: str = "admin", town: Municipality | None = None
    ) -> list[tuple[Any, ...]]:
        with psycopg.connect(postgres.url(role=role, database="committed")) as connection:
            if role == "admin":
                connection.execute("SET session_replication_role = replica")  # triggers do not stop a superuser
            if town is not None:
                connection.execute("SELECT set_config('stadtamt.municipality', %s, true)", [str(town.pk)])
            cursor = connection.execute(statement, parameters)  # type: ignore[arg-type]  # SQL written in a test
            return cursor.fetchall() if cursor.description else []

    return run
