"""``stadtamt migrate``: changes the tables as their owner and gives the application's role its rights."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from stadtamt.conf.commandline import roles
from stadtamt.conf.commandline.database import APP, OWNER, database, set_up, single_address


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="ORDNER", help="Datenordner (sonst STADTAMT_DATA oder .data)")


def run(options: argparse.Namespace) -> int:
    if options.data:
        os.environ["STADTAMT_DATA"] = str(options.data)
    with database():
        migrate()
    return 0


def migrate() -> None:
    """Needs both addresses in the environment; this process works as the owner from here on."""
    app, alone = os.environ[APP], single_address()
    os.environ[APP] = os.environ.get(OWNER, app)
    set_up()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    if not alone:
        roles.grant(connection, roles.role_of(app))
    connection.close()
    print("Die Datenbank ist auf dem Stand dieser Version.")
