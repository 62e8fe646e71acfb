"""``stadtamt registry add NAME ADDRESS --root FILE``: this installation trusts a registry from now on."""

from __future__ import annotations

import argparse
from pathlib import Path

from stadtamt.conf.commandline.console import say
from stadtamt.conf.commandline.database import data_folder
from stadtamt.conf.commandline.package_files import read_file
from stadtamt.kernel import clock
from stadtamt.packages.trust import MAX_ROOT_BYTES, add


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="wie das Register hier heißen soll")
    parser.add_argument("address", metavar="ADRESSE", help="http(s)-Adresse oder Ordner")
    parser.add_argument("--root", type=Path, required=True, metavar="DATEI", help="der Vertrauensanker (1.root.json)")


def run(options: argparse.Namespace) -> int:
    address = options.address if "://" in options.address else str(Path(options.address).expanduser().resolve())
    root = read_file(options.root, most=MAX_ROOT_BYTES)
    known = add(data_folder() / "registries", name=options.name, address=address, root=root, now=clock.now())
    services = {entry.service for entry in known.refresh(now=clock.now()).entries}
    say(f"Register „{known.name}“ aufgenommen: {len(services)} Leistungen.")
    return 0
