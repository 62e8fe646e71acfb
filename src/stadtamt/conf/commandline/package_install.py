"""``stadtamt package install PATH|NAME --municipality M``: a town adopts a package."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.package_files import read_text
from stadtamt.conf.commandline.town import add_town, django, town_of
from stadtamt.packages.format.layer import Layer, read_layer

if TYPE_CHECKING:
    from stadtamt.packages.format.package import Package
    from stadtamt.packages.models import Installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("package", metavar="PAKET", help="Ordner, Archiv oder Name in einem bekannten Register")
    add_town(parser)
    parser.add_argument("--parameters", type=Path, metavar="DATEI", help="die Einstellungen der Kommune")
    parser.add_argument("--version", metavar="VERSION", help="nicht die neueste, sondern diese Version")
    parser.add_argument(
        "--tell-registry", action="store_true", help="das Register darf die Kommune als Nutzerin nennen"
    )


def run(options: argparse.Namespace) -> int:
    with django():
        with town_of(options.municipality) as town:
            done = _install(options)
            words = f"{town.office_name}: „{done.key}“ {done.version} ist eingerichtet (Stand {done.edition})."
        say(words)
        from stadtamt.conf.town_packages import tell_registry

        if trouble := tell_registry(town, done.key):
            say(trouble, error=True)
    return 0


def _install(options: argparse.Namespace) -> Installation:
    from stadtamt.conf.town_packages import TERMINAL, obtain
    from stadtamt.packages.actions import install
    from stadtamt.packages.format.reader import read_package
    from stadtamt.packages.models import Installation

    files, source = obtain(options.package, version=options.version)
    package = read_package(files)
    if Installation.objects.filter(key=package.id).exists():
        raise CommandProblem(f"„{package.id}“ ist hier schon eingerichtet. Eine neue Version nimmt „package update“.")
    if options.tell_registry and not source.origin:
        raise CommandProblem("Melden lässt sich nur, was aus einem Register kommt.")
    done = install(files=files, layer=_layer(options.parameters, package), source=source, actor=TERMINAL)
    if options.tell_registry:
        done.tells_registry = True
        done.save(update_fields=["tells_registry"])
    return done


def _layer(file: Path | None, package: Package) -> Layer:
    """The town's settings from the file, else those it had when it used the package before."""
    from stadtamt.packages.golden import settings_for
    from stadtamt.packages.officer.sheets import past_layer

    if file is not None:
        layer = read_layer(read_text(file), file=file.name)
        return replace(layer, values=settings_for(package, layer))
    past = past_layer(package.id)
    return past[1] if past is not None else Layer()
