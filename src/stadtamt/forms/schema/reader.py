"""Reads the description of a form, ``form.yaml`` or the same as JSON; every unknown key is refused with its place."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

from stadtamt.forms.schema import reading
from stadtamt.forms.schema.errors import FormProblem
from stadtamt.forms.schema.field_reader import FIELD_TYPES, MAX_UPLOAD_BYTES, UPLOAD_KINDS, read_field
from stadtamt.forms.schema.model import Check, Condition, Group, Origin, Question, Schema
from stadtamt.forms.schema.paths import parent
from stadtamt.forms.schema.rules_reader import checks_of, read_code_lists, read_rules, with_effects
from stadtamt.kernel.expressions import Text
from stadtamt.kernel.yaml import YamlRefused, read_yaml

__all__ = ["FIELD_TYPES", "MAX_UPLOAD_BYTES", "RESERVED", "UPLOAD_KINDS", "read_form"]
_FORM_KEYS = frozenset({"form", "version", "schema", "groups", "rules", "code_lists"})
_QUESTION_KEYS = frozenset({"id", "title", "help", "when", "fields", "checks"})
_GROUP_KEYS = frozenset({"id", "title", "short", "when", "questions", "path", "count", "help", "basis", "exclusive"})
_CHECK_KEYS = frozenset({"id", "refuse", "ask", "field", "message"})
RESERVED = frozenset({"parameters", "today", "town", "service"})
MAX_QUESTIONS, MAX_FIELDS, MAX_GROUPS = 1_000, 2_000, 1_000
MAX_CHARACTERS = 4_000_000


def read_form(source: str) -> Schema:
    """The form described by the text of a ``form.yaml``.

    Raises FormProblem with the place (``halter.name.vorname``) and a German sentence.
    """
    try:
        data = read_yaml(source, max_characters=MAX_CHARACTERS)
    except YamlRefused as problem:
        raise FormProblem("", str(problem)) from problem
    return form_of(data)


def form_of(data: Any) -> Schema:
    """The form described by plain data. Raises FormProblem."""
    if not isinstance(data, dict):
        raise FormProblem("", "Das Formular muss aus benannten Angaben bestehen.")
    reading.known("", data, _FORM_KEYS)
    _check_size(data)
    rules, lists = read_rules(data), read_code_lists(data)
    seen: set[str] = set()
    groups = with_effects(tuple(_group(item, seen) for item in reading.listed("", data, "groups")), rules)
    schema = Schema(
        key=reading.text("", data, "form"),
        version=reading.text("", data, "version"),
        groups=groups,
        rules=rules,
        checks=checks_of(groups, rules),
        code_lists=lists,
        origin=_origin(data),
    )
    _check_unique(schema)
    _check_tree(schema)
    _check_names(schema)
    return schema


def _origin(data: dict[str, Any]) -> Origin | None:
    """The schema of FIM that the form was made from, if it was."""
    written = data.get("schema")
    if written is None:
        return None
    reading.known("schema", written, frozenset({"id", "version", "name"}))
    return Origin(
        reading.text("schema", written, "id"), str(written.get("version") or ""), str(written.get("name") or "")
    )


def _check_size(data: dict[str, Any]) -> None:
    """Before anything is compiled: nobody answers thousands of questions, and every reader of a form pays for each."""
    groups = _dicts(data.get("groups"))
    questions = [one for group in groups for one in _dicts(group.get("questions"))]
    for what, found, most in (
        ("Abschnitte", len(groups), MAX_GROUPS),
        ("Fragen", len(questions), MAX_QUESTIONS),
        ("Felder", sum(len(_dicts(question.get("fields"))) for question in questions), MAX_FIELDS),
    ):
        if found > most:
            raise FormProblem("", f"Das Formular hat mehr als {most} {what}.")


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _group(data: Any, seen: set[str]) -> Group:
    place = reading.place_of("", data)
    reading.known(place, data, _GROUP_KEYS)
    title = reading.template(place, data, "title")
    key = reading.identifier(place, data)
    path = _path(place, data, key)
    continues = path in seen
    seen.add(path)
    if continues and ("count" in data or "when" in data):
        raise FormProblem(place, "Wie oft und wann der Abschnitt gilt, steht dort, wo er zuerst vorkommt.")
    least, most = reading.count(place, data) or (1, 1)
    if not path and (least, most) != (1, 1):
        raise FormProblem(place, "Was außen im Formular liegt, gibt es genau einmal.")
    may_be_empty = "path" in data  # then it may hold only further groups
    asked = (reading.maybe_listed if may_be_empty else reading.listed)(place, data, "questions")
    return Group(
        id=key,
        path=path,
        title=title,
        short=reading.optional_template(place, data, "short") or title,
        when=reading.condition(place, data, "when"),
        questions=tuple(_question(key, path, item) for item in asked),
        least=least,
        most=most,
        help=reading.optional_template(place, data, "help"),
        basis=reading.basis(place, data),
        exclusive=reading.flag(place, data, "exclusive", default=False),
        continues=continues,
    )


def _path(place: str, data: dict[str, Any], key: str) -> str:
    """Where the answers lie: the id, unless a path is given; an empty path is the form itself."""
    path = data.get("path", key)
    if not isinstance(path, str) or not all(reading.ID.fullmatch(step) for step in path.split(".") if path):
        raise FormProblem(place, "„path“ besteht aus Kennungen mit Punkten dazwischen.")
    return path


def _question(group: str, path: str, data: Any) -> Question:
    place = reading.place_of(group, data)
    reading.known(place, data, _QUESTION_KEYS)
    return Question(
        id=reading.identifier(place, data),
        group=group,
        title=reading.template(place, data, "title"),
        help=reading.optional_template(place, data, "help"),
        when=reading.condition(place, data, "when"),
        fields=tuple(read_field(group, path, item) for item in reading.listed(place, data, "fields")),
        checks=tuple(_check(group, path, item) for item in reading.maybe_listed(place, data, "checks")),
        place=path,
    )


def _check(group: str, path: str, data: Any) -> Check:
    place = reading.place_of(group, data)
    reading.known(place, data, _CHECK_KEYS)
    if ("refuse" in data) == ("ask" in data):
        raise FormProblem(place, "Eine Prüfung braucht entweder „refuse“ oder „ask“.")
    refuse = "refuse" in data
    condition = reading.condition(place, data, "refuse" if refuse else "ask")
    if condition is None:
        raise FormProblem(place, "Die Prüfung hat keine Bedingung.")
    field = reading.text(place, data, "field")
    return Check(
        id=f"{group}.{reading.identifier(place, data)}",
        refuse=refuse,
        condition=condition,
        field=field if "." in field or not path else f"{path}.{field}",
        message=reading.template(place, data, "message"),
        place=path,
    )


def _check_unique(schema: Schema) -> None:
    seen: set[str] = set()
    keys = [f"Gruppe {group.id}" for group in schema.groups]
    keys += [f"Frage {question.key}" for question in schema.questions()]
    keys += [field.path for question in schema.questions() for field in question.fields]
    keys += [f"Prüfung {check.id}" for question in schema.questions() for check in question.checks]
    for key in keys:
        if key in seen:
            raise FormProblem(key, "Diese Kennung kommt zweimal vor.")
        seen.add(key)


def _check_tree(schema: Schema) -> None:
    """Every group lies in a group that is there, and no field has the path of a group."""
    known = {group.path for group in schema.groups} | {""}
    for group in schema.groups:
        if parent(group.path) not in known:
            raise FormProblem(group.id, f"Den Abschnitt „{parent(group.path)}“ darüber gibt es nicht.")
        if group.path in schema.fields:
            raise FormProblem(group.id, "So heißt schon ein Feld.")
    for entry in schema.fields.values():
        if entry.code_list and entry.code_list not in schema.lists:
            raise FormProblem(entry.path, f"Die Codeliste „{entry.code_list}“ gibt es nicht.")


def _check_names(schema: Schema) -> None:
    """Every name in a condition or text must be a group, ``parameters``, ``today``, ``town`` or ``service``."""
    known = {path.partition(".")[0] for path in (*schema.group_at, *schema.fields) if path} | RESERVED
    for group in schema.groups:
        if group.path.partition(".")[0] in RESERVED:
            raise FormProblem(group.id, "Diese Kennung ist schon vergeben: Eine Gruppe darf nicht so heißen.")
        _check_known(group.id, (group.when, group.title, group.short, group.help), known)
    for question in schema.questions():
        used = [question.when, question.title, question.help]
        used += [
            part for field in question.fields for part in (field.when, field.label, field.hint, field.choices_from)
        ]
        used += [part for check in question.checks for part in (check.condition, check.message)]
        _check_known(question.key, used, known)
        for check in question.checks:
            if check.field not in {field.path for field in question.fields}:
                raise FormProblem(check.id, f"Das Feld „{check.field}“ gibt es auf dieser Seite nicht.")


def _check_known(place: str, parts: Iterable[Condition | Text | None], known: Set[str]) -> None:
    for part in parts:
        if part is not None and (unknown := part.names - known):
            raise FormProblem(place, f"Den Namen „{sorted(unknown)[0]}“ kennt das Formular nicht.")
