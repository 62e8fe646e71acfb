"""``stadtamt form import FILE``: reads a data schema of FIM, says what it holds, and makes a package of it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.package_files import read_file
from stadtamt.conf.commandline.package_new import SCHEMAS, lay_down
from stadtamt.forms.conditions import Reading, write_effect
from stadtamt.forms.fim import FimImport, FimRefused, import_schema
from stadtamt.forms.xdatenfelder.model import Field, Node

MAX_BYTES = 20_000_000
UNCLEAR = "Nicht sicher verstanden"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="DATEI", help="ein Datenschema (XDatenfelder 2.0 oder 3.0.0)")
    parser.add_argument("--as", dest="package", metavar="PAKET", help="legt ein Leistungspaket dieses Namens an")
    parser.add_argument("--into", type=Path, default=Path(), metavar="ORDNER", help="Ordner, in dem es entsteht")
    parser.add_argument(
        "--code-lists",
        type=Path,
        action="append",
        default=[],
        metavar="ORDNER",
        help="Ordner mit Codelisten (genericode); die genannten kommen in das Paket",
    )
    parser.add_argument("--json", action="store_true", help="gibt Felder, Regeln und Hinweise als JSON aus")


def run(options: argparse.Namespace) -> int:
    content = read_file(options.file, most=MAX_BYTES)
    try:
        found = import_schema(content)
    except FimRefused as problem:
        raise CommandProblem(f"{options.file.name}, {problem}") from problem
    if options.json:
        say(json.dumps(as_data(found), ensure_ascii=False, indent=1))
    else:
        say(summary(found))
    if options.package:
        _make_package(options, found, content)
    return 0


def as_data(found: FimImport) -> dict[str, Any]:
    """What was read, for programs: schema, nodes, rules, warnings."""
    root = found.document.root.common
    return {
        "schema": {
            "id": root.identity.id,
            "version": root.identity.version,
            "name": root.name,
            "title": root.label_in or root.name,
            "generation": found.document.generation,
        },
        "nodes": [_node(node) for node in found.document.nodes()],
        "rules": [_rule(rule) for rule in found.rules],
        "warnings": [{"line": line, "sentence": sentence} for line, sentence in found.warnings],
    }


def summary(found: FimImport) -> str:
    """What was read, for a person; rules that need one are named."""
    root = found.document.root.common
    nodes = list(found.document.nodes())
    fields = sum(isinstance(node.element, Field) for node in nodes)
    unclear = [rule for rule in found.rules if rule.status == "unclear"]
    lines = [
        f"{root.identity.id} {root.identity.version}: {root.label_in or root.name}",
        f"{len(nodes) - fields} Gruppen, {fields} Felder, {len(found.rules)} Regeln, davon {len(unclear)} unklar",
    ]
    for rule in unclear:
        lines += [f"{UNCLEAR}: {rule.id} {rule.version}. {rule.reason}", f"    {' '.join(rule.text.split())}"]
    return "\n".join([*lines, *(f"Hinweis, Zeile {line}: {sentence}" for line, sentence in found.warnings)])


def _node(node: Node) -> dict[str, Any]:
    element, common = node.element, node.element.common
    kind = element.kind if isinstance(element, Field) else "group"
    described = {
        "path": ".".join(node.path),
        "id": common.identity.id,
        "kind": "field" if isinstance(element, Field) else "group",
        "label": common.label_in,
        "min": node.structure.least,
        "max": node.structure.most,
        "type": "group",
    }
    if isinstance(element, Field):
        described["type"] = element.type if kind == "input" else kind
    return described


def _rule(rule: Reading) -> dict[str, Any]:
    return {
        "id": rule.id,
        "version": rule.version,
        "name": rule.name,
        "at": rule.at,
        "status": rule.status,
        "effects": [write_effect(effect) for effect in rule.effects],
        "text": rule.text,
        "reason": rule.reason,
    }


def _make_package(options: argparse.Namespace, found: FimImport, content: bytes) -> None:
    from stadtamt.packages.skeleton import skeleton_for_form

    files = skeleton_for_form(
        options.package, document=found.document, xdf=content, code_lists=_code_lists(options), schemas=SCHEMAS
    )
    folder = lay_down(files, options.into.expanduser() / options.package)
    if not options.json:
        say(f"{folder}: {len(files)} Dateien. Wie es weitergeht:")
        say(f"  stadtamt package check {folder}")
        say(f"  stadtamt package preview {folder}")
        say(f"  stadtamt package install {folder} --municipality …")


def _code_lists(options: argparse.Namespace) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for folder in options.code_lists:
        if not folder.expanduser().is_dir():
            raise CommandProblem(f"{folder} ist kein Ordner.")
        for file in sorted(folder.expanduser().glob("*.xml")):
            found.setdefault(file.name, read_file(file, most=MAX_BYTES))
    return found
