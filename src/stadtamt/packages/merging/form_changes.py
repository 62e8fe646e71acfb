"""Questions added, removed, changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stadtamt.packages.format.addresses import form_data
from stadtamt.packages.format.form_tree import is_required
from stadtamt.packages.format.package import Package
from stadtamt.packages.merging.form_parts import FormParts, parts_of_form
from stadtamt.packages.merging.result import Change
from stadtamt.packages.merging.words import shown

_WORDS = {
    "title": "Überschrift",
    "short": "Kurztitel",
    "help": "Hilfe",
    "when": "Bedingung",
    "label": "Beschriftung",
    "hint": "Hinweis",
    "purpose": "Zweck",
    "required": "Pflicht",
    "type": "Art",
    "choices": "Auswahl",
    "choices_from": "Auswahl",
    "message": "Meldung",
    "refuse": "Bedingung",
    "ask": "Bedingung",
    "path": "Ort der Antworten",
    "count": "Anzahl",
    "exclusive": "nur eines davon",
    "basis": "Rechtsgrundlage",
    "min": "kleinste Zahl",
    "max": "größte Zahl",
    "min_length": "kürzester Text",
    "max_length": "längster Text",
    "pattern": "Muster",
    "code_list": "Codeliste",
    "content": "fester Inhalt",
    "output": "Beschriftung in der Ausgabe",
    "text": "Wortlaut",
    "status": "Stand",
    "effects": "Wirkungen",
    "version": "Version",
    "size": "Zahl der Einträge",
}


def form_changes(old: Package, new: Package) -> Iterator[Change]:
    """What is asked otherwise, in the order of the new form, then what is no longer asked."""
    before, after = parts_of_form(form_data(old.form)), parts_of_form(form_data(new.form))
    yield from _parts("group", "Abschnitt", before.groups, after.groups, "title")
    yield from _parts("question", "Frage", before.questions, after.questions, "title")
    yield from _fields(before, after)
    yield from _parts("check", "Prüfung", before.checks, after.checks, "message")
    yield from _parts("form-rule", "Regel des Formulars", before.rules, after.rules, "name")
    yield from _parts("code-list", "Codeliste", before.code_lists, after.code_lists, "name")
    if [*before.groups] != [*after.groups] and sorted(before.groups) == sorted(after.groups):
        yield Change(
            *("group-order", "form", [*before.groups], [*after.groups]),
            "Die Abschnitte stehen in einer anderen Reihenfolge.",
        )
    common = [key for key in after.questions if key in before.questions]
    if common != [key for key in before.questions if key in after.questions]:
        orders = [key for key in before.questions if key in after.questions], common
        yield Change("question-order", "form", *orders, "Die Fragen stehen in einer anderen Reihenfolge.")


def _parts(
    kind: str, word: str, before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]], called: str
) -> Iterator[Change]:
    for key, part in after.items():
        if key not in before:
            yield Change(f"{kind}-new", f"form.{key}", None, part, f"{word} neu: {shown(part.get(called))}.")
        else:
            yield from _changed(kind, f"{word} {shown(part.get(called))}", f"form.{key}", before[key], part)
    for key, part in before.items():
        if key not in after:
            yield Change(f"{kind}-removed", f"form.{key}", part, None, f"{word} entfällt: {shown(part.get(called))}.")


def _fields(before: FormParts, after: FormParts) -> Iterator[Change]:
    for path, entry in after.fields.items():
        if path not in before.fields:
            must = "Pflichtangabe" if is_required(entry) else "freiwillig"
            sentence = f"Angabe neu: {shown(entry.get('label'))} ({must})."
            yield Change("field-new", f"form.{path}", None, entry, sentence)
            continue
        old = _said(before.fields[path])
        word = f"Angabe {shown(entry.get('label'))}"
        yield from _changed("field", word, f"form.{path}", old, _said(entry))
        if before.question_of[path] != after.question_of[path]:
            places = before.question_of[path], after.question_of[path]
            yield Change("field-moved", f"form.{path}", *places, f"{word} steht jetzt bei einer anderen Frage.")
    for path, entry in before.fields.items():
        if path not in after.fields:
            yield Change("field-removed", f"form.{path}", entry, None, f"Angabe entfällt: {shown(entry.get('label'))}.")


def _said(entry: dict[str, Any]) -> dict[str, Any]:
    """A field with what holds where nothing is said."""
    return entry if "count" in entry else {"required": True, **entry}


def _changed(kind: str, word: str, place: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old != new:
            sentence = f"{word}, {_WORDS.get(key, key)}: bisher {shown(old)}, jetzt {shown(new)}."
            yield Change(f"{kind}-changed", f"{place}.{key}", old, new, sentence)
