"""A town leaves out an optional field, question or section."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any

from stadtamt.forms.schema.paths import within
from stadtamt.packages.format.form_tree import (
    drop_effects,
    entries,
    field_path,
    fields_in,
    group_path,
    is_optional_group,
    is_required,
    page_key,
    pages_in,
    remove_fields,
    remove_group,
)
from stadtamt.packages.format.layer import Override
from stadtamt.packages.overrides.errors import OverrideRefused, check_keys
from stadtamt.packages.overrides.needs import Readers


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a deviation leaves out: its fields (label by path), and the path of a whole section."""

    override: Override
    fields: dict[str, str]
    group: str = ""


def what_hides(form: Any, override: Override, own: Set[str]) -> Hidden:
    """What goes; refused where something of it is required. `form` is the one before anything was left out.

    `own` are the keys of added questions: a section in which one stands stays, or it would vanish without a word.
    """
    check_keys(override, {"question", "field", "group"})
    if len(override.data) != 1:
        raise OverrideRefused(override, "wrong", "Genannt wird eines: „question“, „field“ oder „group“.")
    (kind, key), *_ = override.data.items()
    if kind == "group":
        return _whole_group(form, override, str(key), own)
    found = {
        field_path(group, entry): entry
        for group, question, entry in fields_in(form)
        if (page_key(group, question) if kind == "question" else field_path(group, entry)) == key
    }
    if not found:
        raise OverrideRefused(override, "gone", f"„{key}“ gibt es im Formular nicht.")
    for path, entry in sorted(found.items()):
        if is_required(entry):
            raise OverrideRefused(override, "required", f"„{entry.get('label', '')}“ ({path}) ist eine Pflichtangabe.")
    return Hidden(override, {path: str(entry.get("label", "")) for path, entry in found.items()})


def _whole_group(form: Any, override: Override, key: str, own: Set[str]) -> Hidden:
    named = next((one for one in entries(form, "groups") if one.get("id") == key), None)
    if named is None:
        raise OverrideRefused(override, "gone", f"Den Abschnitt „{key}“ gibt es im Formular nicht.")
    path = group_path(named)
    first = next(one for one in entries(form, "groups") if group_path(one) == path)
    if not path or not is_optional_group(first):
        raise OverrideRefused(override, "required", f"Der Abschnitt „{first.get('title', '')}“ ({key}) ist Pflicht.")
    for group, question in pages_in(form):
        if within(group_path(group), path) and page_key(group, question) in own:
            raise OverrideRefused(override, "needed", f"Darin steht Ihre eigene Frage „{question.get('title', '')}“.")
    inside = {
        field_path(group, entry): str(entry.get("label", ""))
        for group, _, entry in fields_in(form)
        if within(group_path(group), path)
    }
    return Hidden(override, inside, path)


def leave_out(form: Any, hidden: Iterable[Hidden]) -> None:
    """The form without all of this, and without the effects of rules on it."""
    gone = list(hidden)
    for one in gone:
        if one.group:
            remove_group(form, one.group)
    remove_fields(form, {path for one in gone for path in one.fields})
    drop_effects(form)


def check_unread(hidden: Hidden, readers: Readers, vanished: frozenset[str]) -> None:
    """Raises OverrideRefused where somebody reads what is left out."""
    for path, label in sorted(hidden.fields.items()):
        for reader in readers.of(path, vanished=vanished):
            raise OverrideRefused(hidden.override, "needed", f"„{label}“ ({path}) wird gebraucht: {reader}.")
