"""A file of XDatenfelder read, its rules understood as far as they are certain, and made into a form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stadtamt.forms.codelists import CodeListRefused, CodeLists, read_genericode, to_data
from stadtamt.forms.conditions import Reading
from stadtamt.forms.fim.compiling import compile_form
from stadtamt.forms.freetext import read_rules
from stadtamt.forms.xdatenfelder import XdfRefused, read_document
from stadtamt.forms.xdatenfelder.model import Document, Field

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


class FimRefused(Exception):
    """Diese Datei ist kein Datenschema, das wir lesen können."""

    def __init__(self, sentence: str, *, line: int = 1, file: str = "") -> None:
        super().__init__(f"{file}{', ' if file else ''}Zeile {line}: {sentence}")
        self.sentence = sentence
        self.line = line
        self.file = file


@dataclass(frozen=True, slots=True)
class FimImport:
    """A schema as it was read: the document, its rules, and what was noticed (line, sentence)."""

    document: Document
    rules: tuple[Reading, ...]
    warnings: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class FormSource:
    """A form as text, for `read_form`; what was noticed; and the code lists that nobody handed in, by version uri."""

    source: str
    warnings: tuple[str, ...] = ()
    missing_lists: tuple[str, ...] = ()


def import_schema(data: bytes) -> FimImport:
    """Read a file of XDatenfelder. Raises FimRefused with line and German sentence."""
    try:
        document = read_document(data)
    except XdfRefused as problem:
        raise FimRefused(problem.sentence, line=problem.line) from problem
    warnings = tuple((one.line, one.sentence) for one in document.warnings)
    return FimImport(document, read_rules(document), warnings)


def form_source(xdf: bytes, code_lists: Mapping[str, bytes], *, key: str) -> FormSource:
    """The form of a package from a schema and code lists (genericode, by file name). Raises FimRefused."""
    found = import_schema(xdf)
    _hold_ids(found.document)
    lists, warnings, missing = _lists_for(found.document, code_lists)
    data, noticed = compile_form(found.document, found.rules, lists, key=key)
    if not data["groups"]:
        raise FimRefused("Das Datenschema hat kein Feld, nach dem gefragt werden könnte.")
    said = [f"Zeile {line}: {sentence}" for line, sentence in found.warnings]
    source = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return FormSource(source, (*said, *noticed, *warnings), missing)


def _hold_ids(document: Document) -> None:
    """Ids name the fields of a form; those of the library are letters and digits."""
    for node in document.nodes():
        if not _ID.fullmatch(node.element.id):
            sentence = f"Die Kennung „{node.element.id}“ hat andere Zeichen als Buchstaben, Ziffern und Unterstriche."
            raise FimRefused(sentence, line=node.element.common.line or 1)


def _lists_for(
    document: Document, files: Mapping[str, bytes]
) -> tuple[dict[str, dict[str, Any]], list[str], tuple[str, ...]]:
    """For each code list the schema names, by uri: the version it names, or else another one, which is said."""
    read = []
    wanted = [uri.encode() for uri, _ in _named(document)]
    for name, content in sorted(files.items()):
        # A list of all municipalities takes a second to read: only what is named is read at all.
        if not any(uri in content for uri in wanted):
            continue
        try:
            read.append(read_genericode(content, source=name))
        except CodeListRefused as problem:
            raise FimRefused(problem.sentence, line=problem.line, file=name) from problem
    known, found = CodeLists(read), {}
    warnings: list[str] = []
    missing: list[str] = []
    for uri, version in dict.fromkeys(_named(document)):
        one = known.find(uri, version, None)
        if one is None:
            missing.append(f"{uri}_{version}" if version else uri)
        elif uri not in found:
            found[uri] = to_data(one.code_list)
            if not one.exact:
                other = one.code_list.version or "eine andere"
                warnings.append(f"Codeliste {uri}: Die Fassung {version} fehlt, verwendet wird {other}.")
    return found, warnings, tuple(missing)


def _named(document: Document) -> list[tuple[str, str]]:
    return [
        (node.element.code_list.uri, node.element.code_list.version)
        for node in document.nodes()
        if isinstance(node.element, Field) and node.element.code_list and node.element.code_list.uri
    ]
