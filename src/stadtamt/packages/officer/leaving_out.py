"""What a town may leave out of a form: all that is optional and that nobody needs, with the reason where it is not so.

Found by leaving out everything at once, and putting back what a rule, a letter or another question reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any, Literal

from stadtamt.forms.schema import FormProblem, Schema
from stadtamt.forms.schema.model import Field, Group
from stadtamt.forms.schema.paths import within
from stadtamt.forms.schema.telling import SchemaNames, conditions_of, spoken
from stadtamt.packages.format.addresses import dump, form_data
from stadtamt.packages.format.form_tree import paths_in
from stadtamt.packages.format.layer import Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.officer.deviating import Deviating, name_for
from stadtamt.packages.officer.outlining import Outline
from stadtamt.packages.overrides.errors import OverrideRefused
from stadtamt.packages.overrides.hiding import Hidden, check_unread, leave_out, what_hides
from stadtamt.packages.overrides.needs import Readers, read_form
from stadtamt.packages.overrides.placing import moved_by

MOST_ROUNDS = 20
_ADDRESS = re.compile(r" \((?:\[\w+\]|[\w.]+\.[\w.]+|[A-Z]\d+)\)| \(freiwillig\)")


@dataclass(frozen=True, slots=True)
class Spare:
    """Something optional: `key` is ``field:path`` or ``group:id``. With a `reason` it cannot be left out."""

    key: str
    kind: Literal["field", "group"]
    words: str
    path: str
    fields: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The optional things of one group: the group itself, and what lies directly in it."""

    title: str  # with the groups above, from the outside in
    spares: tuple[Spare, ...]


def shelves(now: Deviating) -> tuple[Shelf, ...]:
    """Everything optional of a package as the town has it now, group by group in the order of the form."""
    schema = read_form(now.present.form)
    own = frozenset(moved_by(one) for one in now.layer.overrides if one.kind == "add")
    reasons = _reasons(now.present, schema, own)
    found = []
    for group in _groups(schema):
        there = [_whole(group, schema, reasons)] if _is_optional(group) else []
        there += [
            Spare(f"field:{entry.path}", "field", spoken(entry.label), entry.path, 1, reasons.get(entry.path, ""))
            for entry in schema.fields.values()
            if entry.group == group.path and _is_free(entry)
        ]
        if there:
            found.append(Shelf(_way(schema, group), tuple(there)))
    return tuple(found)


def chosen(found: Iterable[Shelf], keys: Iterable[str]) -> list[Override]:
    """The deviations that leave these out; what lies in a section that goes as a whole goes with it."""
    wanted = set(keys)
    taken = [one for shelf in found for one in shelf.spares if one.key in wanted and not one.reason]
    wholes = [one.path for one in taken if one.kind == "group"]
    return [
        Override(name_for("ohne", one.key.partition(":")[2]), "hide", {one.kind: one.key.partition(":")[2]})
        for one in taken
        if not any(within(one.path, whole) and one.path != whole for whole in wholes)
    ]


def left_out(now: Deviating) -> list[tuple[str, str]]:
    """What the town leaves out by now: the name of the deviation, and what it is called."""
    schema = read_form(now.author.form)
    names = SchemaNames(schema)
    ids = {group.id: group.path for group in schema.groups}
    found = []
    for one in now.layer.overrides:
        if one.kind != "hide":
            continue
        question = next((page for page in schema.questions() if page.key == one.data.get("question")), None)
        path = one.data.get("field") or ids.get(str(one.data.get("group")), str(one.data.get("group")))
        found.append((one.id, f"„{spoken(question.title)}“" if question else names.label(str(path))))
    return found


def _groups(schema: Schema) -> Iterator[Group]:
    """The groups in the order of the form, each once."""
    return (one for one in schema.groups if not one.continues)


def _way(schema: Schema, group: Group) -> str:
    steps = group.path.split(".") if group.path else []
    above = [schema.group_at[".".join(steps[:length])] for length in range(1, len(steps))]
    return " › ".join(spoken(one.title) for one in (*above, group))


def _is_optional(group: Group) -> bool:
    return bool(group.path) and not group.least


def _is_free(entry: Field) -> bool:
    return not entry.required and entry.asked


def _whole(group: Group, schema: Schema, reasons: dict[str, str]) -> Spare:
    inside = sum(within(path, group.path) and entry.asked for path, entry in schema.fields.items())
    return Spare(f"group:{group.id}", "group", spoken(group.title), group.path, inside, reasons.get(group.path, ""))


def _reasons(package: Package, schema: Schema, own: Set[str]) -> dict[str, str]:
    """By path, why something optional has to stay. `own`: keys of questions that the town has added."""
    found = dict(_spoken_of(schema)) | dict(_required(schema))
    form = form_data(package.form)
    waiting = []
    for path, override in _candidates(schema):
        try:
            waiting.append(what_hides(form, override, own))
        except OverrideRefused as refusal:
            found.setdefault(path, refusal.reason)
    wholes: set[str] = set()
    while True:
        # What lies in a section that may go as a whole is looked at once more as if the section stayed.
        left = [one for one in waiting if _path(one) not in found and _path(one) not in wholes]
        needed = _all_needed(package, form, left, schema)
        inside = {path for path in needed if not wholes or any(within(path, whole) for whole in wholes)}
        found |= {path: needed[path] for path in inside}
        more = {one.group for one in left if one.group and one.group not in needed}
        if not more:
            return found
        wholes |= more


def _all_needed(package: Package, form: Any, waiting: list[Hidden], schema: Schema) -> dict[str, str]:
    """Those of them that have to stay if as much as possible of them goes, by path."""
    found: dict[str, str] = {}
    for careful in (None, schema):
        for _ in range(MOST_ROUNDS):
            needed = _needed(package, form, [one for one in waiting if _path(one) not in found], careful)
            if not needed:
                break
            found |= needed
        if needed is not None:
            break
    return found


def _spoken_of(schema: Schema) -> Iterator[tuple[str, str]]:
    """What an unclear rule names, or what holds such a thing: it may be a duty, so the rule is settled first."""
    outline = Outline(schema, {})
    named = {
        path: rules[0] for path in (*schema.group_at, *schema.fields) if path and (rules := outline.rules_at(path))
    }
    elements: list[Group | Field] = [*_groups(schema), *schema.fields.values()]
    for one in elements:
        rule = next((rule for path, rule in named.items() if within(path, one.path)), "") if one.path else ""
        if rule:
            yield one.path, f"Die unklare Regel {rule} spricht davon. Bitte klären Sie zuerst diese Regel."


def _required(schema: Schema) -> Iterator[tuple[str, str]]:
    """What a rule makes a duty, of itself or of something in it, by what stands elsewhere."""
    names = SchemaNames(schema)
    elements: list[Group | Field] = [*_groups(schema), *schema.fields.values()]
    for group in (one for one in _groups(schema) if _is_optional(one)):
        for one in elements:
            if within(one.path, group.path) and any(not _looks_into(group.path, paths) for paths in _looked(one)):
                yield group.path, _duty(one, names)
                break
    for entry in schema.fields.values():
        if _is_free(entry) and entry.requires:
            yield entry.path, _duty(entry, names)


def _looked(one: Group | Field) -> list[frozenset[tuple[str, ...]]]:
    return [condition.paths for condition in one.requires]


def _looks_into(path: str, paths: frozenset[tuple[str, ...]]) -> bool:
    return bool(paths) and all(within(".".join(one), path) for one in paths)


def _duty(one: Group | Field, names: SchemaNames) -> str:
    said = [saying.words for saying in conditions_of(one, names) if "ötig" in saying.words or "Muss" in saying.words]
    return f"Eine Regel macht {names.label(one.path)} zur Pflicht. {said[0] if said else ''}".strip()


def _candidates(schema: Schema) -> Iterator[tuple[str, Override]]:
    for group in _groups(schema):
        if _is_optional(group):
            yield group.path, Override("x", "hide", {"group": group.id})
    for entry in schema.fields.values():
        if _is_free(entry):
            yield entry.path, Override("x", "hide", {"field": entry.path})


def _path(hidden: Hidden) -> str:
    return hidden.group or next(iter(hidden.fields))


def _needed(package: Package, form: Any, waiting: list[Hidden], careful: Schema | None) -> dict[str, str] | None:
    """Those of them that something reads once all are gone; None where the form does not hold together then.

    `careful`: the form as it is; then whoever reads them there counts, also if it would go with them.
    """
    left = form_data(package.form)
    leave_out(left, waiting)
    try:
        schema = careful or read_form(dump(left, like=package.form))
    except FormProblem:
        return None
    readers = Readers(package, schema)
    vanished = frozenset(paths_in(form) - paths_in(left))
    found = {}
    for one in waiting:
        try:
            check_unread(one, readers, vanished)
        except OverrideRefused as refusal:
            found[_path(one)] = _in_short(refusal.reason, one)
    return found


def _in_short(reason: str, one: Hidden) -> str:
    """The reason without the addresses of the package's files."""
    what, _, who = _ADDRESS.sub("", reason).partition(" wird gebraucht: ")
    return f"Darin wird {what} gebraucht: {who}" if one.group else f"Wird gebraucht: {who}"
