"""``stadtamt package move NAME --municipality M``: running cases go over to the edition in force."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.town import add_town, inside
from stadtamt.kernel.money import euros

if TYPE_CHECKING:
    from stadtamt.packages.moving import Move


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="Name des eingerichteten Pakets")
    add_town(parser)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--case", action="append", metavar="NUMMER", help="dieser Vorgang (mehrmals möglich)")
    which.add_argument("--all", action="store_true", help="alle laufenden Vorgänge")
    parser.add_argument("--dry-run", action="store_true", help="zeigt nur, was geschähe")


def run(options: argparse.Namespace) -> int:
    with inside(options.municipality):
        from stadtamt.cases.models import Case
        from stadtamt.conf.town_packages import TERMINAL
        from stadtamt.packages.moving import move_cases, plan_move

        cases = None
        if options.case:
            found = {
                case.number: case.pk for case in Case.objects.filter(package=options.name, number__in=options.case)
            }
            if missing := [number for number in options.case if number not in found]:
                raise CommandProblem(f"Einen Vorgang {missing[0]} gibt es unter „{options.name}“ nicht.")
            cases = list(found.values())
        if options.dry_run:
            moves = plan_move(package=options.name, cases=cases, most=None)
        else:
            moves = move_cases(package=options.name, cases=cases, actor=TERMINAL)
    for move in moves:
        say(_line(move))
    done = sum(move.allowed for move in moves)
    word = "könnten umgestellt werden" if options.dry_run else "umgestellt"
    say(f"{done} von {len(moves)} Vorgängen {word}.")
    return 0


def _line(move: Move) -> str:
    if not move.allowed:
        return f"✗ {move.number}  {move.refusal}"
    before, after = (euros(cents) if cents is not None else "nicht berechnet" for cents in (move.before, move.after))
    amount = f"{before} → {after}" if before != after else before
    missing = f"  (ohne Antwort auf: {' '.join(move.skipped)})" if move.skipped else ""
    return f"✓ {move.number}  {amount}{missing}"
