"""Which database a command works on: the one of STADTAMT_DATABASE_URL, else the embedded one in the data folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stadtamt.conf.embedded import EmbeddedPostgres
from stadtamt.conf.environment import env_path

APP = "STADTAMT_DATABASE_URL"
OWNER = "STADTAMT_DATABASE_OWNER_URL"


def data_folder() -> Path:
    """STADTAMT_DATA, else ``.data`` in the checkout; the settings read the same."""
    return env_path("STADTAMT_DATA", Path(__file__).resolve().parents[4] / ".data")


@contextmanager
def database(*, shared: bool = True) -> Iterator[EmbeddedPostgres | None]:
    """Sets both addresses in the environment, before Django is set up. Gives the embedded server, if that is used."""
    if os.environ.get(APP):
        yield None
        return
    with EmbeddedPostgres(data_folder(), shared=shared) as server:
        os.environ[APP] = server.url(role="app")
        os.environ[OWNER] = server.url(role="owner")
        try:
            yield server
        finally:
            os.environ.pop(APP, None)
            os.environ.pop(OWNER, None)


def single_address() -> bool:
    """Whether the installation was given one address for migrating and for running."""
    return os.environ.get(OWNER, os.environ.get(APP)) == os.environ.get(APP)


def set_up() -> None:
    """Start Django; the addresses must be set."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtamt.conf.settings")
    import django

    django.setup()
