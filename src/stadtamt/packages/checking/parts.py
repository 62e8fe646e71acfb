"""The files of a package as they are held by the check: data, lines, expressions, and what was wrong on the way."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from stadtamt.forms.schema.functions import FORM_FUNCTIONS
from stadtamt.kernel.expressions import Expression, ExpressionError, Text, compile_expression, compile_text
from stadtamt.kernel.faults import toml_fault, yaml_fault
from stadtamt.kernel.yaml import YamlRefused, check_structure, read_yaml
from stadtamt.packages.checking.findings import Finding, error, warning
from stadtamt.packages.checking.lines import Lines, line_at, toml_lines, yaml_lines
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.addresses import form_data
from stadtamt.packages.format.files import check_name, checked
from stadtamt.packages.format.form_file import FORM, SCHEMA, form_file, form_of
from stadtamt.packages.format.form_tree import entries, field_path
from stadtamt.packages.format.parameters import plain
from stadtamt.packages.format.schemas import shape_for
from stadtamt.packages.format.shapes import Path, Source, placed

REQUIRED = ("service.toml", "process.bpmn", "rules.dmn")
_YAML_LINE = re.compile(r"Zeile (\d+): ")


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression or a text with places that could be read, and where it stands."""

    file: str
    path: Path
    line: int | None
    code: Expression | Text

    @property
    def places(self) -> tuple[Expression, ...]:
        return self.code.places if isinstance(self.code, Text) else (self.code,)


@dataclass
class Parts:
    """Everything of a package that could be read one file at a time."""

    files: Mapping[str, bytes]
    findings: list[Finding] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, Lines] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    compiled: list[Compiled] = field(default_factory=list)
    form_file: str = FORM
    form_text: str | None = None  # as `read_form` takes it; None where there is none
    form_data: Any = None

    @property
    def broken(self) -> set[str]:
        """The files with an error."""
        return {finding.file for finding in self.findings if finding.severity == "error"}

    def line(self, file: str, *path: str | int) -> int | None:
        return line_at(self.lines.get(file, {}), path)

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        found = self.data.get("service.toml")
        return found if isinstance(found, dict) else {}

    def section(self, name: str) -> Mapping[str, Any]:
        """A section of service.toml; empty where it is missing or no section."""
        found = self.manifest.get(name)
        return found if isinstance(found, dict) else {}

    def entries(self, file: str, name: str) -> list[tuple[int, Mapping[str, Any]]]:
        """The tables of a list, with their numbers."""
        data = self.data.get(file)
        found = data.get(name) if isinstance(data, dict) else None
        return [(n, one) for n, one in enumerate(found) if isinstance(one, dict)] if isinstance(found, list) else []

    @property
    def form_groups(self) -> list[dict[str, Any]]:
        """The sections of the form as they are written, or as they were made of a data schema."""
        return entries(self.form_data, "groups")

    @cached_property
    def parameters(self) -> dict[str, tuple[str, int]]:
        """Declared parameters: file and number by key."""
        return {
            str(entry.get("key")): (file, number)
            for file in ("parameters.toml", "service.toml")
            for number, entry in self.entries(file, "parameter")
        }


def read_parts(files: Mapping[str, bytes]) -> Parts:
    """Every file read for itself: names, syntax, shape, expressions."""
    parts = Parts(files)
    parts.findings += _names(files)
    for file in REQUIRED:
        if file not in files:
            parts.findings.append(error(file, "Die Datei fehlt."))
    for file, content in files.items():
        try:
            parts.texts[file] = content.decode("utf-8")
        except UnicodeDecodeError:
            parts.findings.append(error(file, "Die Datei ist nicht in UTF-8 geschrieben."))
    for file in parts.texts:
        if file.endswith((".toml", ".yaml")):
            _read(parts, file)
    _read_form(parts)
    return parts


def _read_form(parts: Parts) -> None:
    """The form as the package has it: form.yaml, or made of a data schema with the author's adjustments."""
    parts.form_file = form_file(parts.files)
    if FORM in parts.files and SCHEMA not in parts.files:
        parts.form_text, parts.form_data = parts.texts.get(FORM), parts.data.get(FORM)
    try:
        made = form_of(parts.files)
    except PackageProblem as problem:
        if SCHEMA in parts.files or FORM not in parts.broken:
            parts.findings.append(error(problem.file, problem.sentence, problem.line))
        return
    if parts.form_file != SCHEMA:
        return
    parts.form_text, parts.form_data = made.source, form_data(made.source)
    for sentence in made.warnings:
        found = _YAML_LINE.match(sentence)
        parts.findings.append(warning(SCHEMA, _YAML_LINE.sub("", sentence), int(found[1]) if found else None))
    for uri in made.missing_lists:
        sentence = f"Die Codeliste {uri} fehlt: Legen Sie sie als genericode unter code-lists/ ab."
        parts.findings.append(warning(SCHEMA, sentence))


def _names(files: Mapping[str, bytes]) -> Iterator[Finding]:
    wrong = False
    for file in files:
        try:
            check_name(file)
        except PackageProblem as problem:
            wrong = True
            yield error(problem.file, problem.sentence)
    if not wrong:
        try:
            checked(files)
        except PackageProblem as problem:
            yield error(problem.file, problem.sentence)


def _read(parts: Parts, file: str) -> None:
    text = parts.texts[file]
    try:
        data = _toml(text) if file.endswith(".toml") else _yaml(file, text)
    except _Unreadable as problem:
        parts.findings.append(error(file, problem.sentence, problem.line))
        return
    parts.data[file] = data
    parts.lines[file] = toml_lines(text) if file.endswith(".toml") else yaml_lines(text)
    shape = shape_for(file)
    if shape is None:
        return
    for fault in shape.faults(data):
        parts.findings.append(error(file, placed(fault.path, fault.sentence), parts.line(file, *fault.path)))
    for source in shape.sources(data):
        _compile(parts, file, source)


class _Unreadable(Exception):
    def __init__(self, sentence: str, line: int | None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


def _toml(text: str) -> Any:
    try:
        return plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise _Unreadable(*toml_fault(problem)) from problem
    except RecursionError:
        raise _Unreadable("Die Datei ist zu tief verschachtelt.", None) from None
    except ValueError:
        raise _Unreadable("Eine Zahl hat zu viele Ziffern.", None) from None


def _yaml(file: str, text: str) -> Any:
    try:
        if not file.startswith("letters/"):
            return read_yaml(text)
        check_structure(text)
        return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506  # knows texts, lists and mappings only
    except YamlRefused as problem:
        found = _YAML_LINE.match(str(problem))
        said = _YAML_LINE.sub("", str(problem))
        raise _Unreadable(said, int(found[1]) if found else None) from problem
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise _Unreadable(yaml_fault(getattr(problem, "problem", None)), mark.line + 1 if mark else None) from problem


def _compile(parts: Parts, file: str, source: Source) -> None:
    functions = None if file.startswith(("letters/", "tests/", "service")) else FORM_FUNCTIONS
    line = parts.line(file, *source.path)
    try:
        code: Expression | Text = (
            compile_text(source.text, functions=functions)
            if source.holds == "template"
            else compile_expression(source.text, functions=functions)
        )
    except ExpressionError as problem:
        inside = (problem.line or 1) - 1
        said = placed(source.path, f"{problem.sentence} Geschrieben steht: {_short(source.text)}")
        parts.findings.append(error(file, said, line + inside if line else None))
        return
    parts.compiled.append(Compiled(file, source.path, line, code))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 100 else flat[:100] + " …"


def raw_fields(parts: Parts) -> dict[str, tuple[Mapping[str, Any], int | None]]:
    """Every field as it is written, with its line, by its path."""
    found: dict[str, tuple[Mapping[str, Any], int | None]] = {}
    for number, group in enumerate(parts.form_groups):
        for place, question in enumerate(dicts(group.get("questions"))):
            for position, entry in enumerate(dicts(question.get("fields"))):
                line = parts.line(FORM, "groups", number, "questions", place, "fields", position)
                found.setdefault(field_path(group, dict(entry)), (entry, line))
    return found


def dicts(value: Any) -> list[Mapping[str, Any]]:
    """The tables of a list; nothing for what is no list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
