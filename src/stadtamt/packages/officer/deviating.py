"""A town's named deviations from a package: what can be deviated from, and each as an officer gives it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from stadtamt.forms.conditions import Reading
from stadtamt.forms.schema import Field, Question, Schema
from stadtamt.forms.schema.paths import parent
from stadtamt.kernel import audit, tenancy
from stadtamt.packages.format.addresses import texts_of
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import Outcome, run_for_layer
from stadtamt.packages.models import Installation
from stadtamt.packages.overrides import apply
from stadtamt.packages.overrides.needs import read_form
from stadtamt.packages.updating import revise

_MARKS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Something on the page to choose: its key, its words, and the heading under which it stands."""

    key: str
    words: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Deviating:
    """An installed package with what may be deviated from: the author's package, and as the town has it now."""

    installation: Installation
    author: Package
    present: Package

    @property
    def layer(self) -> Layer:
        return self.installation.layer

    def texts(self) -> dict[str, str]:
        """The author's words by address."""
        return texts_of(self.author)

    def text_choices(self) -> list[Choice]:
        """Every address that may be worded anew, with the beginning of its text."""
        return [Choice(key, _beginning(text), _part(key)) for key, text in self.texts().items()]

    def hideable(self) -> list[Choice]:
        """Fields that nobody must answer, as the form is now; whether something reads one is found when it is tried."""
        texts = texts_of(self.present)
        return [
            Choice(entry.path, _beginning(texts.get(f"form.{question.group}.{entry.id}.label", "")), title)
            for title, question in _questions(self.present, texts)
            for entry in question.fields
            if not entry.required and entry.asked
        ]

    def hideable_groups(self) -> list[Choice]:
        """Sections that are asked for only where they are wanted, by their name."""
        schema = read_form(self.present.form)
        groups = {group.path: _beginning(group.title.source) for group in schema.groups}
        return [
            Choice(group.id, groups[group.path], groups.get(parent(group.path), ""))
            for group in schema.groups
            if not group.least and not group.continues
        ]

    def anchors(self) -> list[Choice]:
        """The questions after which another one may be asked."""
        texts = texts_of(self.present)
        return [Choice(one.key, _title(texts, one), title) for title, one in _questions(self.present, texts)]

    def unclear_rules(self) -> list[Reading]:
        """The rules of a data schema that are still to be settled, each with its words and why it is unclear."""
        return [rule for rule in read_form(self.present.form).rules if rule.status == "unclear"]

    def own_outcomes(self) -> tuple[Outcome, ...]:
        """How the town's own golden cases come out."""
        return run_for_layer(self.present, self.layer, town=tenancy.current().name, own_only=True)


def deviating(installation: Installation) -> Deviating:
    """The package in force, ready to be deviated from. Raises PackageProblem."""
    author = read_package(installation.package.files)
    return Deviating(installation, author, apply(author, installation.layer.overrides))


def schema_of(package: Package) -> Schema:
    """The form of a package."""
    return read_form(package.form)


def deviate(*, installation: Installation, override: Override, actor: audit.Actor) -> Installation:
    """Put a deviation into force, in the place of one about the same. Raises PackageProblem; then nothing changes."""
    return deviate_in_all(installation=installation, overrides=[override], actor=actor)


def deviate_in_all(*, installation: Installation, overrides: Iterable[Override], actor: audit.Actor) -> Installation:
    """Put several deviations into force, all or none of them. Raises PackageProblem; then nothing changes."""
    given = list(overrides)
    return revise(key=installation.key, revised=lambda layer: with_deviations(layer, given), actor=actor)


def with_deviations(layer: Layer, overrides: Iterable[Override]) -> Layer:
    """The layer with these deviations, each in the place of one about the same, under a name that is free."""
    given = list(overrides)
    about = {_about(one) for one in given}
    kept = [one for one in layer.overrides if _about(one) not in about]
    taken = {one.id for one in kept}
    for override in given:
        names = (override.id, *(f"{override.id[:56]}-{number}" for number in range(2, len(taken) + 3)))
        free = next(name for name in names if name not in taken)
        taken.add(free)
        kept.append(replace(override, id=free))
    return replace(layer, overrides=tuple(kept))


def take_back(*, installation: Installation, id: str, actor: audit.Actor) -> Installation:
    """As the author has it again. Raises PackageProblem where another deviation rests on this one."""
    return take_back_all(installation=installation, ids={id}, actor=actor)


def take_back_all(*, installation: Installation, ids: Collection[str], actor: audit.Actor) -> Installation:
    """Several deviations taken back, all or none of them. Raises PackageProblem; then nothing changes."""

    def revised(layer: Layer) -> Layer:
        return replace(layer, overrides=tuple(one for one in layer.overrides if one.id not in ids))

    return revise(key=installation.key, revised=revised, actor=actor)


def _about(one: Override) -> tuple[str, ...]:
    """What a deviation is about; of these a town has one each."""
    question = one.data.get("question")
    named = question.get("id") if isinstance(question, Mapping) else question
    keys = ("address", "field", "group", "rule", "at")
    return (one.kind, *(str(part or "") for part in (*(one.data.get(key) for key in keys), named)))


def name_for(word: str, what: str) -> str:
    """An id for a deviation, made of a word for its kind and of what it is about."""
    return f"{word}-{slug(what)}"[:60].rstrip("-")


def slug(text: str) -> str:
    """Words as a key: small letters, digits, single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold().translate(_MARKS)).strip("-")


def new_question(title: str, kind: str, purpose: str, choices: list[str]) -> Mapping[str, object]:
    """One optional question with one field, as it stands in form.yaml."""
    key = slug(title).replace("-", "_")[:40].rstrip("_") or "frage"
    if not key[0].isalpha():
        key = f"frage_{key}"
    entry: dict[str, object] = {"id": key, "label": title, "type": kind, "required": False}
    entry["purpose"] = purpose
    if kind == "choice":
        entry["choices"] = [{"value": slug(one) or str(number), "label": one} for number, one in enumerate(choices, 1)]
    return {"id": key, "title": title, "fields": [entry]}


def _questions(package: Package, texts: Mapping[str, str]) -> Iterator[tuple[str, Question]]:
    for group in read_form(package.form).groups:
        title = _beginning(texts.get(f"form.{group.id}.title", ""))
        for question in group.questions:
            yield title, question


def _title(texts: Mapping[str, str], question: Question) -> str:
    first: Field = question.fields[0]
    group, _, name = question.key.partition("-")
    return _beginning(texts.get(f"form.{group}.{name}.title") or texts.get(f"form.{group}.{first.id}.label", ""))


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def _part(address: str) -> str:
    part, _, rest = address.partition(".")
    if part == "letter":
        return f"Brief „{rest.partition('.')[0]}“"
    return "Leistungsseite" if part == "service" else "Formular"
