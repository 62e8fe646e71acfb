"""Expressions mean what FEEL says they mean, and Python stays outside."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest

from stadtamt.kernel.expressions import Duration, Value, compile_expression


def value(source: str, **scope: object) -> Value:
    return compile_expression(source).evaluate(scope)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("10 - 2 - 3", 5),
        ("100 / 10 / 2", 5),
        ("2 ** 3 ** 2", 64),
        ("--3", 3),
        ("0.1 + 0.2 = 0.3", True),
        ("1 / 3 * 3 = 1", False),
        ("1 + 1 = 2 and 3 > 2 or false", True),
        ("true or false and false", True),
        ("null and false", False),
        ("null or true", True),
        ('"a" and true', None),
        ('1 + "a"', None),
        ("null = false", False),
        ("null != null", False),
        ("null < 1", None),
        ("true < false", None),
        ("1 != null", True),
        ("[1, [2]] = [1, [2.0]]", True),
        ('[1] = ["1"]', False),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("{a: 1}.b.c.d", None),
        ("if null then 1 else 2", 2),
        ("for x in null return x", None),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("for i in ]0..3[ return i", [1, 2]),
        ("some x in [1, null] satisfies x > 5", None),
        ("every x in [] satisfies x", True),
        ("for a in [1, 2], b in [a, a * 10] return b", [1, 10, 2, 20]),
        ("[1, 2, 3][0]", None),
        ("[1, 2, 3][item >= 2][1]", 2),
        ("[[1, 2], [3]][1][2]", 2),
        ("[{a: 1}, {a: 2}][a = 2].a", [2]),
        ("for i in 1..2 return [7, 8][i]", [7, 8]),
        ("5[item > 3]", [5]),
        ("null[1]", None),
        ("1 in [[1..3], [7..9]]", True),
        ("1 in (1)", True),
        ("4 in [1..(2 + 3)]", True),
        ('days between(@"2026-01-01", @"2026-01-31") between 30 and 31', True),
        ("{a: 1, b: {c: a + 1}}.b.c", 2),
        ('@"P1M" < @"P2M"', True),
        ('@"P1M" < @"P31D"', None),
        ('@"2026-01-31" - @"P1M"', date(2025, 12, 31)),
        ('@"2024-01-31" + @"P1M"', date(2024, 2, 29)),
        ('@"9999-12-31" + @"P1D"', None),
        ("10 ** 7000", None),
        ("modulo(-7, 3)", 2),
        ("modulo(7, 0)", None),
        ("string(1000 * 1000 * 1000)", "1000000000"),
        ("string(0 * -1)", "0"),
        ("-0.4 = round half up(-0.4)", False),
        ("round half up(2.5)", 3),
        ("round half up(-2.5)", -3),
    ],
)
def test_a_source_has_its_value(source: str, expected: object) -> None:
    assert value(source) == expected
    assert isinstance(value(source), bool) == isinstance(expected, bool)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-01-31", "2026-02-28", 1),
        ("2026-01-31", "2026-02-27", 0),
        ("2024-02-29", "2025-02-28", 12),
        ("2026-03-15", "2026-01-16", -1),
        ("2026-05-09", "2026-05-09", 0),
    ],
)
def test_whole_months_are_counted_as_they_are_added(start: str, end: str, months: int) -> None:
    assert value(f'months between(@"{start}", @"{end}")') == months


def test_plain_python_comes_in_and_decimals_come_out() -> None:
    class Rasse(StrEnum):
        PUDEL = "Pudel"

    given = {"n": 3, "f": 2.5, "t": (1, 2), "e": Rasse.PUDEL, "d": date(2026, 1, 1), "b": True}
    found = value("x", x=given)
    assert found == {"n": Decimal(3), "f": Decimal("2.5"), "t": [1, 2], "e": "Pudel", "d": date(2026, 1, 1), "b": True}
    assert isinstance(found, dict)
    assert type(found["n"]) is Decimal
    assert type(found["e"]) is str
    assert value('d - @"2026-01-01"', d=date(2026, 1, 3)) == Duration(days=2)


@pytest.mark.parametrize("foreign", [object(), len, datetime(2026, 1, 1, tzinfo=UTC), float("nan"), b"x", {1, 2}])
def test_what_the_language_does_not_know_is_null(foreign: object) -> None:
    assert value("x", x=foreign) is None
    assert value("x.y", x={"y": foreign}) is None


@pytest.mark.parametrize("source", ["x.__class__", "x.real", "x.keys", "y.__len__", "d.today", "d.__class__.mro"])
def test_python_attributes_are_out_of_reach(source: str) -> None:
    assert value(source, x={"a": 1}, y="text", d=date(2026, 1, 1)) is None


def test_free_names_and_paths_are_known_before_evaluation() -> None:
    source = "for h in antrag.hunde return h.alter + satz.je[jahr = 1].cent + {a: 1, b: a}.b"
    expression = compile_expression(source)
    assert expression.names == {"antrag", "satz"}
    assert expression.paths == {("antrag", "hunde"), ("satz", "je")}
    assert expression.filter_names == {"jahr"}


def test_a_member_of_the_item_comes_before_a_name_outside() -> None:
    expression = compile_expression("hunde[alter > grenze].name")
    hunde = [{"name": "Ada", "alter": 3, "grenze": 1}, {"name": "Ben", "alter": 3}]
    assert expression.evaluate({"hunde": hunde, "grenze": 5}) == ["Ada"]


def test_further_functions_are_called_with_values_and_may_fail() -> None:
    functions = {"doppelt": lambda n: int(n) * 2, "ist frei": lambda d: d.day == 1}
    expression = compile_expression("[doppelt(4), doppelt(null), ist frei(tag)]", functions=functions)
    assert expression.evaluate({"tag": date(2026, 5, 1)}) == [Decimal(8), None, True]


def test_names_may_be_called_like_functions() -> None:
    assert value("count + date.year + days", count=1, date=date(2026, 1, 1), days=2) == 2029
