"""One PostgreSQL for the whole run, migrated by its owner, used by the application's role; two towns laid in once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from stadtamt.conf import demo
from stadtamt.conf.commandline.roles import grant
from stadtamt.conf.embedded import EmbeddedPostgres
from stadtamt.kernel import clock
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within

# A Monday morning without a holiday near by.
PRESENT = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)


def pytest_configure(config: pytest.Config) -> None:
    """Pages are rendered without collected static files; the server under test collects its own."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server


def use_database(server: EmbeddedPostgres, role: str, name: str) -> None:
    """Point Django's connection at a database of the test server."""
    connection.close()
    parts = psycopg.conninfo.conninfo_to_dict(server.url(role=role, database=name))
    connection.settings_dict.update(
        NAME=name, USER=parts["user"], HOST=parts["host"], PORT=str(parts.get("port", "")), PASSWORD=""
    )


def create_database(server: EmbeddedPostgres, name: str, template: str = "template1") -> None:
    with psycopg.connect(server.url(role="owner", database="stadtamt"), autocommit=True) as owner:
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def drop_database(server: EmbeddedPostgres, name: str) -> None:
    # Only a superuser may end connections that a worker's thread of the application's role has left open.
    with psycopg.connect(server.url(role="admin", database="stadtamt"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def django_db_setup(postgres: EmbeddedPostgres, django_db_blocker: Any) -> Iterator[None]:
    """A migrated database with Konstanz and Hattenhofen, as the application's role sees it."""
    with django_db_blocker.unblock():
        create_database(postgres, "house")
        use_database(postgres, "owner", "house")
        call_command("migrate", verbosity=0)
        grant(connection, "stadtamt_app")
        towns = {entry.key: demo.lay_town(entry, web=f"http://{entry.key}.localhost") for entry in demo.TOWNS[:2]}
        use_database(postgres, "app", "house")
        for key, town in towns.items():
            with within(town):
                demo.install_package(key)
        connection.close()
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture
def committed(postgres: EmbeddedPostgres, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of its own, where transactions really end: for jobs, races and the fences."""
    with django_db_blocker.unblock():
        connection.close()
        create_database(postgres, "committed", template="house")
        use_database(postgres, "app", "committed")
        try:
            yield
        finally:
            connection.close()
            drop_database(postgres, "committed")
            use_database(postgres, "app", "house")


@pytest.fixture(autouse=True)
def _stopped_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """The clock stands still in every test that does not drive a server."""
    if "browser" in request.keywords:
        yield
        return
    with clock.stopped_at(PRESENT):
        yield


@pytest.fixture
def konstanz(db: None) -> Municipality:
    return Municipality.objects.get(name="Konstanz")


@pytest.fixture
def hattenhofen(db: None) -> Municipality:
    return Municipality.objects.get(name="Hattenhofen")


def services() -> Path:
    return settings.SERVICES  # type: ignore[no-any-return]
