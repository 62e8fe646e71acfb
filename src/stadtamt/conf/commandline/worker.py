"""``stadtamt worker``: one process that works off background jobs until it is told to stop."""

from __future__ import annotations

import argparse

from stadtamt.conf.commandline.database import database, set_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=2, metavar="ZAHL", help="Aufträge zugleich (Vorgabe: 2)")
    parser.add_argument("--name", default="worker", metavar="NAME", help="Name im Protokoll (Vorgabe: worker)")


def run(options: argparse.Namespace) -> int:
    with database():
        set_up()
        from stadtamt.kernel import jobs

        jobs.run_worker(concurrency=options.concurrency, name=options.name)
    return 0
