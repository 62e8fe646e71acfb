"""``stadtamt package preview PATH``: the pages, the diagram and the letters of a package not yet installed."""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import tempfile
from pathlib import Path

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.database import APP, set_up
from stadtamt.conf.commandline.package_files import files_at
from stadtamt.conf.commandline.ports import require_free
from stadtamt.packages.format.files import Files, text_of
from stadtamt.packages.format.layer import Layer, read_layer

LOOPBACK = "127.0.0.1"
NO_DATABASE = "postgresql://127.0.0.1:9/none"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PFAD", help="der Ordner des Pakets oder ein Archiv")
    parser.add_argument("--parameters", type=Path, metavar="DATEI", help="Einstellungen einer Kommune")
    parser.add_argument("--language", default="de", metavar="KÜRZEL", help="Sprache der Seiten (Vorgabe: de)")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--out", type=Path, metavar="ORDNER", help="schreibt die Seiten in diesen Ordner")
    where.add_argument("--port", type=int, default=8070, metavar="ZAHL", help="Port auf diesem Rechner (Vorgabe: 8070)")


def run(options: argparse.Namespace) -> int:
    files = files_at(options.path)
    layer, town = _layer(options, files)
    if not options.out:
        require_free(LOOPBACK, options.port)
    _start_django()
    from stadtamt.packages.preview import look_at
    from stadtamt.web.portal.preview import plain_files, write_preview

    plain_files()
    preview = look_at(files, layer, language=options.language, town=town)
    if options.out:
        pages = write_preview(preview, options.out.expanduser())
        say(f"{len(pages)} Dateien in {options.out}; beginnen Sie mit {options.out / 'index.html'}")
        return 0
    with tempfile.TemporaryDirectory(prefix="stadtamt-preview-") as folder:
        write_preview(preview, Path(folder))
        _serve(folder, options.port)
    return 0


def _start_django() -> None:
    """Nothing is read from a database and nothing written; Django only wants an address to be set."""
    before = os.environ.get(APP)
    os.environ[APP] = before or NO_DATABASE
    try:
        set_up()
    finally:
        if before is None:
            del os.environ[APP]


def _layer(options: argparse.Namespace, files: Files) -> tuple[Layer, str]:
    """The town's settings: those given, else the first example of the package, else the defaults."""
    if options.parameters:
        try:
            text = options.parameters.expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise CommandProblem(f"{options.parameters} lässt sich nicht lesen.") from None
        return read_layer(text, file=options.parameters.name), options.parameters.stem
    example = next((name for name in files if name.startswith("parameters/")), "")
    if not example:
        return Layer(), ""
    return read_layer(text_of(files, example), file=example), Path(example).stem


def _serve(folder: str, port: int) -> None:
    handler = functools.partial(_Quiet, directory=folder)
    with http.server.ThreadingHTTPServer((LOOPBACK, port), handler) as server:
        say(f"Vorschau auf http://{LOOPBACK}:{server.server_port}/ (Strg+C beendet)")
        server.serve_forever(poll_interval=0.2)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *words: object) -> None:
        """Says nothing: the terminal belongs to the person who looks."""
