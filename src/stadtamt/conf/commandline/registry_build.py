"""``stadtamt registry build DIR [PACKAGES…]``: makes a registry, or takes packages into one."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from stadtamt.conf.commandline.console import say
from stadtamt.conf.commandline.package_files import read_file
from stadtamt.conf.commandline.registry_folder import (
    add_folder,
    add_keys,
    author_file,
    keys_of,
    tell,
    without_errors,
)
from stadtamt.kernel import clock
from stadtamt.packages.archive import MAX_ARCHIVE_BYTES, author_key, pack, unpack
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.maturity import maturity_of
from stadtamt.packages.trust import create, exists, publish


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folder(parser)
    parser.add_argument(
        "packages", type=Path, nargs="*", metavar="PAKET", help="Ordner von Paketen oder .leistung-Archive"
    )
    add_keys(parser)
    parser.add_argument("--key", type=Path, metavar="DATEI", help="Schlüssel, mit dem Ordner verpackt werden")
    parser.add_argument(
        "--new-author", action="store_true", help="nimmt auch Leistungen an, deren Urheber gewechselt hat"
    )


def run(options: argparse.Namespace) -> int:
    folder, keys, now = options.folder.expanduser(), keys_of(options), clock.now()
    # Everything is read before anything is written.
    archives = [_archive(path.expanduser(), options) for path in options.packages]
    if not exists(folder):
        create(folder, keys, now=now)
        root = folder / "metadata" / "1.root.json"
        say(f"Neues Register in {folder}, Schlüssel in {keys.folder}.")
        say(f"Vertrauensanker für die Kommunen: {root}\n  SHA-256 {hashlib.sha256(root.read_bytes()).hexdigest()}")
    done = publish(
        folder,
        keys,
        archives,
        now=now,
        new_author=options.new_author,
        maturity=lambda package: str(maturity_of(package)),
    )
    tell(done)
    return 0


def _archive(path: Path, options: argparse.Namespace) -> bytes:
    if path.is_dir():
        return pack(without_errors(path, files_of_folder(path)), author_key(author_file(options)))
    data = read_file(path, most=MAX_ARCHIVE_BYTES)
    without_errors(path, unpack(data).files)
    return data
