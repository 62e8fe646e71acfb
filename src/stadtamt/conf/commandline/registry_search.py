"""``stadtamt registry search TEXT``: looks through all known registries, and shows who uses what."""

from __future__ import annotations

import argparse

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.database import data_folder
from stadtamt.kernel import clock
from stadtamt.packages.trust import Hit, registries

MOST_TOWNS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="*", metavar="WORT", help="Wörter, die alle vorkommen sollen; ohne: alles")


def run(options: argparse.Namespace) -> int:
    known = registries(data_folder() / "registries")
    if not known:
        raise CommandProblem("Noch ist kein Register bekannt: Bitte zuerst „registry add“ benutzen.")
    hits = [hit for one in known for hit in one.search(" ".join(options.text), now=clock.now())]
    for hit in hits:
        say(_shown(hit))
    if not hits:
        say("Dazu gibt es keine Leistung.")
    return 0


def _shown(hit: Hit) -> str:
    entry = hit.entry
    towns = ", ".join(f"{one.municipality} ({one.version})" for one in hit.users[:MOST_TOWNS])
    more = f" und {len(hit.users) - MOST_TOWNS} weitere" if len(hit.users) > MOST_TOWNS else ""
    lines = [f"{entry.title}  [{entry.service} {entry.version}, Register {hit.registry}]", f"  {entry.summary}"]
    if entry.maturity:
        lines.append(f"  Reifegrad: {entry.maturity}")
    lines.append(f"  Genutzt von: {towns}{more}" if towns else "  Noch meldet keine Kommune, dass sie das nutzt.")
    return "\n".join(lines)
