"""The settings of a package as one page: by group, what must be filled in first, the author's defaults folded away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from stadtamt.packages.format.parameters import Column, Parameter
from stadtamt.web.desk.offering import codec
from stadtamt.web.desk.offering.fields import (
    SPARE,
    Typed,
    columns_of,
    element_id,
    first_of,
    limits,
    row_count,
    typed_of,
)

MORE = "more"
"""The name of the button that adds rows to a table; its value is the parameter's key."""
_SEVERAL_LINES = 90
_NARROW = {"money", "integer", "date", "period", "boolean", "choice"}
_COMPACT_COLUMNS = 5


def sections(
    parameters: Iterable[Parameter],
    typed: Typed,
    *,
    known: Mapping[str, Any],
    errors: Mapping[str, str],
    origins: Mapping[str, str],
) -> dict[str, list[dict[str, Any]]]:
    """``needed``: groups of fields without a default; ``folded``: of the others. For desk/offering/settings.html."""
    needed: dict[str, list[dict[str, Any]]] = {}
    folded: dict[str, list[dict[str, Any]]] = {}
    for parameter in parameters:
        group = parameter.group or "Angaben"
        view = field_view(parameter, typed, known=known.get(parameter.key), errors=errors)
        view["origin"] = origins.get(parameter.key, "")
        (needed if parameter.required else folded).setdefault(group, []).append(view)
    return {
        "needed": [{"title": title, "fields": fields} for title, fields in needed.items()],
        "folded": [
            {
                "title": title,
                "fields": fields,
                "open": any(view["has_error"] for view in fields),
                "changed": sum(view["is_own"] for view in fields),
            }
            for title, fields in folded.items()
        ],
    }


def field_view(parameter: Parameter, typed: Typed, *, known: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    """One parameter; see desk/offering/parameter.html."""
    name, source = f"p.{parameter.key}", f"s.{parameter.key}"
    view: dict[str, Any] = {
        "key": parameter.key,
        "label": parameter.label,
        "hint": _hint(parameter),
        "paragraph": parameter.paragraph,
        "required": parameter.required,
        "is_own": not parameter.required and _differs(parameter, typed, known),
        "source": {"name": source, "id": element_id(source), "value": first_of(typed, source)},
    }
    if parameter.type in {"table", "places"}:
        view |= _rows(parameter, typed, known, errors)
    else:
        # A parameter with a default is always either of its choices; one without must be chosen.
        view |= _control(name, parameter.type, typed, errors, choices=_choices(parameter))
    view["has_error"] = view["has_error"] if "has_error" in view else bool(view["error"])
    return view


def _rows(parameter: Parameter, typed: Typed, known: Any, errors: Mapping[str, str]) -> dict[str, Any]:
    columns = columns_of(parameter, known or [])
    count = row_count(typed, parameter.key) + SPARE
    rows = []
    for number in range(count):
        place = f"p.{parameter.key}.{number}"
        cells = [_cell(place, column, typed, errors) for column in columns]
        delete = f"d.{parameter.key}.{number}"
        rows.append(
            {
                "number": number + 1,
                "cells": cells,
                "delete": delete,
                "deleted": bool(first_of(typed, delete)),
                "spare": number >= count - SPARE,
            }
        )
    failed = any(element_id(f"p.{parameter.key}.{n}.{c.key}") in errors for n in range(count) for c in columns)
    return {
        "kind": "rows",
        "id": f"p-{parameter.key}",
        "error": errors.get(f"p-{parameter.key}", ""),
        "has_error": failed or f"p-{parameter.key}" in errors,
        "rows": rows,
        "count": {"name": f"n.{parameter.key}", "value": count},
        "more": {"name": MORE, "value": parameter.key},
        "compact": len(columns) <= _COMPACT_COLUMNS and not any(column.type == "list" for column in columns),
    }


def _cell(place: str, column: Column, typed: Typed, errors: Mapping[str, str]) -> dict[str, Any]:
    name = f"{place}.{column.key}"
    choices = [(choice, choice) for choice in column.choices]
    if column.type == "boolean":
        choices = [("true", "Ja"), ("false", "Nein")]
    control = _control(name, column.type, typed, errors, choices=choices)
    if choices:
        control |= {"kind": "select", "choices": [_BLANK, *control["choices"]]}
    wide = column.type not in _NARROW and not choices
    return {**control, "label": column.label, "optional": column.optional, "wide": wide}


_BLANK = {"value": "", "label": "", "selected": False}


def _control(
    name: str, kind: str, typed: Typed, errors: Mapping[str, str], *, choices: list[tuple[str, str]]
) -> dict[str, Any]:
    value, place = first_of(typed, name), element_id(name)
    control: dict[str, Any] = {"name": name, "id": place, "value": value, "error": errors.get(place, "")}
    if choices:
        offered = [
            {"value": one, "label": label, "selected": one == value, "id": place if n == 0 else f"{place}-{n}"}
            for n, (one, label) in enumerate(choices)
        ]
        return {**control, "kind": "choice", "choices": offered}
    if kind == "period":
        unit = first_of(typed, f"{name}.unit")
        units = [{"value": one, "label": label, "selected": one == unit} for one, label in codec.UNITS]
        return {**control, "kind": "period", "unit_name": f"{name}.unit", "units": units}
    if kind == "list" or (kind == "text" and (len(value) > _SEVERAL_LINES or "\n" in value)):
        lines = value.count("\n") + 2 if kind == "list" else len(value) // _SEVERAL_LINES + 2
        return {**control, "kind": "lines", "rows": min(max(lines, 3), 12)}
    return {
        **control,
        "kind": "line",
        "width": {"money": "short", "integer": "tiny", "date": "short"}.get(kind, ""),
        "suffix": "Euro" if kind == "money" else "",
        "inputmode": {"money": "decimal", "integer": "numeric"}.get(kind, ""),
    }


def _choices(parameter: Parameter) -> list[tuple[str, str]]:
    if parameter.type == "boolean":
        return [("true", "Ja"), ("false", "Nein")]
    return list(parameter.choices) if parameter.type == "choice" else []


def _hint(parameter: Parameter) -> str:
    """The author's explanation, and what the type asks for."""
    hints = [parameter.explanation]
    least, most = limits(parameter)
    if parameter.type == "list":
        hints.append("Schreiben Sie jeden Eintrag in eine eigene Zeile.")
    if parameter.type == "date":
        hints.append("Zum Beispiel 1.1.2027.")
    if least or most:
        span = f"{least} bis {most}" if least and most else (f"mindestens {least}" if least else f"höchstens {most}")
        hints.append(f"Möglich: {span}.")
    if not parameter.required and (default := _default_in_words(parameter)):
        hints.append(f"Vorgabe: {default}.")
    return " ".join(hint for hint in hints if hint)


def _default_in_words(parameter: Parameter) -> str:
    if parameter.type in {"table", "places"}:
        count = len(parameter.default)
        return f"{count} Zeilen" if count > 1 else ("1 Zeile" if count else "keine Zeile")
    if parameter.type == "choice":
        return dict(parameter.choices)[parameter.default]
    if parameter.type == "list" and not parameter.default:
        return "kein Eintrag"
    return (
        f"„{parameter.default}“"
        if parameter.type == "text" and parameter.default
        else ("" if parameter.type == "text" else codec.in_words(parameter.type, parameter.default))
    )


def _differs(parameter: Parameter, typed: Typed, known: Any) -> bool:
    """Whether the page says something else than the author's default. `known` tells what a table is made of."""
    default = typed_of(parameter, parameter.default)
    names = {name for name in default if not name.startswith(("s.", "n."))}
    if parameter.type in {"table", "places"}:
        rows, columns = range(row_count(typed, parameter.key)), columns_of(parameter, known or [])
        names |= {f"p.{parameter.key}.{row}.{column.key}" for row in rows for column in columns}
    return any(first_of(typed, name).split() != first_of(default, name).split() for name in names)
