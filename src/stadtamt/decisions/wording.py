"""How an assessment is put before people: the clerk who decides, and the applicant who checks the answers.

The words come from the package (`[outcome]` in ``service.toml``); what a package leaves out is said in general words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from stadtamt.kernel.expressions import Expression, Text, compile_expression, compile_text

DEFAULTS = {
    "grant": "Antrag bewilligen",
    "refuse": "Antrag ablehnen",
    "refusable": "true",
    "ready": "true",
    "not_ready": "Hier kann noch nicht entschieden werden.",
    "cost": '{if assessment.total_cents = 0 then "Nach Ihren Angaben zahlen Sie nichts." '
    'else "Nach Ihren Angaben zahlen Sie:"}',
    "amount": "if assessment.total_cents > 0 then assessment.total_cents else null",
    "note": "",
    "letter": "Ihr Bescheid",
    "grounds_label": "Ihre Worte an die antragstellende Person",
    "cost_unclear": "Das rechnen wir aus, wenn wir Ihren Antrag geprüft haben. Vorher zahlen Sie nichts.",
}
EXPRESSIONS = frozenset({"refusable", "ready", "amount"})
TABLES = ("table", "table_refused")
GROUNDS = ("refused", "optional", "always")


@dataclass(frozen=True, slots=True)
class Table:
    """A computation as rows of text; the last row is the sum where there is one."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Words:
    """One assessment in words."""

    grant: str
    refuse: str
    refusable: bool
    ready: bool
    not_ready: str  # read by the clerk and by the applicant
    grounds: str
    grounds_label: str
    letter: str  # what the person gets in the end, with its article: "Ihr Bescheid", "Ihre Bescheinigung"
    at_once: bool
    cost: str
    amount_cents: int | None
    note: str
    table: Table | None
    table_refused: Table | None


@dataclass(frozen=True, slots=True)
class _TableSource:
    caption: Text
    rows: Expression
    columns: tuple[tuple[str, Text], ...]
    total: tuple[Expression, Text, Text] | None


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a package, compiled."""

    texts: Mapping[str, Text]
    conditions: Mapping[str, Expression]
    tables: Mapping[str, _TableSource]
    grounds: str

    def words(self, scope: Mapping[str, Any], *, alone: bool = False) -> Words:
        """The words for one assessment; `scope` has assessment, answers and parameters.

        `alone`: whether the rules may decide a clear case without a person.
        """
        amount = self.conditions["amount"].evaluate(scope)
        clear = scope["assessment"].get("clear") is True
        return Words(
            grant=self.texts["grant"].render(scope),
            refuse=self.texts["refuse"].render(scope),
            refusable=self.conditions["refusable"].evaluate(scope) is True,
            ready=self.conditions["ready"].evaluate(scope) is True,
            not_ready=self.texts["not_ready"].render(scope),
            grounds=self.grounds,
            grounds_label=self.texts["grounds_label"].render(scope),
            letter=self.texts["letter"].render(scope),
            at_once=clear and alone,
            cost=self.texts["cost" if clear else "cost_unclear"].render(scope),
            amount_cents=int(amount) if clear and isinstance(amount, Decimal | int) else None,
            note=self.texts["note"].render(scope) if clear else "",
            table=self._table("table", scope),
            table_refused=self._table("table_refused", scope),
        )

    def _table(self, name: str, scope: Mapping[str, Any]) -> Table | None:
        source = self.tables.get(name)
        found = source.rows.evaluate(scope) if source else None
        if source is None or not isinstance(found, list | tuple) or not found:
            return None
        rows = tuple(tuple(text.render({**scope, "row": row}) for _, text in source.columns) for row in found)
        total = None
        if source.total and source.total[0].evaluate(scope) is True:
            blank = [""] * (len(source.columns) - 2)
            total = (source.total[1].render(scope), *blank, source.total[2].render(scope))
        return Table(source.caption.render(scope), tuple(title for title, _ in source.columns), rows, total)


def read_wording(data: Mapping[str, Any]) -> Wording:
    """The section `[outcome]`, compiled. Raises ExpressionError, or ValueError with a German sentence."""
    return _read(json.dumps(data, sort_keys=True))


@lru_cache(maxsize=256)
def _read(text: str) -> Wording:
    data = json.loads(text)
    if unknown := sorted(set(data) - set(DEFAULTS) - set(TABLES) - {"grounds"}):
        raise ValueError(f"[outcome]: Die Angabe „{unknown[0]}“ gibt es nicht.")
    if data.get("grounds", "refused") not in GROUNDS:
        raise ValueError("[outcome]: „grounds“ ist „refused“, „optional“ oder „always“.")
    if wrong := [key for key in DEFAULTS if not isinstance(data.get(key, ""), str)]:
        raise ValueError(f"[outcome]: „{wrong[0]}“ muss ein Text sein.")
    filled = {key: str(data.get(key, value)) for key, value in DEFAULTS.items()}
    return Wording(
        texts={key: compile_text(value) for key, value in filled.items() if key not in EXPRESSIONS},
        conditions={key: compile_expression(value) for key, value in filled.items() if key in EXPRESSIONS},
        tables={name: _table(name, data[name]) for name in TABLES if name in data},
        grounds=str(data.get("grounds", "refused")),
    )


def _table(name: str, data: Any) -> _TableSource:
    try:
        total = data.get("total")
        return _TableSource(
            caption=compile_text(data.get("caption", "So haben die Regeln gerechnet")),
            rows=compile_expression(data["rows"]),
            columns=tuple((str(entry["title"]), compile_text(str(entry["value"]))) for entry in data["columns"]),
            total=(
                compile_expression(total.get("when", "true")),
                compile_text(total.get("label", "Summe")),
                compile_text(total["value"]),
            )
            if total
            else None,
        )
    except (KeyError, TypeError, AttributeError):
        raise ValueError(f"[outcome.{name}] braucht „rows“ und „columns“ mit „title“ und „value“.") from None
