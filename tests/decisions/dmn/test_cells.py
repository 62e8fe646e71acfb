"""What a cell of a table means."""

from datetime import date

import pytest

from stadtamt.kernel.expressions import CellTest, ExpressionError, compile_test
from stadtamt.kernel.expressions.limits import Budget
from stadtamt.kernel.expressions.values import Value, from_python

SCOPE: dict[str, object] = {"grenze": 5, "ja": True, "liste": ["a", "b"]}


@pytest.mark.parametrize(
    ("cell", "fits", "misses"),
    [
        ("-", [1, None, "a"], []),
        ("", [1, None], []),
        ("5", [5], [4, "5", None]),
        ("-5", [-5], [5]),
        ('"a", "b"', ["a", "b"], ["c", None, 1]),
        ("< 3", [2], [3, None, "2"]),
        (">= grenze", [5, 6], [4]),
        ("!= 3", [4], [3]),
        ("[1..5]", [1, 3, 5], [0, 6, None]),
        ("]1..5[", [2, 4], [1, 5]),
        ("(1..5]", [2, 5], [1]),
        ("[1..5)", [1, 4], [5]),
        ("[1..2], [8..9], 20", [1, 9, 20], [5]),
        ("not(3)", [4, None], [3]),
        ('not("a", "b")', ["c"], ["a", "b"]),
        ("not(< 3)", [3, 4], [2, None]),
        ("not(? > 3)", [3], [4]),
        ("? * 2 > grenze", [3], [2]),
        ('starts with(?, "Am")', ["Amt"], ["Rathaus", 1]),
        ("true", [True], [False, None]),
        ("false", [False], [True, None]),
        ("null", [None], [0, ""]),
        ("liste", ["a"], ["c"]),
        ("grenze = 5", [1, "a"], []),
        ("grenze > 5", [], [1, True]),
        ('? in ("a", "b") and ja', ["a"], ["c"]),
        ('>= @"2026-01-01"', [date(2026, 1, 1)], [date(2025, 12, 31)]),
        ('["a", "c"]', ["a", "c"], ["b"]),
    ],
)
def test_a_cell_accepts_and_refuses(cell: str, fits: list[object], misses: list[object]) -> None:
    test = compile_test(cell)
    assert [raw for raw in fits if not accepts(test, raw)] == []
    assert [raw for raw in misses if accepts(test, raw)] == []


def accepts(test: CellTest, raw: object) -> bool:
    value: Value = from_python(raw, Budget())
    return test.accepts(value, SCOPE)


@pytest.mark.parametrize("cell", ["<", "[1..", "1 2", "not(", "- 5 -", "..", "< < 3"])
def test_a_cell_that_means_nothing_is_refused(cell: str) -> None:
    with pytest.raises(ExpressionError):
        compile_test(cell)
