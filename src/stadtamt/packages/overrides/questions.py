"""A town leaves out an optional question, or asks one more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import yaml

from stadtamt.forms.schema import FormProblem, Schema
from stadtamt.packages.format.addresses import dump, form_data
from stadtamt.packages.format.layer import Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import plain
from stadtamt.packages.overrides.errors import Code, OverrideRefused
from stadtamt.packages.overrides.needs import parts_of, read_form, readers_in_form, readers_of, unknown_in

type Place = tuple[dict[str, Any], int]
"""A group, and the position of a question in it."""


def question_keys(package: Package) -> set[str]:
    """The keys of all questions: ``halter-person``."""
    return {
        f"{group.get('id')}-{question.get('id')}"
        for group in _entries(form_data(package.form), "groups")
        for question in _entries(group, "questions")
    }


def anchor_of(override: Override) -> str:
    """The question after which one is added."""
    return str(override.data.get("after", ""))


def add(package: Package, override: Override) -> Package:
    """One more question, directly after another one in the same group."""
    _check_keys(override, {"after", "question"})
    question = override.data.get("question")
    if not isinstance(question, dict) or not question.get("id"):
        raise OverrideRefused(override, "wrong", "„question“ braucht id, title und fields.")
    form = form_data(package.form)
    place = _find(form, anchor_of(override))
    if place is None:
        raise OverrideRefused(override, "gone", f"Die Frage „{anchor_of(override)}“ davor gibt es nicht.")
    group, position = place
    _check_free(override, group, question)
    group["questions"].insert(position + 1, plain(question))
    try:
        source = dump(form)
    except yaml.YAMLError:
        raise OverrideRefused(override, "wrong", "In der Frage stehen Angaben, die ein Formular nicht kennt.") from None
    _read(override, source)
    return replace(package, form=source)


def hide(package: Package, override: Override) -> Package:
    """An optional question or field is not asked; refused where it is required."""
    _check_keys(override, {"question", "field"})
    if len(override.data) != 1:
        raise OverrideRefused(override, "wrong", "Genannt wird entweder „question“ oder „field“.")
    form = form_data(package.form)
    hidden = sorted(_hidden(override, form))
    if not hidden:
        what = next(iter(override.data.values()))
        raise OverrideRefused(override, "gone", f"„{what}“ gibt es im Formular nicht.")
    for path, label, required in hidden:
        if required:
            raise OverrideRefused(override, "required", f"„{label}“ ({path}) ist eine Pflichtangabe.")
    _remove(form, {path for path, _, _ in hidden})
    return replace(package, form=dump(form))


def verify(override: Override, before: Package, after: Package) -> None:
    """Once all questions are added and hidden: what an added one reads is there, what is hidden is read by nobody.

    `before` is the package with all added questions, `after` the one without the hidden. Raises OverrideRefused.
    """
    schema = _read(override, after.form)
    if override.kind == "add":
        parameters = {parameter.key for parameter in after.parameters}
        key = key_of(override)
        parts = [part for one in schema.questions() if one.key == key for part in parts_of(one)]
        if unknown := unknown_in(parts, schema.fields, parameters):
            raise OverrideRefused(override, "names", f"Die Frage verwendet „{unknown}“; das gibt es nicht.")
        return
    for path, label, _ in sorted(_hidden(override, form_data(before.form))):
        for reader in (*readers_of(after, path), *readers_in_form(schema, path)):
            raise OverrideRefused(override, "needed", f"„{label}“ ({path}) wird gebraucht: {reader}.")


def key_of(override: Override) -> str:
    """The key that an added question has."""
    question = override.data.get("question")
    name = question.get("id") if isinstance(question, dict) else None
    return f"{anchor_of(override).partition('-')[0]}-{name}" if name else ""


def _hidden(override: Override, form: Any) -> Iterator[tuple[str, str, bool]]:
    """Path, label and whether required, of every field that goes."""
    question, path = override.data.get("question"), override.data.get("field")
    for group in _entries(form, "groups"):
        for one in _entries(group, "questions"):
            for entry in _entries(one, "fields"):
                here = f"{group.get('id')}.{entry.get('id')}"
                if here == path or f"{group.get('id')}-{one.get('id')}" == question:
                    yield here, str(entry.get("label", "")), entry.get("required", True) is not False


def _remove(form: Any, paths: set[str]) -> None:
    """Without these fields, their checks, and the questions and groups that would be empty."""
    for group in _entries(form, "groups"):
        name = group.get("id")
        for question in _entries(group, "questions"):
            fields = [one for one in _entries(question, "fields") if f"{name}.{one.get('id')}" not in paths]
            question["fields"] = fields
            if "checks" in question:
                question["checks"] = [one for one in _entries(question, "checks") if _full(name, one) not in paths]
        group["questions"] = [one for one in _entries(group, "questions") if one["fields"]]
    form["groups"] = [group for group in _entries(form, "groups") if group["questions"]]


def _full(group: Any, check: dict[str, Any]) -> str:
    field = str(check.get("field", ""))
    return field if "." in field else f"{group}.{field}"


def _check_free(override: Override, group: dict[str, Any], question: dict[str, Any]) -> None:
    """Question, fields and checks need ids that are not taken in the group."""
    there = _entries(group, "questions")
    if question["id"] in [one.get("id") for one in there]:
        raise OverrideRefused(override, "taken", f"Die Frage „{group['id']}-{question['id']}“ gibt es schon.")
    for kind, word in (("fields", "Das Feld"), ("checks", "Die Prüfung")):
        taken = [entry.get("id") for one in there for entry in _entries(one, kind)]
        for entry in _entries(question, kind):
            if entry.get("id") in taken:
                raise OverrideRefused(override, "taken", f"{word} „{group['id']}.{entry.get('id')}“ gibt es schon.")


def _read(override: Override, source: str) -> Schema:
    try:
        return read_form(source)
    except FormProblem as problem:
        code: Code = "needed" if override.kind == "hide" else "wrong"
        raise OverrideRefused(override, code, f"Das Formular ginge so nicht. {problem}") from problem


def _find(form: Any, key: str) -> Place | None:
    for group in _entries(form, "groups"):
        for position, question in enumerate(_entries(group, "questions")):
            if f"{group.get('id')}-{question.get('id')}" == key:
                return group, position
    return None


def _check_keys(override: Override, known: set[str]) -> None:
    for key in override.data:
        if key not in known:
            raise OverrideRefused(override, "wrong", f"Die Angabe „{key}“ gibt es hier nicht.")


def _entries(data: Any, key: str) -> list[dict[str, Any]]:
    entries: Iterable[Any] = data.get(key) or () if isinstance(data, dict) else ()
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
