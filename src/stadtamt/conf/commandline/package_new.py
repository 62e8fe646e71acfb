"""``stadtamt package new NAME``: the folder of a new package that already runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.packages.format.files import Files
from stadtamt.packages.skeleton import skeleton

SCHEMAS = "http://konstanz.localhost:8000/schemas/leistungspaket"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="Kennung der Leistung, zum Beispiel fundsache-melden")
    parser.add_argument("--into", type=Path, default=Path(), metavar="ORDNER", help="Ordner, in dem sie entsteht")
    parser.add_argument(
        "--schemas", default=SCHEMAS, metavar="ADRESSE", help=f"Adresse der Schemas für Editoren (Vorgabe: {SCHEMAS})"
    )


def run(options: argparse.Namespace) -> int:
    files = skeleton(options.name, schemas=options.schemas)
    folder = lay_down(files, options.into.expanduser() / options.name)
    say(f"{folder}: {len(files)} Dateien. Das Paket läuft schon:")
    say(f"  stadtamt package check {folder}")
    say(f"  stadtamt package test {folder}")
    say(f"  stadtamt package preview {folder}")
    return 0


def lay_down(files: Files, folder: Path) -> Path:
    """Write the files of a new package into a folder that must not exist yet. Raises CommandProblem."""
    try:
        folder.mkdir(parents=True)
        for name, content in files.items():
            place = folder / name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(content)
    except FileExistsError:
        raise CommandProblem(f"{folder} gibt es schon.") from None
    except OSError as problem:
        raise CommandProblem(f"{folder} lässt sich nicht anlegen: {problem.strerror}.") from None
    return folder
