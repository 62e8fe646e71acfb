"""The shapes as tables of the author's reference (docs/reference/service-package.md), written anew with the schemas."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stadtamt.packages.format import shapes_form as form
from stadtamt.packages.format import shapes_service as service
from stadtamt.packages.format import shapes_town as town
from stadtamt.packages.format.parameters import TYPES
from stadtamt.packages.format.shapes import Kinds, Several, Table, Text
from stadtamt.processes.activities import KNOWN

_PLACE = re.compile(r"<!-- Tabelle: ([a-z-]+) -->\n.*?<!-- Ende -->", re.DOTALL)
MOST_CHOICES = 4

TABLES: Mapping[str, Table] = {
    "manifest": service.MANIFEST,
    "service": service.SERVICE,
    "automation": service.AUTOMATION,
    "deadlines": service.DEADLINES,
    "remedy": service.REMEDY,
    "efile": service.EFILE,
    "costs": service.COSTS,
    "outcome": service.OUTCOME,
    "outcome-table": service.TABLE_WORDS,
    "outcome-column": service.COLUMN_WORDS,
    "outcome-total": service.TOTAL_WORDS,
    "person": service.PERSON,
    "letter-entry": service.LETTER_ENTRY,
    "parameter": service.PARAMETER_ENTRY,
    "column": service.COLUMN,
    "share": service.SHARE,
    "entry": service.ENTRY,
    "form": form.FORM,
    "group": form.GROUP,
    "question": form.QUESTION,
    "field": form.FIELD,
    "choice": form.CHOICE,
    "check": form.CHECK,
    "rule": form.RULE,
    "effect": form.EFFECT,
    "code-list": form.CODE_LIST,
    "letter": form.LETTER,
    "layer": town.LAYER,
    "setting": town.SETTING,
    "case": town.CASE,
    "case-process": town.PROCESS,
    "case-letter": town.LETTER,
    "case-deadlines": town.DEADLINES,
}


def filled(page: str) -> str:
    """The page with every table in it as the shapes give it. KeyError for a table that is not known."""
    return _PLACE.sub(lambda found: f"<!-- Tabelle: {found[1]} -->\n{_written(found[1])}\n<!-- Ende -->", page)


def _written(name: str) -> str:
    makers = {"parameter-types": _types, "overrides": lambda: _kinds(town.OVERRIDE), "activities": _activities}
    return makers[name]() if name in makers else _table(TABLES[name])


def _table(table: Table) -> str:
    rows = [
        f"| `{key}` | {'ja' if entry.required else ''} | {_type(entry.shape.called, entry.shape)} | {entry.means} |"
        for key, entry in table.keys.items()
    ]
    return "\n".join(["| Angabe | Pflicht | Typ | Bedeutung |", "|---|---|---|---|", *rows])


def _type(called: str, shape: object) -> str:
    if isinstance(shape, Several) and isinstance(shape.of, Text) and shape.of.choices:
        return f"eine Liste aus {', '.join(f'`{choice}`' for choice in shape.of.choices)}"
    if isinstance(shape, Text) and shape.choices:
        shown = ", ".join(f"`{choice}`" for choice in shape.choices)
        return shown if len(shape.choices) <= MOST_CHOICES else f"einer von {shown}"
    return called.replace("|", r"\|")


def _kinds(kinds: Kinds) -> str:
    rows = []
    for kind, table in kinds.tables.items():
        keys = "; ".join(f"`{key}`: {entry.means.rstrip('.')}" for key, entry in table.keys.items())
        rows.append(f"| `{kind}` | {keys or 'keine weiteren Angaben'} |")
    return "\n".join(["| `kind` | weitere Angaben |", "|---|---|", *rows])


def _types() -> str:
    rows = [f"| `{kind}` | {words} |" for kind, (words, _) in TYPES.items()]
    return "\n".join(["| Typ | ein Wert ist |", "|---|---|", *rows])


def _activities() -> str:
    words = {"service": "Dienstaufgabe", "user": "Benutzeraufgabe"}
    rows = [
        f"| `stadtamt:{name}` | {words[one.kind]} | {', '.join(f'`{value}`' for value in one.sets)} |"
        for name, one in KNOWN.items()
    ]
    return "\n".join(["| Tätigkeit | steht an einer | setzt |", "|---|---|---|", *rows])
