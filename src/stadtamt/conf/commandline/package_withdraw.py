"""``stadtamt package withdraw NAME --municipality M``: a service leaves the catalogue; its running cases go on."""

from __future__ import annotations

import argparse

from stadtamt.conf.commandline.console import say
from stadtamt.conf.commandline.town import add_town, inside


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="Name des eingerichteten Pakets")
    add_town(parser)


def run(options: argparse.Namespace) -> int:
    with inside(options.municipality) as town:
        from stadtamt.conf.town_packages import TERMINAL
        from stadtamt.packages.updating import withdraw

        withdraw(key=options.name, actor=TERMINAL)
        say(f"{town.office_name}: „{options.name}“ steht nicht mehr im Katalog. Laufende Vorgänge gehen weiter.")
    return 0
