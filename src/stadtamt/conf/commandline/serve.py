"""``stadtamt serve``: the web pages, in several processes."""

from __future__ import annotations

import argparse
import os
import sys

import psycopg

from stadtamt.conf.commandline import roles
from stadtamt.conf.commandline.console import CommandProblem
from stadtamt.conf.commandline.database import APP, database, set_up, single_address
from stadtamt.conf.commandline.ports import require_free

# Each thread keeps one database connection, so their number is small and known.
THREADS = 4
STOP_SECONDS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESSE", help="Adresse (Vorgabe: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, metavar="ZAHL", help="Port (Vorgabe: 8000)")
    parser.add_argument("--workers", type=int, default=2, metavar="ZAHL", help="Prozesse (Vorgabe: 2)")
    parser.add_argument("--threads", type=int, default=THREADS, metavar="ZAHL", help="Fäden je Prozess (Vorgabe: 4)")


def run(options: argparse.Namespace) -> int:
    require_free(options.host, options.port)
    with database():
        check_role()
        set_up()
        from django.db import connections

        from stadtamt.conf.commandline.static import collect

        collect()
        connections.close_all()
        serve(host=options.host, port=options.port, workers=options.workers, threads=options.threads)
    return 0


def check_role() -> None:
    """Refuses a database role for which the fence between the municipalities would not hold."""
    try:
        with psycopg.connect(os.environ[APP], connect_timeout=10) as connection:
            found = roles.objections(connection, single_address=single_address())
    except psycopg.OperationalError as problem:
        raise CommandProblem(f"Die Datenbank ist nicht erreichbar: {str(problem).strip()}") from problem
    if found:
        raise CommandProblem(f"{found[0]} So startet Stadtamt nicht; siehe docs/operations/index.md.")


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serves until SIGTERM or SIGINT; requests that have begun are finished."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ["STADTAMT_SERVER_PID"] = str(os.getpid())
    server = Granian(
        "stadtamt.conf.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
    )
    sys.stdout.flush()
    server.serve()
