"""Whatever is written and whatever is given: evaluation ends, within its budget, without an exception."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from stadtamt.kernel.expressions import (
    Duration,
    ExpressionBudgetError,
    ExpressionError,
    compile_expression,
    compile_test,
    compile_text,
)
from stadtamt.kernel.expressions.builtins import BUILTINS

ATOMS = st.sampled_from(
    [
        '"a"',
        '""',
        '"2026-01-31"',
        "0",
        "1",
        "-3",
        "12.5",
        "9" * 34,
        "10 ** 6000",
        "true",
        "false",
        "null",
        "[]",
        "{}",
        '@"2026-01-31"',
        '@"9999-12-31"',
        '@"0001-01-01"',
        '@"P3M"',
        '@"-P9D"',
        '@"P9999Y"',
        "x",
        "y.z",
        "item",
        "[1, 2, 3]",
        '{a: 1, z: "b"}',
        "[[1], null]",
        '[{z: 1}, {z: "c"}]',
    ],
)
OPERATORS = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", ">=", "and", "or", "in"])


def _calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def call(name: str) -> st.SearchStrategy[str]:
        function = BUILTINS[name]
        most = function.least + 2 if function.most is None else function.most
        arguments = st.lists(inner, min_size=function.least, max_size=most)
        return arguments.map(lambda given: f"{name}({', '.join(given)})")

    return st.sampled_from(sorted(BUILTINS)).flatmap(call)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, OPERATORS, inner).map(lambda parts: "({} {} {})".format(*parts)),
        _calls(inner),
        st.tuples(inner, inner).map(lambda parts: "({})[{}]".format(*parts)),
        st.tuples(inner, inner, inner).map(lambda parts: "(if {} then {} else {})".format(*parts)),
        st.tuples(inner, inner).map(lambda parts: "(for x in {} return {})".format(*parts)),
        st.tuples(inner, inner).map(lambda parts: "(for x in {}..5 return {})".format(*parts)),
        st.tuples(inner, inner).map(lambda parts: "(some x in {} satisfies {})".format(*parts)),
        st.tuples(inner, inner, inner).map(lambda parts: "({} between {} and {})".format(*parts)),
        st.tuples(inner, inner, inner).map(lambda parts: "({} in [{}..({})))".format(*parts)),
        st.tuples(inner, st.sampled_from(["z", "year", "months"])).map(lambda parts: "({}).{}".format(*parts)),
    )


SOURCES = st.recursive(ATOMS, _larger, max_leaves=8)
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(),
    st.floats(),
    st.text(max_size=5),
    st.dates(),
    st.binary(max_size=2),
)
GIVEN = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abz"), inner), max_leaves=6
)


def is_value(value: object) -> bool:
    """Whether it is a value in normal form."""
    if isinstance(value, list):
        return all(is_value(item) for item in value)
    if isinstance(value, dict):
        return all(type(name) is str and is_value(item) for name, item in value.items())
    if type(value) is Decimal:
        return value.is_finite() and len(value.as_tuple().digits) <= 34
    return value is None or type(value) in (bool, str, date, Duration)


@settings(max_examples=500, deadline=None)
@given(source=SOURCES, x=GIVEN, y=GIVEN)
def test_every_expression_yields_a_value_or_exhausts_its_budget(source: str, x: object, y: object) -> None:
    scope: Mapping[str, object] = {"x": x, "y": y}
    try:
        value = compile_expression(source).evaluate(scope)
        shown = compile_text(f"{{{source}}}").render(scope)
        accepted = compile_test(source).accepts(value, scope)
    except ExpressionBudgetError:
        return
    assert is_value(value)
    assert isinstance(shown, str)
    assert isinstance(accepted, bool)


@settings(max_examples=300, deadline=None)
@given(source=st.text(alphabet='ab1.,()[]{}"?@-+*/=<> \n\\if then else for in return not', max_size=30) | st.text())
def test_every_text_is_an_expression_or_refused(source: str) -> None:
    faults: list[ExpressionError] = []
    for compile_any in (compile_expression, compile_test, compile_text):
        try:
            compile_any(source)
        except ExpressionError as fault:
            faults.append(fault)
    assert all(fault.line >= 1 and fault.column >= 1 and fault.sentence.endswith(".") for fault in faults)


@given(a=st.decimals(allow_nan=False, allow_infinity=False, places=2), b=st.integers(), c=st.integers(min_value=1))
def test_numbers_keep_their_laws(a: Decimal, b: int, c: int) -> None:
    scope = {"a": a, "b": b, "c": c}
    assert compile_expression("a + b = b + a").evaluate(scope) is True
    assert compile_expression("not(a < b) = (a >= b)").evaluate(scope) is True
    assert compile_expression("0 <= modulo(1, c) and modulo(1, c) < c").evaluate(scope) is True


@given(start=st.dates(date(1900, 1, 1), date(2100, 1, 1)), end=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_whole_months_lead_up_to_the_day_and_one_more_beyond(start: date, end: date) -> None:
    scope = {"a": min(start, end), "b": max(start, end)}
    assert compile_expression("add months(a, months between(a, b)) <= b").evaluate(scope) is True
    assert compile_expression("add months(a, months between(a, b) + 1) > b").evaluate(scope) is True
