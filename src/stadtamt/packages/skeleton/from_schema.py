"""A package to begin with, made of a data schema of FIM: its form, a process with a clerk, two letters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from stadtamt.forms.fim import FimRefused, form_source
from stadtamt.forms.schema import Schema, read_form
from stadtamt.forms.xdatenfelder.model import Document, Field
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import MAX_FILE_BYTES, Files, check_package_id, checked
from stadtamt.packages.format.form_file import ADJUSTMENTS, CODE_LISTS, SCHEMA
from stadtamt.packages.format.layer_file import write_overrides
from stadtamt.packages.skeleton.applicant import Applicant, applicant_in

FOLDER = Path(__file__).parent / "aus-datenschema"
NAME = "aus-datenschema"
PROCESS = Path(__file__).parent / "neue-leistung" / "process.bpmn"
MOST_TITLE, MOST_BASES = 180, 10
_NO_BASIS = "Bitte ergänzen: die Rechtsgrundlage der Leistung"
# What the process of the other skeleton says of its certificate.
_OTHER_WORDS = {
    "Antrag prüfen und Gebühr berechnen": "Antrag prüfen",
    "Antwort prüfen und Gebühr neu berechnen": "Antwort prüfen",
    'name="Bürgeramt"': 'name="Zuständige Stelle"',
}


def files_for(name: str, *, document: Document, xdf: bytes, code_lists: Mapping[str, bytes]) -> Files:
    """The files of a package of this name. Raises PackageProblem for a name or schema that cannot be taken."""
    check_package_id(name)
    lists = dict(_named_lists(document, code_lists))
    try:
        schema = read_form(form_source(xdf, lists, key=name).source)
    except FimRefused as problem:
        raise PackageProblem(problem.file or SCHEMA, problem.sentence, problem.line) from problem
    title = _title(document)
    applicant = applicant_in(schema)
    made = {
        "service.toml": _service(name, title, _bases(document), applicant),
        "process.bpmn": _process(name, title),
        "tests/faelle.toml": _cases(schema, applicant),
        "README.md": f"# {title}\n\nEin Leistungspaket für Stadtamt, aus dem Datenschema {document.root.id}.\n",
        ADJUSTMENTS: _adjustments(schema, applicant),
    }
    fixed = {file: content.decode().replace(NAME, name) for file, content in _fixed_files().items()}
    files = {file: text.encode() for file, text in {**fixed, **made}.items()}
    return checked({**files, SCHEMA: xdf, **{f"{CODE_LISTS}{file}": content for file, content in lists.items()}})


def _fixed_files() -> dict[str, bytes]:
    """The files that are the same for every schema; the folder alone is no package."""
    return {str(path.relative_to(FOLDER)): path.read_bytes() for path in sorted(FOLDER.rglob("*")) if path.is_file()}


def _title(document: Document) -> str:
    common = document.root.common
    title = " ".join((common.label_in or common.name or common.identity.id).split())
    return title if len(title) <= MOST_TITLE else f"{title[: MOST_TITLE - 1]}…"


def _bases(document: Document) -> list[str]:
    """The legal bases that the schema names for itself, or else the first of its parts."""
    own = [one.text for one in document.root.common.references]
    parts = [one.text for node in document.nodes() for one in node.element.common.references]
    found = dict.fromkeys(" ".join(text.split()) for text in own or parts)
    return [text[:300] for text in found if text][:MOST_BASES] or [_NO_BASIS]


def _named_lists(document: Document, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The code lists that the schema names, under names that a package may have."""
    wanted = {
        node.element.code_list.uri.encode()
        for node in document.nodes()
        if isinstance(node.element, Field) and node.element.code_list and node.element.code_list.uri
    }
    for file, content in sorted(files.items()):
        if len(content) <= MAX_FILE_BYTES and any(uri in content for uri in wanted):
            stem = re.sub(r"[^a-z0-9]+", "-", file.casefold().removesuffix(".xml")).strip("-")[:70] or "liste"
            yield f"{stem}.xml", content


def _service(name: str, title: str, bases: list[str], applicant: Applicant) -> str:
    person = "\n".join(f"{part} = {_text(paths)}" for part, paths in applicant.person.items())
    return f"""# Ein Leistungspaket aus einem Datenschema (FIM). Es läuft schon; ergänzen Sie es Stück für Stück.
# Alles, was stehen darf, erklärt docs/reference/service-package.md.

[service]
id = {_text(name)}
version = "0.1.0"
title = {_text(_plain(title))}
summary = {_text(_plain(f"{title}: hier online ausfüllen und absenden."))}
legal_bases = {_text([_plain(one) for one in bases])}
channels = ["online", "counter", "post"]
trust_level = "none"

# Soll ein klarer Fall ohne einen Menschen entschieden werden? Dann nennen Sie die Vorschrift, die das erlaubt.
[automation]
enabled = false
legal_basis = ""
discretion = true

[deadlines]
processing_days = 90
law = "administrative"

[remedy]
paragraph = "§§ 68 und 70 VwGO"

[efile]
plan = {_text(title)}
retention_years = 10

[outcome]
grant = "Antrag bewilligen"
refuse = "Antrag ablehnen"

# Welche Antworten Name, Anschrift und Erreichbarkeit der Person sind.
[person]
{person}

# Der erste Brief, dessen Bedingung erfüllt ist, wird verschickt.
[[letter]]
id = "ablehnung"
when = 'decision.outcome = "refused"'

[[letter]]
id = "bescheid"
"""


def _process(name: str, title: str) -> str:
    source = PROCESS.read_text(encoding="utf-8").replace("neue-leistung", name)
    for old, new in {**_OTHER_WORDS, "Bescheinigung beantragen": escape(title, {'"': "&quot;"})}.items():
        source = source.replace(old, new)
    return source


def _cases(schema: Schema, applicant: Applicant) -> str:
    """What holds whatever else is answered: a person decides, by a letter. What is right, the author must say."""
    answers = f"answers = {_text(applicant.example)}"
    return f"""# Goldene Fälle: von Hand gerechnet. Ergänzen Sie, was in Ihrer Leistung herauskommen muss.

# Eingang 12.05.2026 + 90 Tage = 10.08.2026.
[[case]]
name = "Ein Mensch prüft und bewilligt, der Bescheid kommt mit der Post"
today = 2026-05-12
{answers}
expect = {{ kind = "application", clear = false, codes = ["by_a_person"], total_cents = 0 }}
process = {{ tasks = ["decide", "post-notice"] }}
letter = {{ id = "bescheid", contains = ["geben wir statt", {_text(applicant.called)}] }}
deadlines = {{ decide_by = 2026-08-10 }}

[[case]]
name = "Ein Mensch fragt zurück und lehnt dann ab"
today = 2026-05-12
outcome = "refused"
grounds = "Die Unterlagen sind nicht vollständig."
{answers}
process = {{ tasks = ["decide", "answer", "decide", "post-notice"] }}
letter = {{ id = "ablehnung", contains = ["Die Unterlagen sind nicht vollständig."], lacks = ["geben wir statt"] }}

[[case]]
name = "Wer nichts beantwortet, ist nicht fertig"
today = 2026-05-12
complete = false
expect = {{ clear = false }}
"""


def _adjustments(schema: Schema, applicant: Applicant) -> str:
    """What is added to the schema, and as a beginning every rule that nobody could read with certainty."""
    lines = [
        "# Was am Formular anders ist als im Datenschema. Die Schreibweise ist die der Abweichungen, siehe",
        "# docs/reference/service-package.md. Möglich sind: hide, add, order, text, rule, field.",
        *(["", "# Das Schema fragt nicht sicher danach, wem wir schreiben."] if applicant.added else []),
        *([write_overrides(applicant.added)] if applicant.added else []),
    ]
    unclear = [rule for rule in schema.rules if rule.status == "unclear"]
    if unclear:
        lines.append(
            "\n# Diese Regeln sind nicht sicher verstanden. Sagen Sie, was daraus folgt (machine), oder nichts (none):"
        )
    for number, rule in enumerate(unclear, 1):
        shown = [f"rule = {_text(rule.id)}", f"at = {_text(rule.at)}", f"was = {_text(' '.join(rule.text.split()))}"]
        decided = ['decision = "none"', 'reason = "…"']
        block = ["[[override]]", f'id = "regel-{number}"', 'kind = "rule"', *shown, *decided]
        lines += ["", *(f"# {line}" for line in block)]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Words for a template."""
    return text.replace("{", "{{").replace("}", "}}")


def _text(value: object) -> str:
    """A value as TOML: JSON escapes everything that TOML wants escaped, but for one sign."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_text(one)}" for key, one in value.items()) + " }"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "[" + ", ".join(_text(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
