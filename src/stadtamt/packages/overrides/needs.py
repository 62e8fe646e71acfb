"""Who reads an answer, and whether what an expression reads is there."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Set
from functools import cached_property, lru_cache
from typing import Any

from lxml import etree

from stadtamt.forms import schema as forms
from stadtamt.forms.schema.model import Condition, Field, Question, Schema
from stadtamt.forms.schema.paths import within
from stadtamt.forms.schema.reader import RESERVED
from stadtamt.kernel.expressions import Text
from stadtamt.kernel.xml import XmlRefused, parse_xml
from stadtamt.packages.format.addresses import letter_data
from stadtamt.packages.format.package import Package

read_form = lru_cache(maxsize=64)(forms.read_form)
"""Remembered, since a town's deviations are put on the same form one by one."""

type Part = Condition | Text | None


class Readers:
    """Who reads the answers of a package. Looked through once, since a town may hide a hundred fields."""

    def __init__(self, package: Package, schema: Schema) -> None:
        self.package = package
        self.schema = schema

    def of(self, path: str, *, vanished: Set[str]) -> Iterator[str]:
        """Where the answer is read: German words for a sentence.

        `vanished` are all fields and groups that are gone: whoever asks whether anything was said in a group that
        lost this field and is gone with it needs it too.
        """
        if path in self._person:
            yield "Name, Anschrift und Erreichbarkeit der Person ([person])"
        for said, source in self._outside:
            if reads(source, path, "answers."):
                yield said
        for said, source in self._inside:
            if reads(source, path, ""):
                yield said
        for rule in self.schema.rules:
            looked = {".".join(one) for effect in rule.effects for one in effect.condition.paths}
            if any(within(path, one) for one in looked & vanished):
                yield f"die Regel {rule.id} des Formulars"

    @cached_property
    def _person(self) -> set[str]:
        return set(strings_in(dict(self.package.person)))

    @cached_property
    def _outside(self) -> list[tuple[str, str]]:
        found = [("eine Regel (rules.dmn)", "\n".join(rule_texts(self.package.rules)))]
        for letter in self.package.letters:
            said = [*strings_in(letter_data(letter)), letter.when, letter.arrangement]
            found.append((f"der Brief „{letter.id}“", "\n".join(said)))
        outcome = "\n".join(strings_in(dict(self.package.outcome)))
        return [*found, ("die Worte zur Entscheidung ([outcome])", outcome)]

    @cached_property
    def _inside(self) -> list[tuple[str, str]]:
        found = []
        for group in self.schema.groups:
            source = _sources((group.when, group.title, group.short, group.help))
            found.append((f"der Abschnitt „{group.title.source}“", source))
            found += [(f"die Frage „{one.title.source}“", _sources(parts_of(one))) for one in group.questions]
        return [(said, source) for said, source in found if source]


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
    groups = groups_above(fields)
    for path in (path for part in parts if part is not None for path in sorted(part.paths)):
        if path[0] == "parameters" and len(path) > 1 and path[1] not in parameters:
            return ".".join(path[:2])
        inside = path[1:] if root and path[0] == root else () if root else path
        if not inside or inside[0].startswith("_") or (not root and inside[0] in RESERVED):
            continue
        if not root and inside[0] not in groups and inside[0] not in fields:
            continue  # a name of another kind; whoever reads the form knows which there are
        if strange := unknown_step(inside, fields, groups):
            return ".".join(path[: strange + (1 if root else 0)])
    return ""


def groups_above(paths: Iterable[str]) -> set[str]:
    """The paths of all groups in which these fields lie."""
    return {path[:place] for path in paths for place, sign in enumerate(path) if sign == "."}


def unknown_step(path: tuple[str, ...], fields: Container[str], groups: Container[str]) -> int:
    """How many steps lead to what is not there, or 0. What lies below a field (of a file, of a row) is not judged."""
    for length in range(1, len(path) + 1):
        place = ".".join(path[:length])
        if place in fields:
            return 0
        if place not in groups:
            return length
    return 0


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


def _sources(parts: Iterable[Part]) -> str:
    sources = []
    for part in parts:
        if isinstance(part, Text):
            sources += [place.source for place in part.places]
        elif part is not None:
            sources.append(part.source)
    return "\n".join(sources)


def reads(source: str, path: str, root: str, *, mention: str = r"(?<!\w){name}(?!\w)") -> bool:
    """Whether the expressions read the answer, by its path or inside a group above it handed over as a whole.

    By the letter of the source, as an expression inside a filter or a function does not count among its own paths.
    `mention` is how the name of the field must stand there in the second case.
    """
    *above, last = path.split(".")
    if last not in source:
        return False
    name = re.escape(last)
    before = rf"(?<![\w.]){re.escape(root)}"
    if re.search(rf"{before}{re.escape(path)}(?!\w)", source):
        return True
    wholes = [rf"{before}{re.escape('.'.join(above[:length]))}(?![\w.])" for length in range(1, len(above) + 1)]
    wholes += [rf"(?<![\w.]){re.escape(root.rstrip('.'))}(?![\w.])"] if root else []
    return any(re.search(one, source) for one in wholes) and bool(re.search(mention.replace("{name}", name), source))
