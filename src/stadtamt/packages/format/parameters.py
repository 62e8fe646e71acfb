"""The parameters of a package: what a town fills in, typed, with defaults and limits."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stadtamt.packages.errors import PackageProblem

MISSING: Any = object()
MAX_ROWS = 1000
MAX_TEXT = 4000
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_PERIOD = re.compile(r"P(?:\d{1,3}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,4}D)?")
_ALLOWED = frozenset(
    {
        *("key", "type", "label", "explanation", "paragraph", "default", "choices", "min", "max"),
        *("columns", "group", "renamed_from", "example"),
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table or of a list of places."""

    key: str
    type: str
    label: str
    optional: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its type, what it means, and the paragraph it comes from."""

    key: str
    type: str
    label: str
    explanation: str
    paragraph: str
    default: Any = MISSING
    choices: tuple[tuple[str, str], ...] = ()  # value and label
    minimum: Any = None
    maximum: Any = None
    columns: tuple[Column, ...] = ()
    group: str = ""
    renamed_from: str = ""

    @property
    def required(self) -> bool:
        """Whether the town must fill it in, as there is no default."""
        return self.default is MISSING


def read_parameters(entries: Iterable[Mapping[str, Any]], *, file: str = "service.toml") -> tuple[Parameter, ...]:
    """The parameters declared in a file; PackageProblem for what cannot be."""
    parameters = tuple(_parameter(entry, file) for entry in entries)
    for parameter in parameters:
        if not parameter.required and (fault := misfit(parameter, parameter.default)):
            raise PackageProblem(file, f"Parameter {parameter.key}: Der Vorgabewert passt nicht. {fault}")
    return parameters


def _parameter(entry: Mapping[str, Any], file: str) -> Parameter:
    key, kind = str(entry.get("key", "")), str(entry.get("type", ""))
    if not _KEY.fullmatch(key):
        raise PackageProblem(file, f"„{key[:60]}“ ist keine Kennung für einen Parameter.")
    if unknown := sorted(set(entry) - _ALLOWED):
        raise PackageProblem(file, f"Parameter {key}: Die Angabe „{unknown[0]}“ gibt es hier nicht.")
    if kind not in TYPES:
        raise PackageProblem(file, f"Parameter {key}: Den Typ „{kind}“ gibt es nicht.")
    choices = tuple(_choice(one, key, file) for one in _list(entry, "choices", key, file))
    if kind == "choice" and not choices:
        raise PackageProblem(file, f"Parameter {key}: Eine Auswahl braucht „choices“.")
    for limit in ("min", "max"):
        if limit in entry and not _limits(kind, entry[limit]):
            raise PackageProblem(file, f"Parameter {key}: „{limit}“ passt nicht zum Typ „{kind}“.")
    return Parameter(
        key=key,
        type=kind,
        label=str(entry.get("label", key)),
        explanation=str(entry.get("explanation", "")),
        paragraph=str(entry.get("paragraph", "")),
        default=plain(entry["default"]) if "default" in entry else MISSING,
        choices=choices,
        minimum=plain(entry.get("min")),
        maximum=plain(entry.get("max")),
        columns=tuple(_column(one, key, file) for one in _list(entry, "columns", key, file)),
        group=str(entry.get("group", "")),
        renamed_from=str(entry.get("renamed_from", "")),
    )


def _choice(entry: Any, key: str, file: str) -> tuple[str, str]:
    if isinstance(entry, Mapping) and isinstance(entry.get("value"), str):
        return entry["value"], str(entry.get("label", entry["value"]))
    if isinstance(entry, str):
        return entry, entry
    raise PackageProblem(file, f"Parameter {key}: Eine Auswahl ist ein Text oder hat „value“ und „label“.")


def _column(entry: Any, key: str, file: str) -> Column:
    if not isinstance(entry, Mapping) or not _KEY.fullmatch(str(entry.get("key", ""))):
        raise PackageProblem(file, f"Parameter {key}: Jede Spalte braucht „key“, „type“ und „label“.")
    kind = str(entry.get("type", "text"))
    if kind not in TYPES or kind in {"table", "places"}:
        raise PackageProblem(file, f"Parameter {key}: Eine Spalte kann nicht vom Typ „{kind}“ sein.")
    choices = tuple(_choice(one, key, file)[0] for one in entry.get("choices", []))
    label = str(entry.get("label", entry["key"]))
    return Column(str(entry["key"]), kind, label, bool(entry.get("optional", False)), choices)


def _list(entry: Mapping[str, Any], name: str, key: str, file: str) -> list[Any]:
    value = entry.get(name, [])
    if not isinstance(value, list):
        raise PackageProblem(file, f"Parameter {key}: „{name}“ muss eine Liste sein.")
    return value


def fill_in(parameters: tuple[Parameter, ...], settings: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters with the town's settings or the defaults, as plain data (dates in ISO form).

    Raises PackageProblem for an unknown, missing or wrong setting.
    """
    known = {parameter.key for parameter in parameters}
    for key in settings:
        if key not in known:
            raise PackageProblem("parameters", f"Den Parameter „{key}“ kennt das Paket nicht.")
    filled: dict[str, Any] = {}
    for parameter in parameters:
        value = plain(settings.get(parameter.key, parameter.default))
        if value is MISSING:
            raise PackageProblem("parameters", f"Der Parameter „{parameter.label}“ ({parameter.key}) fehlt.")
        if fault := misfit(parameter, value):
            raise PackageProblem("parameters", f"„{parameter.label}“ ({parameter.key}): {fault}")
        filled[parameter.key] = value
    return filled


def misfit(parameter: Parameter, value: Any) -> str:
    """Why a value does not fit the parameter, as a sentence; empty when it fits."""
    wanted, fits = TYPES[parameter.type]
    if not fits(value):
        return f"Erwartet wird {wanted}."
    if parameter.type == "choice" and value not in {choice for choice, _ in parameter.choices}:
        return f"Möglich sind: {', '.join(choice for choice, _ in parameter.choices)}."
    if parameter.minimum is not None and _size(value) < parameter.minimum:
        return f"Der Wert muss mindestens {parameter.minimum} sein."
    if parameter.maximum is not None and _size(value) > parameter.maximum:
        return f"Der Wert darf höchstens {parameter.maximum} sein."
    if parameter.columns:
        return next((fault for n, row in enumerate(value, 1) if (fault := _row_misfit(parameter, row, n))), "")
    return ""


def _row_misfit(parameter: Parameter, row: Mapping[str, Any], number: int) -> str:
    known = {column.key for column in parameter.columns}
    known |= {"value", "label"} if parameter.type == "places" else set()
    if unknown := sorted(set(row) - known):
        return f"Zeile {number}: Die Spalte „{unknown[0]}“ gibt es nicht."
    for column in parameter.columns:
        if column.key not in row:
            if column.optional:
                continue
            return f"Zeile {number}: „{column.label}“ fehlt."
        wanted, fits = TYPES[column.type]
        if not fits(row[column.key]):
            return f"Zeile {number}, „{column.label}“: Erwartet wird {wanted}."
        if column.choices and row[column.key] not in column.choices:
            return f"Zeile {number}, „{column.label}“: Möglich sind: {', '.join(column.choices)}."
    return ""


def edition_of(version: str, parameters: Mapping[str, Any], sources: tuple[str, ...]) -> str:
    """The name of what is in force: the package's version, and a digest of its texts and the town's settings."""
    text = json.dumps([parameters, *sources], sort_keys=True, ensure_ascii=False)
    return f"{version}+{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def plain(value: Any) -> Any:
    """A setting as JSON can hold it: dates in ISO form."""
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def _size(value: Any) -> Any:
    return len(value) if isinstance(value, list) else value


def _limits(kind: str, value: Any) -> bool:
    """Whether this may limit values of the type: a day for days, a number for numbers and for how many entries."""
    if kind == "date":
        return _is_date(value)
    return kind in {"money", "integer", "list", "places", "table"} and _is_whole(value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**12


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT


def _is_date(value: Any) -> bool:
    if isinstance(value, date):
        return True
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_rows(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) <= MAX_ROWS
        and all(isinstance(row, Mapping) and all(isinstance(key, str) for key in row) for row in value)
    )


def _is_places(value: Any) -> bool:
    if not _is_rows(value):
        return False
    keys = [row.get("value") for row in value]
    return (
        all(isinstance(key, str) and key for key in keys)
        and len(set(keys)) == len(keys)
        and all(_is_text(row.get("label")) for row in value)
    )


def _is_list(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) <= MAX_ROWS
        and all(_is_text(entry) or _is_whole(entry) for entry in value)
    )


# The types, what is expected in words, and how a value is recognised.
TYPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "money": ("ein Betrag in ganzen Cent, nicht negativ", lambda value: _is_whole(value) and value >= 0),
    "integer": ("eine ganze Zahl", _is_whole),
    "date": ("ein Datum", _is_date),
    "period": (
        "ein Zeitraum wie „P14D“ oder „P1M“",
        lambda value: isinstance(value, str) and len(value) > 2 and bool(_PERIOD.fullmatch(value)),
    ),
    "choice": ("einer der angebotenen Werte", _is_text),
    "boolean": ("ja oder nein", lambda value: isinstance(value, bool)),
    "text": ("ein Text", _is_text),
    "list": ("eine Liste von Texten oder ganzen Zahlen", _is_list),
    "places": ("eine Liste von Orten mit „value“ und „label“, jeder „value“ einmal", _is_places),
    "table": ("eine Tabelle", _is_rows),
}
