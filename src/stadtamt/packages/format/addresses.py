"""Every text of a package by its address: for translations (``texts/en.toml``) and for a town's own words.

    service.summary · form.halter.person.title · form.hund.liste.choices.ja.label · letter.bescheid.zahlung.text
    rule.R00000001.kinder.anschrift.1.message (rule, where it stands, its first effect)

In a form the names of sections and of what is in them make an address, never the path of an answer.

Form and letters stay text: what is changed is written as YAML or JSON that reads back equal (without comments).
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import yaml

from stadtamt.forms.schema.reader import MAX_CHARACTERS as MOST_OF_A_FORM
from stadtamt.kernel.faults import yaml_fault
from stadtamt.kernel.yaml import MAX_CHARACTERS, YamlRefused, check_structure, read_yaml
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.package import LetterFile, Package

GERMAN = "de"
_SERVICE_WORDS = ("title", "summary", "duration", "who_may")
_SERVICE_LISTS = ("needed", "synonyms")

type _Slot = tuple[str, Any, Any]
"""An address, and the container and key under which its text stands."""


def texts_of(package: Package) -> dict[str, str]:
    """Every text of service, form and letters by address, in the order in which they stand in the package.

    PackageProblem where form or letter cannot be read as YAML.
    """
    slots = [*_service_slots(_service(package)), *_form_slots(_form_read(package.form))]
    for letter in package.letters:
        slots += _letter_slots(letter.id, _letter_read(letter.id, letter.words))
    return {address: container[key].strip() for address, container, key in slots}


def with_texts(package: Package, texts: Mapping[str, str]) -> Package:
    """The package with other words at these addresses. PackageProblem for an address that does not exist."""
    service, form = _service(package), form_data(package.form)
    letters = {letter.id: letter_data(letter) for letter in package.letters}
    slots = [*_service_slots(service), *_form_slots(form)]
    for key, data in letters.items():
        slots += _letter_slots(key, data)
    places = {address: (container, key) for address, container, key in slots}
    changed = set()
    for address, text in texts.items():
        if address not in places:
            raise PackageProblem(_file_of(address), f"Die Adresse „{address}“ gibt es in diesem Paket nicht.")
        container, key = places[address]
        if container[key].strip() != text.strip():
            container[key] = text
            changed.add(_file_of(address))
    return replace(
        package,
        service=service["service"] if "service.toml" in changed else package.service,
        costs=tuple(service["costs"]),
        form=dump(form, like=package.form) if "form.yaml" in changed else package.form,
        letters=tuple(
            replace(one, words=dump(letters[one.id])) if f"letters/{one.id}.yaml" in changed else one
            for one in package.letters
        ),
    )


def in_language(package: Package, language: str) -> Package:
    """The package as somebody reads it in this language; what is not translated stays German, and so do letters.

    Translations of what is no longer there (a question the town hides) are left out.
    """
    known = texts_of(package)
    words = package.texts.get(language, {})
    return with_texts(
        package, {key: text for key, text in words.items() if key in known and not key.startswith("letter.")}
    )


def form_data(source: str) -> Any:
    """The form as plain data, for the caller to change."""
    return copy.deepcopy(_form_read(source))


@lru_cache(maxsize=64)
def _form_read(source: str) -> Any:
    """Remembered, since a town's deviations are put on the same form one by one; shared, so never changed."""
    try:
        return read_yaml(source, max_characters=MOST_OF_A_FORM)
    except YamlRefused as problem:
        raise PackageProblem("form.yaml", str(problem)) from problem


def letter_data(letter: LetterFile) -> Any:
    """The words of a letter as plain data; every value is text, as the letter's own reader takes it."""
    return copy.deepcopy(_letter_read(letter.id, letter.words))


@lru_cache(maxsize=256)
def _letter_read(name: str, words: str) -> Any:
    file = f"letters/{name}.yaml"
    if len(words) > MAX_CHARACTERS:
        raise PackageProblem(file, "Die Datei ist zu groß.")
    try:
        check_structure(words)
        return yaml.load(words, Loader=yaml.CBaseLoader)  # noqa: S506  # knows texts, lists and mappings only
    except YamlRefused as problem:
        raise PackageProblem(file, str(problem)) from problem
    except yaml.YAMLError as problem:
        raise PackageProblem(file, yaml_fault(getattr(problem, "problem", None))) from problem


def dump(data: Any, *, like: str = "") -> str:
    """Data as YAML that reads back equal, in the order in which it was given; as JSON where `like` is JSON."""
    if like.startswith("{"):
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120))


class _Dumper(yaml.CSafeDumper):
    """Writes the same list twice instead of pointing at it: our readers refuse pointers."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _service(package: Package) -> dict[str, Any]:
    return {"service": copy.deepcopy(dict(package.service)), "costs": list(package.costs)}


def _service_slots(data: Mapping[str, Any]) -> Iterator[_Slot]:
    service = data["service"]
    for key in _SERVICE_WORDS:
        yield from _slot(f"service.{key}", service, key)
    for key in _SERVICE_LISTS:
        yield from _numbered(f"service.{key}", service.get(key))
    yield from _numbered("service.costs", data["costs"])


def _form_slots(data: Any) -> Iterator[_Slot]:
    for group in _dicts(data, "groups"):
        place = f"form.{group.get('id')}"
        yield from _slot(f"{place}.title", group, "title")
        yield from _slot(f"{place}.short", group, "short")
        yield from _slot(f"{place}.help", group, "help")
        for question in _dicts(group, "questions"):
            for key in ("title", "help"):
                yield from _slot(f"{place}.{question.get('id')}.{key}", question, key)
            for entry in _dicts(question, "fields"):
                yield from _field_slots(f"{place}.{entry.get('id')}", entry)
            for check in _dicts(question, "checks"):
                yield from _slot(f"{place}.{check.get('id')}.message", check, "message")
    for rule in _dicts(data, "rules"):
        place = ".".join(str(step) for step in ("rule", rule.get("id"), rule.get("at")) if step)
        for number, effect in enumerate(_dicts(rule, "effects"), 1):
            yield from _slot(f"{place}.{number}.message", effect, "message")


def _field_slots(place: str, data: dict[str, Any]) -> Iterator[_Slot]:
    for key in ("label", "hint", "purpose", "output"):
        yield from _slot(f"{place}.{key}", data, key)
    if data.get("type") == "label":
        yield from _slot(f"{place}.content", data, "content")
    for choice in _dicts(data, "choices"):
        for key in ("label", "hint"):
            yield from _slot(f"{place}.choices.{choice.get('value')}.{key}", choice, key)


def _letter_slots(letter: str, data: Any) -> Iterator[_Slot]:
    if not isinstance(data, dict):
        return
    yield from _slot(f"letter.{letter}.subject", data, "subject")
    for block in _dicts(data, "blocks"):
        if not isinstance(block.get("id"), str):
            continue
        place = f"letter.{letter}.{block['id']}"
        for key in ("title", "text", "caption"):
            yield from _slot(f"{place}.{key}", block, key)
        items = block.get("items")
        for number, item in enumerate(items if isinstance(items, list) else (), 1):
            inside: tuple[Any, Any] = (item, "text") if isinstance(item, dict) else (items, number - 1)
            yield from _slot(f"{place}.items.{number}", *inside)


def _numbered(place: str, entries: Any) -> Iterator[_Slot]:
    for number in range(len(entries) if isinstance(entries, list) else 0):
        yield from _slot(f"{place}.{number + 1}", entries, number)


def _slot(address: str, container: Any, key: Any) -> Iterator[_Slot]:
    value = container.get(key) if isinstance(container, dict) else container[key]
    if isinstance(value, str) and value.strip():
        yield address, container, key


def _dicts(data: Any, key: str) -> list[dict[str, Any]]:
    entries = data.get(key) if isinstance(data, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _file_of(address: str) -> str:
    part, _, rest = address.partition(".")
    if part == "letter":
        return f"letters/{rest.partition('.')[0]}.yaml"
    return {"form": "form.yaml", "rule": "form.yaml"}.get(part, "service.toml")
