"""Texts with places: `Für {hund.name} setzen wir {money(steuer)} fest.`"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from stadtamt.kernel.expressions import nodes
from stadtamt.kernel.expressions.builtins import plain
from stadtamt.kernel.expressions.builtins_text import shown
from stadtamt.kernel.expressions.errors import ExpressionError
from stadtamt.kernel.expressions.expression import Expression, Functions, compile_expression
from stadtamt.kernel.expressions.limits import MAX_STRING, Budget
from stadtamt.kernel.expressions.values import Value

_PIECE = re.compile(r"[^{}]+|\{\{|\}\}|[{}]")
_INSIDE = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/|[{}]|.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Text:
    """A compiled text; `names`, `paths` and `filter_names` as on Expression, over all its places."""

    source: str
    names: frozenset[str]
    paths: frozenset[tuple[str, ...]]
    filter_names: frozenset[str]
    _parts: tuple[str | Expression, ...] = field(repr=False, compare=False)

    @property
    def places(self) -> tuple[Expression, ...]:
        """The expressions in its places, in order; by them a caller finds the place that would stay empty."""
        return tuple(part for part in self._parts if isinstance(part, Expression))

    def render(self, scope: Mapping[str, object], *, budget: Budget | None = None) -> str:
        """The text in this scope, null as nothing. Never raises, except ExpressionBudgetError."""
        budget = budget or Budget()
        made: list[str] = []
        size = 0
        for part in self._parts:
            made.append(part if isinstance(part, str) else _show(part, part.evaluate(scope, budget=budget), budget))
            size += len(made[-1])
            budget.fits_string(size)
        return "".join(made)


def _show(part: Expression, value: Value, budget: Budget) -> str:
    """A year read from a date is shown without a dot: 2026, not 2.026."""
    tree = part.tree
    if isinstance(value, Decimal) and isinstance(tree, nodes.Path) and tree.members[-1:] == ("year",):
        return plain(value)
    return shown(value, budget)


def compile_text(source: str, *, functions: Functions | None = None) -> Text:
    """Read a text; every `{…}` holds an expression, `{{` and `}}` are plain braces; ExpressionError as there."""
    if len(source) > MAX_STRING:
        raise ExpressionError(f"Der Text ist länger als {MAX_STRING} Zeichen.")
    parts: list[str | Expression] = []
    position = 0
    while match := _PIECE.match(source, position):
        piece = match[0]
        position = match.end()
        if piece == "}":
            line, column = _place(source, match.start())
            raise ExpressionError("Eine einzelne „}“ schreibt man doppelt: „}}“.", line=line, column=column)
        if piece == "{":
            end = _end(source, position)
            line, column = _place(source, position)
            parts.append(compile_expression(source[position:end], functions=functions, line=line, column=column))
            position = end + 1
        else:
            parts.append(piece[0] if piece in ("{{", "}}") else piece)
    places = [part for part in parts if isinstance(part, Expression)]
    return Text(
        source=source,
        names=frozenset().union(*(place.names for place in places)),
        paths=frozenset().union(*(place.paths for place in places)),
        filter_names=frozenset().union(*(place.filter_names for place in places)),
        _parts=tuple(parts),
    )


def _end(source: str, start: int) -> int:
    """Where the brace that closes the place stands."""
    depth = 1
    position = start
    while match := _INSIDE.match(source, position):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return position
        position = match.end()
    line, column = _place(source, start - 1)
    raise ExpressionError("Die Klammer „{“ wird nicht geschlossen.", line=line, column=column)


def _place(source: str, position: int) -> tuple[int, int]:
    return source.count("\n", 0, position) + 1, position - source.rfind("\n", 0, position)
