"""``stadtamt bench forms``: how long a data schema takes to read, beside what the XML alone would take."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from stadtamt.conf.bench.figures import spread
from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.package_files import read_file
from stadtamt.forms.exchange import json_schema
from stadtamt.forms.fim import FimRefused, form_source, import_schema
from stadtamt.forms.schema import Situation, read_form

MAX_BYTES = 20_000_000
ALLOWED_FACTOR, ALLOWED_MS = 2.0, 200.0
LARGEST = "S05000001299.schema.xdf.xml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, metavar="DATEI", help="ein Datenschema (Vorgabe: das größte)")
    parser.add_argument("--runs", type=int, default=9, metavar="ZAHL", help="Durchgänge (Vorgabe: 9)")
    parser.add_argument("--json", action="store_true", help="gibt das Ergebnis als JSON aus")


def run(options: argparse.Namespace) -> int:
    if not 1 <= options.runs <= 200:
        raise CommandProblem("--runs ist eine Zahl von 1 bis 200.")
    file = options.file or Path(os.environ.get("STADTAMT_REAL_DATA", "../shared/real")) / "fim" / LARGEST
    content = read_file(file, most=MAX_BYTES)
    try:
        result = measure(content, runs=options.runs)
    except FimRefused as problem:
        raise CommandProblem(f"{file.name}, {problem}") from problem
    result["file"] = file.name
    say(json.dumps(result, ensure_ascii=False, indent=1) if options.json else table(result))
    return 0


def measure(content: bytes, *, runs: int) -> dict[str, Any]:
    """Medians in milliseconds; the steps take turns, so that a slow moment of the machine hits all of them."""
    source = form_source(content, {}, key="messung").source
    schema = read_form(source)
    steps: dict[str, Callable[[], object]] = {
        "parse": lambda: etree.fromstring(content, etree.XMLParser(huge_tree=True)),
        "import": lambda: import_schema(content),
        "form": lambda: form_source(content, {}, key="messung"),
        "read": lambda: read_form(source),
        "pages": lambda: Situation(schema, {}, {}, date(2026, 1, 1)).pages(),
        "jsonschema": lambda: json_schema(schema),
    }
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(runs + 1):
        for name, step in steps.items():
            begun = time.perf_counter()
            step()
            times[name].append(time.perf_counter() - begun)
    medians = {name: round(spread(found[1:]).p50, 2) for name, found in times.items()}
    allowed = ALLOWED_FACTOR * medians["parse"] + ALLOWED_MS
    return {
        "bytes": len(content),
        "fields": len(schema.fields),
        "groups": len(schema.groups),
        "pages": sum(1 for _ in schema.questions()),
        "ms": medians,
        "allowed_ms": round(allowed, 2),
        "within": medians["form"] <= allowed,
        "ratio": round(medians["form"] / medians["parse"], 2),
    }


def table(result: dict[str, Any]) -> str:
    """The result for a person."""
    words = {
        "parse": "XML lesen (lxml allein, der Boden)",
        "import": "Datenschema lesen, mit Regeln",
        "form": "und ein Formular daraus machen",
        "read": "Formular aus der Datenbank lesen",
        "pages": "Seiten für eine Person bestimmen",
        "jsonschema": "JSON Schema schreiben",
    }
    verdict = "eingehalten" if result["within"] else "verfehlt"
    lines = [
        f"{result['file']}: {result['bytes']} Bytes, {result['fields']} Felder, {result['pages']} Seiten",
        *(f"{words[name]:<40}{value:>10.1f} ms" for name, value in result["ms"].items()),
        f"Erlaubt sind 2 x Boden + 200 ms = {result['allowed_ms']:.1f} ms: {verdict} ({result['ratio']:.2f} x Boden)",
    ]
    return "\n".join(lines)
