"""Who reads an answer, and whether what an expression reads is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from stadtamt.forms import schema as forms
from stadtamt.forms.schema.model import Condition, Field, Question, Schema
from stadtamt.kernel.expressions import Text
from stadtamt.kernel.xml import XmlRefused, parse_xml
from stadtamt.packages.format.addresses import letter_data
from stadtamt.packages.format.package import Package

read_form = lru_cache(maxsize=64)(forms.read_form)
"""Remembered, since a town's deviations are put on the same form one by one."""

type Part = Condition | Text | None


def readers_of(package: Package, path: str) -> Iterator[str]:
    """Where the answer ``group.field`` is read outside the form: German words for a sentence."""
    if path in set(strings_in(dict(package.person))):
        yield "Name, Anschrift und Erreichbarkeit der Person ([person])"
    if _reads("\n".join(rule_texts(package.rules)), path, "answers."):
        yield "eine Regel (rules.dmn)"
    for letter in package.letters:
        said = [*strings_in(letter_data(letter)), letter.when, letter.arrangement]
        if _reads("\n".join(said), path, "answers."):
            yield f"der Brief „{letter.id}“"
    if _reads("\n".join(strings_in(dict(package.outcome))), path, "answers."):
        yield "die Worte zur Entscheidung ([outcome])"


def readers_in_form(schema: Schema, path: str) -> Iterator[str]:
    """The questions of this form that read the answer."""
    for group in schema.groups:
        if _mentioned((group.when, group.title, group.short), path):
            yield f"der Abschnitt „{group.title.source}“"
        for question in group.questions:
            if _mentioned(parts_of(question), path):
                yield f"die Frage „{question.title.source}“"


def parts_of(question: Question) -> list[Part]:
    """Everything of a question that may hold expressions."""
    parts: list[Part] = [question.when, question.title, question.help]
    for entry in question.fields:
        parts += [entry.when, entry.label, entry.hint, entry.choices_from]
    for check in question.checks:
        parts += [check.condition, check.message]
    return parts


def unknown_in(parts: Iterable[Part], fields: dict[str, Field], parameters: set[str], root: str = "") -> str:
    """The first answer or parameter that is read but not there, as ``group.field`` or ``parameters.key``; else empty.

    `root` is ``answers`` where answers are read as ``answers.group.field``.
    """
    groups = {entry.group for entry in fields.values()}
    for path in (path for part in parts if part is not None for path in sorted(part.paths)):
        if path[0] == "parameters" and len(path) > 1 and path[1] not in parameters:
            return ".".join(path[:2])
        inside = path[1:] if root and path[0] == root else () if root else path
        if not inside or inside[0].startswith("_") or (not root and inside[0] not in groups):
            continue
        if inside[0] not in groups or (len(inside) > 1 and ".".join(inside[:2]) not in fields):
            return ".".join(path[: 3 if root else 2])
    return ""


def rule_texts(rules: str) -> Iterator[str]:
    """The expressions of the decision tables."""
    try:
        root = parse_xml(rules.encode())
    except XmlRefused:
        yield rules  # what cannot be read may need anything
        return
    for element in root.iter():
        if isinstance(element.tag, str) and etree.QName(element).localname == "text":
            yield element.text or ""


def strings_in(data: Any) -> Iterator[str]:
    """All texts anywhere in plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from strings_in(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from strings_in(value)


def _mentioned(parts: Iterable[Part], path: str) -> bool:
    sources = []
    for part in parts:
        if isinstance(part, Text):
            sources += [place.source for place in part.places]
        elif part is not None:
            sources.append(part.source)
    return _reads("\n".join(sources), path, "")


def _reads(source: str, path: str, root: str) -> bool:
    """Whether the expressions read the answer, by its path or inside the whole group handed to a function.

    By the letter of the source, as an expression inside a filter or a function does not count among its own paths.
    """
    group, name = (re.escape(part) for part in path.split(".", 1))
    before = rf"(?<![\w.]){re.escape(root)}"
    if re.search(rf"{before}{group}\.{name}(?!\w)", source):
        return True
    whole = rf"{before}{group}(?![\w.])" + (rf"|(?<![\w.]){re.escape(root.rstrip('.'))}(?![\w.])" if root else "")
    return bool(re.search(whole, source) and re.search(rf"(?<!\w){name}(?!\w)", source))
