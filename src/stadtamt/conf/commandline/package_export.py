"""``stadtamt package export NAME --municipality M``: the archive as it was received, byte for byte."""

from __future__ import annotations

import argparse
from pathlib import Path

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.database import data_folder
from stadtamt.conf.commandline.town import add_town, inside


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="Name des eingerichteten Pakets")
    add_town(parser)
    parser.add_argument("--out", type=Path, metavar="DATEI", help="Name des Archivs (Vorgabe: NAME-VERSION.leistung)")
    parser.add_argument(
        "--with-settings", action="store_true", help="schreibt die Einstellungen der Kommune als .toml daneben"
    )


def run(options: argparse.Namespace) -> int:
    with inside(options.municipality) as town:
        from stadtamt.conf.town_packages import as_archive
        from stadtamt.packages.format.layer_file import write_layer
        from stadtamt.packages.officer.offers import file_name
        from stadtamt.packages.updating import installed

        present = installed(options.name)
        data = as_archive(present.package, key_file=data_folder() / "keys" / "author.json")
        out: Path = (options.out or Path(file_name(present.package))).expanduser()
        _write(out, data)
        if options.with_settings:
            settings = write_layer(present.layer, service=present.key, municipality=town.name)
            _write(out.with_suffix(".toml"), settings.encode())
    return 0


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as fault:
        raise CommandProblem(f"{file} lässt sich nicht schreiben.") from fault
    say(f"{file}: {len(content)} Bytes")
