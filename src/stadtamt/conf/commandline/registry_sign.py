"""``stadtamt registry sign DIR``: renews what expires and publishes the notes of towns; for the daily cron."""

from __future__ import annotations

import argparse

from stadtamt.conf.commandline.console import CommandProblem
from stadtamt.conf.commandline.registry_folder import add_folder, add_keys, keys_of, tell
from stadtamt.kernel import clock
from stadtamt.packages.trust import ROLES, rotate, sign, withdraw


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folder(parser)
    add_keys(parser)
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--rotate", choices=ROLES, metavar="ROLLE", help=f"neuer Schlüssel für {', '.join(ROLES)}")
    one.add_argument("--withdraw", metavar="KENNUNG@VERSION", help="nimmt eine Version aus dem Register")


def run(options: argparse.Namespace) -> int:
    folder, keys, now = options.folder.expanduser(), keys_of(options), clock.now()
    if options.rotate:
        tell(rotate(folder, keys, options.rotate, now=now))
    elif options.withdraw:
        service, _, version = options.withdraw.partition("@")
        if not version:
            raise CommandProblem("Bitte Kennung und Version angeben, zum Beispiel hundesteuer-anmelden@1.0.0.")
        tell(withdraw(folder, keys, service, version, now=now))
    else:
        tell(sign(folder, keys, now=now))
    return 0
