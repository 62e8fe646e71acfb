"""What the commands about packages of a town share: which town, and the transaction inside it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from stadtamt.conf.commandline.console import CommandProblem
from stadtamt.conf.commandline.database import database, set_up

if TYPE_CHECKING:
    from stadtamt.kernel.models import Municipality


def add_town(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument(
        "--municipality", metavar="KOMMUNE", required=required, help="Name der Kommune oder ihr Regionalschlüssel"
    )


@contextmanager
def django() -> Iterator[None]:
    """The database is reached and Django is started."""
    with database():
        set_up()
        from django.db import ProgrammingError

        try:
            yield
        except ProgrammingError as problem:
            raise CommandProblem(
                "Die Datenbank ist nicht auf dem Stand dieser Version: Bitte zuerst „migrate“."
            ) from problem


@contextmanager
def inside(name: str) -> Iterator[Municipality]:
    """One transaction that sees and writes the rows of this town only."""
    with django(), town_of(name) as town:
        yield town


@contextmanager
def town_of(name: str) -> Iterator[Municipality]:
    """The same where Django is started already."""
    from stadtamt.conf.town_packages import find_town
    from stadtamt.kernel.tenancy import within

    town = find_town(name)
    with within(town):
        yield town
