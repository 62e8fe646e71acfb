"""``stadtamt package update NAME --municipality M``: a town takes another version and keeps what it has set."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from stadtamt.conf.commandline.console import say
from stadtamt.conf.commandline.package_plan import lines_of
from stadtamt.conf.commandline.town import add_town, django, town_of

if TYPE_CHECKING:
    from stadtamt.packages.actions import Source
    from stadtamt.packages.format.files import Files
    from stadtamt.packages.models import Installation
    from stadtamt.packages.planning import UpdatePlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="Name des eingerichteten Pakets")
    add_town(parser)
    add_version(parser)
    parser.add_argument("--dry-run", action="store_true", help="zeigt nur, was geschähe; Ende mit 1, wenn etwas fehlt")
    parser.add_argument("--back", action="store_true", help="auch zu einer älteren Version")
    parser.add_argument("--new-author", action="store_true", help="auch wenn ein anderer Urheber unterschrieben hat")


def add_version(parser: argparse.ArgumentParser) -> None:
    """Which version is meant, and the answers to what is asked."""
    parser.add_argument("--to", metavar="VERSION", help="Version, Ordner oder Archiv (sonst die neueste)")
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="KONFLIKT=ANTWORT",
        help="mine (Ihres bleibt), theirs (das des Urhebers) oder ein Wert",
    )


def run(options: argparse.Namespace) -> int:
    with django():
        with town_of(options.municipality) as town:
            plan, files, source = planned(options)
            say("\n".join(lines_of(plan)))
            if options.dry_run:
                return 0 if plan.ready else 1
            done = _update(options, files, source)
        say(f"{town.office_name}: „{options.name}“ {done.version} ist eingerichtet (Stand {done.edition}).")
        from stadtamt.conf.town_packages import tell_registry

        if trouble := tell_registry(town, options.name):
            say(trouble, error=True)
    return 0


def _update(options: argparse.Namespace, files: Files, source: Source) -> Installation:
    from stadtamt.conf.town_packages import TERMINAL, answers_of
    from stadtamt.packages.updating import update

    return update(
        key=options.name,
        files=files,
        answers=answers_of(options.answer),
        source=source,
        actor=TERMINAL,
        back=options.back,
        new_author=options.new_author,
    )


def planned(options: argparse.Namespace) -> tuple[UpdatePlan, Files, Source]:
    """The plan for what was asked for, inside the town."""
    from stadtamt.conf.town_packages import answers_of, obtain
    from stadtamt.packages.updating import installed, plan_update

    present = installed(options.name)
    is_version = options.to and all(part.isdigit() for part in options.to.split("."))
    wanted = options.name if is_version or not options.to else options.to
    files, source = obtain(wanted, version=options.to if is_version else None, origin=present.package.origin)
    return plan_update(key=options.name, files=files, answers=answers_of(options.answer)), files, source
