"""``stadtamt package pack PATH``: the folder of a package as one signed archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.registry_folder import author_file, without_errors
from stadtamt.packages.archive import EXTENSION, author_key, digest_of, pack
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.reader import read_package


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PFAD", help="der Ordner des Pakets")
    parser.add_argument(
        "--out", type=Path, metavar="DATEI", help="Name des Archivs (Vorgabe: KENNUNG-VERSION.leistung)"
    )
    parser.add_argument(
        "--key", type=Path, metavar="DATEI", help="Schlüssel (Vorgabe: keys/author.json im Datenordner)"
    )


def run(options: argparse.Namespace) -> int:
    files = without_errors(options.path, files_of_folder(options.path.expanduser()))
    package = read_package(files)
    key = author_key(author_file(options))
    data = pack(files, key)
    out: Path = options.out or Path(f"{package.id}-{package.version}{EXTENSION}")
    try:
        out.expanduser().write_bytes(data)
    except OSError as fault:
        raise CommandProblem(f"{out} lässt sich nicht schreiben.") from fault
    say(f"{out}: {len(files)} Dateien, {len(data)} Bytes")
    say(f"Inhalt   {digest_of(files)}")
    say(f"Urheber  {key.key_id}")
    return 0
