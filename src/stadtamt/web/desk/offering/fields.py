"""Parameters of a package as inputs without JavaScript: what stands in them, and what they send back.

A parameter ``fee`` sends ``p.fee`` (a period also ``p.fee.unit``) and ``s.fee``, the place in the town's bylaw. A table
sends ``n.fees``, how many rows the page had, and for each row ``p.fees.3.COLUMN``; a tick at ``d.fees.3`` deletes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stadtamt.packages.format.parameters import MAX_ROWS, Column, Parameter, misfit
from stadtamt.web.desk.offering import codec

Typed = Mapping[str, list[str]]
"""What a page sent: texts by name."""

SPARE = 1
"""Empty rows at the end of every table."""
MAX_SOURCE = 300


@dataclass(slots=True)
class Entered:
    """What was typed: values that are right, the places in the bylaw, and a sentence for each input that is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)  # by the input's id
    called: dict[str, str] = field(default_factory=dict)  # what each of these inputs is called

    def refuse(self, name: str, called: str, sentence: str) -> None:
        """Note what is wrong with the input of this name."""
        place = element_id(name)
        self.errors[place], self.called[place] = sentence, called

    def told(self) -> list[dict[str, str]]:
        """For the summary on top of the page: each input by its name."""
        return [
            {"field_id": place, "message": f"{self.called[place]}: {sentence}" if place in self.called else sentence}
            for place, sentence in self.errors.items()
        ]


def element_id(name: str) -> str:
    """The id of the input with this name; an error jumps to it."""
    return name.replace(".", "-")


def columns_of(parameter: Parameter, rows: Iterable[Mapping[str, Any]] = ()) -> tuple[Column, ...]:
    """The columns of a table; a list of places has a name and a key besides what is declared.

    An author who declared none is understood by the rows there are.
    """
    declared = parameter.columns
    if parameter.type == "places":
        named = (Column("label", "text", "Bezeichnung"), Column("value", "text", "Kurzname", optional=True))
        return named + tuple(one for one in declared if one.key not in {"value", "label"})
    if declared:
        return tuple(
            Column(one.key, one.type, one.label, optional=True, choices=one.choices)
            if _names_itself(one, declared)
            # The key of a row arises from its name where nobody gives one.
            else one
            for one in declared
        )
    seen: dict[str, Column] = {}
    for row in rows:
        for key, value in row.items():
            seen.setdefault(key, Column(key, _kind_of(value), key, optional=True))
    return tuple(seen.values())


def typed_of(parameter: Parameter, value: Any, source: str = "") -> dict[str, list[str]]:
    """The inputs of a parameter as they stand when they hold this value."""
    name = f"p.{parameter.key}"
    typed = {f"s.{parameter.key}": [source]}
    if parameter.type in {"table", "places"}:
        rows = value or []
        for number, row in enumerate(rows):
            for column in columns_of(parameter, rows):
                typed |= _typed(f"{name}.{number}.{column.key}", column.type, row.get(column.key))
        return {**typed, f"n.{parameter.key}": [str(len(rows))]}
    return {**typed, **_typed(name, parameter.type, value)}


def read_all(parameters: Iterable[Parameter], typed: Typed, known: Mapping[str, Any]) -> Entered:
    """Everything that was typed. `known` are values by parameter that tell what lists and tables are made of."""
    entered = Entered()
    for parameter in parameters:
        source = first_of(typed, f"s.{parameter.key}").strip()[:MAX_SOURCE]
        if source:
            entered.sources[parameter.key] = source
        if parameter.type in {"table", "places"}:
            _read_rows(parameter, typed, known.get(parameter.key), entered)
        else:
            _read_one(parameter, typed, known.get(parameter.key), entered)
    return entered


def tidy(parameters: Iterable[Parameter], sent: Typed, known: Mapping[str, Any]) -> dict[str, list[str]]:
    """What belongs to the parameters, and nothing else; tables without rows that are empty or were to be deleted."""
    typed: dict[str, list[str]] = {}
    for parameter in parameters:
        name = f"p.{parameter.key}"
        typed[f"s.{parameter.key}"] = [_clean(sent, f"s.{parameter.key}")]
        if parameter.type not in {"table", "places"}:
            typed |= {one: [_clean(sent, one)] for one in (name, f"{name}.unit") if one in sent}
            continue
        columns, kept = columns_of(parameter, known.get(parameter.key) or []), 0
        for number in range(row_count(sent, parameter.key)):
            if first_of(sent, f"d.{parameter.key}.{number}") or _is_empty(sent, f"{name}.{number}", columns):
                continue
            for column in columns:
                for tail in ("", ".unit"):
                    one = f"{name}.{number}.{column.key}{tail}"
                    if one in sent:
                        typed[f"{name}.{kept}.{column.key}{tail}"] = [_clean(sent, one)]
            kept += 1
        typed[f"n.{parameter.key}"] = [str(kept)]
    return typed


def row_count(typed: Typed, key: str) -> int:
    """How many rows of the table the page had, the empty ones included."""
    text = first_of(typed, f"n.{key}")
    return min(int(text), MAX_ROWS) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def limits(parameter: Parameter) -> tuple[str, str]:
    """The least and the greatest value in words; empty where there is none."""
    kind = "integer" if parameter.type in {"list", "table", "places"} else parameter.type
    least, most = parameter.minimum, parameter.maximum
    return (
        codec.in_words(kind, least) if least is not None else "",
        codec.in_words(kind, most) if most is not None else "",
    )


def _typed(name: str, kind: str, value: Any) -> dict[str, list[str]]:
    text = codec.write(kind, value)
    if kind == "period" and codec.is_simple_period(value):
        number, unit = text.split()
        return {name: [number], f"{name}.unit": [unit]}
    return {name: [text]}


def _read_one(parameter: Parameter, typed: Typed, known: Any, entered: Entered) -> None:
    name = f"p.{parameter.key}"
    text = _given(typed, name, parameter.type)
    if not text:
        if parameter.type == "list" and not parameter.required:
            entered.values[parameter.key] = []
        elif parameter.required:
            entered.refuse(name, parameter.label, _MISSING.get(parameter.type, "Bitte ausfüllen."))
        return
    try:
        value = codec.read(parameter.type, text, whole_numbers=_are_whole(known))
    except codec.Wrong as wrong:
        entered.refuse(name, parameter.label, str(wrong))
        return
    if fault := _fault(parameter, value):
        entered.refuse(name, parameter.label, fault)
        return
    entered.values[parameter.key] = value


def _read_rows(parameter: Parameter, typed: Typed, known: Any, entered: Entered) -> None:
    rows: list[dict[str, Any]] = []
    columns = columns_of(parameter, known or [])
    before = [row for row in known or [] if isinstance(row, Mapping)]
    examples = {column.key: [row.get(column.key) for row in before] for column in columns}
    # A row that says the same as a known one is that row: an empty cell may be stored in several ways.
    same = {_said(row): dict(row) for row in reversed(before)}
    faults, taken = 0, set[str]()
    for number in range(row_count(typed, parameter.key)):
        place = f"p.{parameter.key}.{number}"
        row: dict[str, Any] = {}
        for column in columns:
            try:
                value = _cell(typed, f"{place}.{column.key}", column, examples[column.key])
            except codec.Wrong as wrong:
                where = f"{parameter.label}, Zeile {number + 1}, {column.label}"
                entered.refuse(f"{place}.{column.key}", where, str(wrong))
                faults += 1
                continue
            if value is not None:
                row[column.key] = value
        _name(row, columns, taken)
        rows.append(same.get(_said(row), row))
    if faults:
        return
    whole = f"p.{parameter.key}"
    if not rows and parameter.required:
        entered.refuse(whole, parameter.label, "Bitte füllen Sie mindestens eine Zeile aus.")
    elif fault := _fault(parameter, rows):
        entered.refuse(whole, parameter.label, fault)
    else:
        entered.values[parameter.key] = rows


def _cell(typed: Typed, name: str, column: Column, examples: list[Any]) -> Any:
    """The value of a cell; nothing for an optional one that is empty."""
    text = _given(typed, name, column.type)
    if not text:
        if column.optional:
            return None
        if column.type == "list":
            return []
        if column.type == "text" and "" in examples:
            return ""  # where it is empty elsewhere, nothing is what it says
        raise codec.Wrong(_MISSING.get(column.type, "Bitte ausfüllen."))
    whole = all(_are_whole(example) for example in examples if example)
    value = codec.read(column.type, text, whole_numbers=bool(examples) and any(examples) and whole)
    if column.choices and value not in column.choices:
        raise codec.Wrong(f"Möglich sind: {', '.join(column.choices)}.")
    return value


def _fault(parameter: Parameter, value: Any) -> str:
    """Why the value does not fit, with its limits as a person writes them."""
    least, most = limits(parameter)
    size = len(value) if isinstance(value, list) else value
    if least and isinstance(size, type(parameter.minimum)) and size < parameter.minimum:
        return f"Der Wert muss mindestens {least} sein."
    if most and isinstance(size, type(parameter.maximum)) and size > parameter.maximum:
        return f"Der Wert darf höchstens {most} sein."
    return misfit(parameter, value)


def _name(row: dict[str, Any], columns: tuple[Column, ...], taken: set[str]) -> None:
    """A row that people call by a label gets its key from it, if nobody gave one; `taken` are keys of rows before."""
    if {"value", "label"} <= {column.key for column in columns} and not row.get("value") and row.get("label"):
        base = _slug(str(row["label"])) or "zeile"
        number = next(n for n in range(1, MAX_ROWS + 2) if (base if n == 1 else f"{base}-{n}") not in taken)
        row["value"] = base if number == 1 else f"{base}-{number}"
    taken.add(str(row.get("value")))


def _said(row: Mapping[str, Any]) -> str:
    said = {key: value for key, value in row.items() if value not in (None, "", [])}
    return json.dumps(said, sort_keys=True, default=str)


def _names_itself(column: Column, columns: tuple[Column, ...]) -> bool:
    return column.key == "value" and column.type == "text" and any(other.key == "label" for other in columns)


def _slug(text: str) -> str:
    for sign, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.lower().replace(sign, plain)
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:60]


def _is_empty(typed: Typed, place: str, columns: tuple[Column, ...]) -> bool:
    return not any(_given(typed, f"{place}.{column.key}", column.type) for column in columns)


def _given(typed: Typed, name: str, kind: str) -> str:
    text = first_of(typed, name).strip()
    unit = first_of(typed, f"{name}.unit")
    return f"{text} {unit}" if kind == "period" and text and unit and not text.startswith("P") else text


def _clean(typed: Typed, name: str) -> str:
    """The text without what the database cannot hold, and never longer than any value may be."""
    return first_of(typed, name).replace("\x00", "")[: codec.LONGEST * 4]


def first_of(typed: Typed, name: str) -> str:
    """The text of an input; empty where the page sent none."""
    return next(iter(typed.get(name, ())), "")


def _are_whole(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, int) for entry in value)


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "list" if isinstance(value, list) else "text"


_MISSING = {
    "money": "Bitte schreiben Sie einen Betrag.",
    "date": "Bitte schreiben Sie ein Datum.",
    "period": "Bitte schreiben Sie eine Zahl und wählen Sie die Einheit.",
    "choice": "Bitte wählen Sie.",
    "boolean": "Bitte wählen Sie.",
    "list": "Bitte schreiben Sie mindestens eine Zeile.",
}
