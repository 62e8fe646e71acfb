"""Reads ``form.yaml``: a strict, small subset of YAML, every unknown key refused with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import Any

from stadtamt.forms.schema.errors import FormProblem
from stadtamt.forms.schema.functions import FORM_FUNCTIONS
from stadtamt.forms.schema.model import FIELD_TYPES, Check, Choice, Field, Group, Question, Schema
from stadtamt.kernel.expressions import Expression, ExpressionError, Text, compile_expression, compile_text
from stadtamt.kernel.yaml import YamlRefused, read_yaml

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FIELD_KEYS = frozenset(
    {
        *("id", "label", "type", "required", "hint", "purpose", "when", "max_length", "min", "max"),
        *("choices", "choices_from", "autocomplete", "accept", "max_bytes", "used_by"),
    }
)
_QUESTION_KEYS = frozenset({"id", "title", "help", "when", "fields", "checks"})
_GROUP_KEYS = frozenset({"id", "title", "short", "when", "questions"})
_CHECK_KEYS = frozenset({"id", "refuse", "ask", "field", "message"})
_CHOICE_KEYS = frozenset({"value", "label", "hint"})
RESERVED = frozenset({"parameters", "today", "town", "service"})
UPLOAD_KINDS = ("pdf", "jpeg", "png")
MAX_QUESTIONS, MAX_FIELDS = 200, 400
MAX_NUMBER = 10**15
MAX_UPLOAD_BYTES = 8 * 1024 * 1024


def read_form(source: str) -> Schema:
    """The form described by the text of a ``form.yaml``.

    Raises FormProblem with the place (``halter.name.vorname``) and a German sentence.
    """
    try:
        data = read_yaml(source)
    except YamlRefused as problem:
        raise FormProblem("", str(problem)) from problem
    if not isinstance(data, dict):
        raise FormProblem("", "Das Formular muss aus benannten Angaben bestehen.")
    _known("", data, frozenset({"form", "version", "groups"}))
    _check_size(data)
    groups = tuple(_group(item) for item in _list("", data, "groups"))
    schema = Schema(key=_text("", data, "form"), version=_text("", data, "version"), groups=groups)
    _check_unique(schema)
    _check_names(schema)
    return schema


def _check_size(data: dict[str, Any]) -> None:
    """Before anything is compiled: nobody answers hundreds of questions, and every reader of a form pays for each."""
    questions = [one for group in _dicts(data.get("groups")) for one in _dicts(group.get("questions"))]
    if len(questions) > MAX_QUESTIONS:
        raise FormProblem("", f"Das Formular hat mehr als {MAX_QUESTIONS} Fragen.")
    if sum(len(_dicts(question.get("fields"))) for question in questions) > MAX_FIELDS:
        raise FormProblem("", f"Das Formular hat mehr als {MAX_FIELDS} Felder.")


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _group(data: Any) -> Group:
    place = _place("", data)
    _known(place, data, _GROUP_KEYS)
    title = _template(place, data, "title")
    return Group(
        id=_id(place, data),
        title=title,
        short=_optional_template(place, data, "short") or title,
        when=_condition(place, data, "when"),
        questions=tuple(_question(place, item) for item in _list(place, data, "questions")),
    )


def _question(group: str, data: Any) -> Question:
    place = _place(group, data)
    _known(place, data, _QUESTION_KEYS)
    return Question(
        id=_id(place, data),
        group=group,
        title=_template(place, data, "title"),
        help=_optional_template(place, data, "help"),
        when=_condition(place, data, "when"),
        fields=tuple(_field(group, item) for item in _list(place, data, "fields")),
        checks=tuple(_check(group, item) for item in _maybe_list(place, data, "checks")),
    )


def _field(group: str, data: Any) -> Field:
    place = _place(group, data)
    _known(place, data, _FIELD_KEYS)
    kind = _text(place, data, "type")
    if kind not in FIELD_TYPES:
        raise FormProblem(place, f"Den Feldtyp „{kind}“ gibt es nicht. Möglich sind: {', '.join(sorted(FIELD_TYPES))}.")
    choices = tuple(_choice(place, item) for item in _maybe_list(place, data, "choices"))
    source = _condition(place, data, "choices_from")
    if kind in {"choice", "choices"} and not choices and source is None:
        raise FormProblem(place, "Ein Auswahlfeld braucht „choices“ oder „choices_from“.")
    return Field(
        id=_id(place, data),
        group=group,
        type=kind,
        label=_template(place, data, "label"),
        required=_required(place, data),
        hint=_optional_template(place, data, "hint"),
        purpose=str(data.get("purpose", "")),
        when=_condition(place, data, "when"),
        max_length=_number(place, data, "max_length") or (120 if kind in {"name", "text"} else 200),
        minimum=_number(place, data, "min"),
        maximum=_number(place, data, "max"),
        choices=choices,
        choices_from=source,
        autocomplete=str(data.get("autocomplete", "")),
        accept=_accept(place, data) if kind == "file" else (),
        max_bytes=min(_number(place, data, "max_bytes") or MAX_UPLOAD_BYTES, MAX_UPLOAD_BYTES) if kind == "file" else 0,
    )


def _choice(place: str, data: Any) -> Choice:
    _known(place, data, _CHOICE_KEYS)
    value = data.get("value")
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise FormProblem(place, "Eine Auswahl braucht „value“ als Text in Anführungszeichen.")
    return Choice(value=str(value), label=_text(place, data, "label"), hint=str(data.get("hint") or ""))


def _accept(place: str, data: dict[str, Any]) -> tuple[str, ...]:
    """The kinds of file; only what can be inspected may be asked for."""
    kinds = tuple(_maybe_list(place, data, "accept")) or UPLOAD_KINDS
    for kind in kinds:
        if kind not in UPLOAD_KINDS:
            raise FormProblem(place, f"Die Dateiart „{kind}“ gibt es nicht. Möglich sind: {', '.join(UPLOAD_KINDS)}.")
    return kinds


def _required(place: str, data: dict[str, Any]) -> bool:
    value = data.get("required", True)
    if not isinstance(value, bool):
        raise FormProblem(place, "„required“ muss true oder false sein.")
    return value


def _check(group: str, data: Any) -> Check:
    place = _place(group, data)
    _known(place, data, _CHECK_KEYS)
    if ("refuse" in data) == ("ask" in data):
        raise FormProblem(place, "Eine Prüfung braucht entweder „refuse“ oder „ask“.")
    refuse = "refuse" in data
    condition = _condition(place, data, "refuse" if refuse else "ask")
    if condition is None:
        raise FormProblem(place, "Die Prüfung hat keine Bedingung.")
    field = _text(place, data, "field")
    return Check(
        id=f"{group}.{_id(place, data)}",
        refuse=refuse,
        condition=condition,
        field=field if "." in field else f"{group}.{field}",
        message=_template(place, data, "message"),
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


def _check_names(schema: Schema) -> None:
    """Every name in a condition or text must be a group, ``parameters``, ``today``, ``town`` or ``service``."""
    known = {group.id for group in schema.groups} | RESERVED
    for group in schema.groups:
        if group.id in RESERVED:
            raise FormProblem(group.id, "Diese Kennung ist schon vergeben: Eine Gruppe darf nicht so heißen.")
        _check_known(group.id, (group.when, group.title, group.short), known)
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


def _check_known(place: str, parts: Iterable[Expression | Text | None], known: Set[str]) -> None:
    for part in parts:
        if part is not None and (unknown := part.names - known):
            raise FormProblem(place, f"Den Namen „{sorted(unknown)[0]}“ kennt das Formular nicht.")


def _place(parent: str, data: Any) -> str:
    name = str(data.get("id", "?")) if isinstance(data, dict) else "?"
    return f"{parent}.{name}" if parent else name


def _known(place: str, data: Any, keys: frozenset[str]) -> None:
    if not isinstance(data, dict):
        raise FormProblem(place, "Hier werden benannte Angaben erwartet.")
    for key in data:
        if key not in keys:
            raise FormProblem(place, f"Die Angabe „{key}“ gibt es hier nicht.")


def _id(place: str, data: dict[str, Any]) -> str:
    value = str(data.get("id", ""))
    if not _ID.fullmatch(value):
        raise FormProblem(place, "Die Kennung besteht aus Kleinbuchstaben, Ziffern und Unterstrichen.")
    return value


def _text(place: str, data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise FormProblem(place, f"Die Angabe „{key}“ fehlt.")
    return value


def _list(place: str, data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        raise FormProblem(place, f"„{key}“ muss eine Liste mit mindestens einem Eintrag sein.")
    return value


def _maybe_list(place: str, data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    if value is not None and not isinstance(value, list):
        raise FormProblem(place, f"„{key}“ muss eine Liste sein.")
    return value or []


def _number(place: str, data: dict[str, Any], key: str) -> int | None:
    value = data.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise FormProblem(place, f"„{key}“ muss eine ganze Zahl sein.")
    if value is not None and abs(value) > MAX_NUMBER:
        raise FormProblem(place, f"„{key}“ ist zu groß.")
    return value


def _template(place: str, data: dict[str, Any], key: str) -> Text:
    try:
        return compile_text(_text(place, data, key))
    except ExpressionError as problem:
        raise FormProblem(place, f"„{key}“: {problem}") from problem


def _optional_template(place: str, data: dict[str, Any], key: str) -> Text | None:
    return _template(place, data, key) if data.get(key) else None


def _condition(place: str, data: dict[str, Any], key: str) -> Expression | None:
    source = data.get(key)
    if source is None:
        return None
    try:
        return compile_expression(str(source), functions=FORM_FUNCTIONS)
    except ExpressionError as problem:
        raise FormProblem(place, f"„{key}“: {problem}") from problem
