"""What the commands about registries share: where keys lie, and how a run is told."""

from __future__ import annotations

import argparse
from pathlib import Path

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.database import data_folder
from stadtamt.packages.checking import check, errors_in
from stadtamt.packages.format.files import Files
from stadtamt.packages.trust import RegistryKeys, Signed

KEYS_HELP = "Ordner der Registerschlüssel (Vorgabe: keys/registry-NAME im Datenordner)"


def add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="ORDNER", help="der Ordner des Registers")


def add_keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keys", type=Path, metavar="ORDNER", help=KEYS_HELP)


def keys_of(options: argparse.Namespace) -> RegistryKeys:
    """The keys of the registry, outside its folder."""
    name = options.folder.resolve().name
    return RegistryKeys((options.keys or data_folder() / "keys" / f"registry-{name}").expanduser().resolve())


def author_file(options: argparse.Namespace) -> Path:
    """The author's key."""
    chosen: Path = options.key or data_folder() / "keys" / "author.json"
    return chosen.expanduser().absolute()


def without_errors(path: Path, files: Files) -> Files:
    """The files, if the check finds nothing that would keep a town from installing them. Raises CommandProblem."""
    errors = errors_in(check(files))
    if errors:
        more = f" (und {len(errors) - 1} weitere, siehe „package check“)" if len(errors) > 1 else ""
        raise CommandProblem(f"{path} hat Fehler: {errors[0]}{more}")
    return files


def tell(done: Signed) -> None:
    """What was signed, until when it holds, and what somebody must see to."""
    for entry in done.archives:
        say(f"  {entry.service} {entry.version}  {entry.title}  (Urheber {entry.author[:12]})")
    if done.adoptions:
        say(f"Neue Meldungen von Kommunen: {done.adoptions}")
    if done.renew_by:
        say(
            f"Unterschrieben: {', '.join(done.roles)}. Bis zum {done.renew_by:%d.%m.%Y} muss neu unterschrieben werden."
        )
    for warning in done.warnings:
        say(warning, error=True)
