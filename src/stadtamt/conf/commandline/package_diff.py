"""``stadtamt package diff NAME --municipality M``: what another version would change; nothing is changed."""

from __future__ import annotations

import argparse

from stadtamt.conf.commandline.console import say
from stadtamt.conf.commandline.package_plan import lines_of
from stadtamt.conf.commandline.package_update import add_version, planned
from stadtamt.conf.commandline.town import add_town, inside


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="Name des eingerichteten Pakets")
    add_town(parser)
    add_version(parser)


def run(options: argparse.Namespace) -> int:
    with inside(options.municipality):
        plan, _, _ = planned(options)
    say("\n".join(lines_of(plan)))
    return 0
