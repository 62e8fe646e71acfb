"""``stadtamt form export NAME``: the form of a package for other systems, as XDatenfelder 3.0.0 or as JSON Schema."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.package_files import files_at, read_file
from stadtamt.conf.environment import env_path
from stadtamt.forms.exchange import as_xdatenfelder, json_schema
from stadtamt.forms.fim import FimRefused, form_source, import_schema
from stadtamt.forms.schema import FormProblem, Schema, read_form
from stadtamt.forms.xdatenfelder import write_document
from stadtamt.packages.format.reader import read_package

FORMATS = ("xdf3", "jsonschema")
MAX_BYTES = 20_000_000
XDF = "form.xdf.xml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="mitgeliefertes Paket, Ordner, Archiv oder Datenschema")
    parser.add_argument("--format", choices=FORMATS, required=True, help="XDatenfelder 3.0.0 oder JSON Schema 2020-12")
    parser.add_argument("--to", type=Path, metavar="DATEI", help="schreibt in eine Datei statt auf die Ausgabe")


def run(options: argparse.Namespace) -> int:
    try:
        content = _exported(options.name, options.format)
    except FimRefused as problem:
        raise CommandProblem(f"{options.name}: {problem}") from problem
    except FormProblem as problem:
        raise CommandProblem(f"{options.name}: {problem}") from problem
    if options.to is None:
        sys.stdout.buffer.write(content)
        return 0
    try:
        options.to.expanduser().write_bytes(content)
    except OSError as problem:
        raise CommandProblem(f"{options.to} lässt sich nicht schreiben: {problem.strerror}.") from None
    say(f"{options.to}: {len(content)} Bytes")
    return 0


def _exported(name: str, form: str) -> bytes:
    place = Path(name).expanduser()
    if place.is_file() and place.suffix == ".xml":
        data = read_file(place, most=MAX_BYTES)
        if form == "xdf3":
            return write_document(import_schema(data).document)
        return _described(read_form(form_source(data, {}, key="formular").source))
    package = read_package(files_at(_folder(name)))
    if form == "jsonschema":
        return _described(read_form(package.form))
    if XDF in package.files:
        return write_document(import_schema(package.files[XDF]).document)
    return write_document(as_xdatenfelder(read_form(package.form), title=str(package.service["title"])))


def _described(schema: Schema) -> bytes:
    return (json.dumps(json_schema(schema), ensure_ascii=False, indent=1) + "\n").encode()


def _folder(name: str) -> Path:
    """The place that is named, or the shipped package of this name."""
    place = Path(name).expanduser()
    if place.exists():
        return place
    shipped = env_path("STADTAMT_SERVICES", Path(__file__).resolve().parents[4] / "services") / name
    if "/" not in name and shipped.is_dir():
        return shipped
    raise CommandProblem(f"„{name}“ ist weder ein Ordner noch ein mitgeliefertes Paket.")
