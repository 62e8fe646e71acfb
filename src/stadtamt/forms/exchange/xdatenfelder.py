"""A form of the house as a document of XDatenfelder: for towns that hand on what they have asked for years.

Ids of a form that never was FIM's are made from the paths, in the range 99 that no editor of FIM numbers in; they stay
the same as long as the paths do. Conditions become rules in words, as the standard has no other place for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from stadtamt.forms.schema.model import Basis, Check, Condition, Field, Group, Schema
from stadtamt.forms.xdatenfelder import model as xdf
from stadtamt.kernel.expressions import Text

_CREATED = "1970-01-01T00:00:00Z"
_MEDIA = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
_IN_WORK = "2"


def as_xdatenfelder(schema: Schema, *, title: str) -> xdf.Document:
    """The form as a document of generation 3.0.0, the same one for the same form."""
    members = schema.members
    common = _common("S", schema.key, schema.version, title, title)
    parts = tuple(_part(schema, one, members) for one in members.get("", ()))
    rules = tuple(_rule(schema, one) for one in _conditions(schema))
    root = xdf.Schema(common, "3", "0", None, rules, parts)
    return xdf.Document("3.0.0", f"stadtamt-{schema.key}", _CREATED, root)


def _part(schema: Schema, one: Field | Group, members: dict[str, list[Field | Group]]) -> xdf.Structure:
    element = _field(schema, one) if isinstance(one, Field) else _group(schema, one, members)
    unsure = one.when is not None or (isinstance(one, Field) and _is_conditional(schema, one))
    return xdf.Structure(0 if unsure else one.least, one.most, element)


def _is_conditional(schema: Schema, entry: Field) -> bool:
    return any(question.when is not None and entry in question.fields for question in schema.questions())


def _group(schema: Schema, group: Group, members: dict[str, list[Field | Group]]) -> xdf.Group:
    label = _plain(group.title)
    common = replace(
        _common("G", group.path, schema.version, label, label),
        references=_references(group.basis),
        help_in=_plain(group.help),
        element_kind="RNG" if group.basis else "ABS",
    )
    parts = tuple(_part(schema, one, members) for one in members.get(group.path, ()))
    return xdf.Group(common, "X" if group.exclusive else "", (), parts)


def _field(schema: Schema, entry: Field) -> xdf.Field:
    label = _plain(entry.label).removesuffix(" (freiwillig)")
    common = replace(
        _common("F", entry.path, schema.version, label, entry.output or label),
        references=_references(entry.basis),
        definition=entry.purpose,
        help_in=_plain(entry.hint),
        element_kind="RNG" if entry.basis else "ABS",
    )
    unasked = entry.type in {"select", "label", "hidden", "locked"}
    table = schema.lists.get(entry.code_list)
    reference = xdf.CodeListReference(table.uri, table.version, f"{table.uri}_{table.version}") if table else None
    return xdf.Field(
        common,
        kind=entry.type if unasked else "input",
        type="text" if unasked else entry.type,
        precision=_precision(entry),
        content=entry.content,
        values=tuple(xdf.Value(one.value, one.label, one.hint) for one in entry.choices),
        code_list=reference,
        max_size=entry.max_bytes or None,
        media_types=tuple(_MEDIA[kind] for kind in entry.accept),
    )


def _precision(entry: Field) -> xdf.Precision | None:
    if entry.type in {"text", "text_latin"}:
        return xdf.Precision(entry.min_length, entry.max_length, pattern=entry.pattern)
    if entry.type in {"num", "num_int", "num_currency"} and (entry.minimum is not None or entry.maximum is not None):
        return xdf.Precision(min_value=entry.minimum, max_value=entry.maximum)
    return None


def _common(letter: str, path: str, version: str, label: str, output: str) -> xdf.Common:
    return xdf.Common(
        identity=xdf.Identity(_id(letter, path), version),
        name=label,
        status=_IN_WORK,
        changed=_CREATED,
        label_in=label,
        label_out=output,
    )


def _id(letter: str, path: str) -> str:
    """The id of FIM where the path ends in one; else one made from the path."""
    last = path.rpartition(".")[2]
    if last[:1] == letter and last[1:].isdigit():
        return last
    return f"{letter}99{int(hashlib.sha256(path.encode()).hexdigest(), 16) % 10**9:09d}"


def _conditions(schema: Schema) -> Iterable[tuple[str, str]]:
    """What the form does under a condition, in a sentence each, by a name."""
    for group in schema.groups:
        yield from _when(group.path, _plain(group.title), group.when)
        for question in group.questions:
            yield from _when(question.key, _plain(question.title), question.when)
            for entry in question.fields:
                yield from _when(entry.path, _plain(entry.label), entry.when)
            for check in question.checks:
                yield check.id, _refused(check)
    for rule in schema.rules:
        yield f"{rule.id} {rule.at}", rule.text


def _when(name: str, label: str, condition: Condition | None) -> Iterable[tuple[str, str]]:
    if condition is not None:
        yield name, f"„{label}“ wird nur gefragt, wenn gilt: {condition.source}"


def _refused(check: Check) -> str:
    consequence = "Nicht zulässig" if check.refuse else "Rückfrage"
    return f"{consequence}, wenn gilt: {check.condition.source}. {check.message.source}"


def _rule(schema: Schema, named: tuple[str, str]) -> xdf.Rule:
    name, text = named
    return xdf.Rule(xdf.Identity(_id("R", name), schema.version), name, text=text, changed=_CREATED, type="K")


def _references(basis: tuple[Basis, ...]) -> tuple[xdf.Reference, ...]:
    return tuple(xdf.Reference(one.text, one.link) for one in basis)


def _plain(text: Text | None) -> str:
    return text.source.replace("{{", "{").replace("}}", "}").strip() if text is not None else ""
