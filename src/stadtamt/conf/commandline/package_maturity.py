"""``stadtamt package maturity PATH``: the level of a package by ten criteria, and what is missing for the next."""

from __future__ import annotations

import argparse
from pathlib import Path

from stadtamt.conf.commandline.console import say
from stadtamt.conf.commandline.package_files import files_at
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.maturity import maturity_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PFAD", help="der Ordner des Pakets oder ein Archiv")


def run(options: argparse.Namespace) -> int:
    found = maturity_of(read_package(files_at(options.path)))
    say(str(found))
    width = max(len(criterion.title) for criterion in found.criteria)
    for criterion in found.criteria:
        say(f"  {criterion.level}  {criterion.title.ljust(width)}  {criterion.why}")
    if found.missing:
        say("Zur nächsten Stufe fehlt:")
        for sentence in found.missing:
            say(f"  {sentence}")
    return 0
