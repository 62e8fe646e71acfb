"""A package compiled once, so that a case takes about a millisecond."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from stadtamt.decisions.dmn import DecisionModel, DecisionModelError, read_decisions
from stadtamt.forms.schema import FormProblem, Schema, read_form
from stadtamt.kernel.expressions import Expression, ExpressionError, compile_expression
from stadtamt.notices.composing import LetterSource, read_letter
from stadtamt.notices.errors import LetterSourceRefused
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format import shapes_service
from stadtamt.packages.format.form_file import form_of
from stadtamt.packages.format.package import LetterFile, Package
from stadtamt.packages.format.parameters import plain
from stadtamt.packages.format.shapes import placed
from stadtamt.processes.engine import ProcessRefused, ProcessSpec, read_process

_SECTIONS = {
    "automation": shapes_service.AUTOMATION,
    "deadlines": shapes_service.DEADLINES,
    "remedy": shapes_service.REMEDY,
    "outcome": shapes_service.OUTCOME,
    "person": shapes_service.PERSON,
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be chosen: what is in force, and the author's own words for the author's cases."""

    id: str
    when: Expression | None
    source: LetterSource
    author: LetterSource


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything of a package that a case needs, compiled. `author…` is what the author wrote, before any override."""

    package: Package
    schema: Schema
    author_schema: Schema
    model: DecisionModel
    spec: ProcessSpec
    added_steps: frozenset[str]
    letters: tuple[Letter, ...]

    @property
    def decides_alone(self) -> bool:
        """Whether the rules may decide a clear case without anybody, as `RuleSet.may_decide_alone` says it."""
        automation = self.package.automation
        return bool(
            automation.get("enabled") and automation.get("legal_basis") and automation.get("discretion") is False
        )


def bench_of(package: Package) -> Bench:
    """The package on the bench. Raises PackageProblem where a part of it cannot be read."""
    _check_sections(package)
    spec = _process(package.process)
    written = {node.id for node in _process(_author(package, "process.bpmn", package.process)).nodes}
    return Bench(
        package=package,
        schema=_form(package.form),
        author_schema=_form(form_of(package.files).source if package.files else package.form),
        model=_rules(package.rules),
        spec=spec,
        added_steps=frozenset(node.id for node in spec.nodes) - written,
        letters=tuple(_letter(package, letter) for letter in package.letters),
    )


def _check_sections(package: Package) -> None:
    """The sections that a case leans on are of their shape; the rest of the file is for the check to judge."""
    for name, shape in _SECTIONS.items():
        section = getattr(package, name)
        for fault in shape.faults(plain(section)) if section else ():
            raise PackageProblem("service.toml", placed((name, *fault.path), fault.sentence))


def _author(package: Package, name: str, otherwise: str) -> str:
    content: Mapping[str, Any] = package.files
    return content[name].decode("utf-8") if name in content else otherwise


@lru_cache(maxsize=64)
def _form(text: str) -> Schema:
    try:
        return read_form(text)
    except FormProblem as problem:
        raise PackageProblem("form.yaml", str(problem)) from problem


@lru_cache(maxsize=64)
def _rules(text: str) -> DecisionModel:
    try:
        return read_decisions(text.encode())
    except DecisionModelError as problem:
        raise PackageProblem("rules.dmn", problem.sentence, problem.line) from problem


@lru_cache(maxsize=64)
def _process(text: str) -> ProcessSpec:
    try:
        return read_process(text.encode())
    except ProcessRefused as problem:
        raise PackageProblem("process.bpmn", str(problem)) from problem


def _letter(package: Package, letter: LetterFile) -> Letter:
    name = f"letters/{letter.id}.yaml"
    try:
        when = compile_expression(letter.when) if letter.when else None
    except ExpressionError as problem:
        raise PackageProblem("service.toml", f"Brief „{letter.id}“, „when“: {problem.sentence}") from problem
    try:
        return Letter(letter.id, when, read_letter(letter.words), read_letter(_author(package, name, letter.words)))
    except LetterSourceRefused as problem:
        raise PackageProblem(name, problem.fault, problem.line) from problem
