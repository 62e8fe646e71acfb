"""Expressions and cell tests, ready to be evaluated any number of times, from any thread."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from stadtamt.kernel.expressions import builtins_dates, builtins_text  # noqa: F401 - they register their functions
from stadtamt.kernel.expressions.builtins import BUILTINS, Function
from stadtamt.kernel.expressions.closures import Check, Env, Run
from stadtamt.kernel.expressions.compiler import Compiler
from stadtamt.kernel.expressions.errors import ExpressionBudgetError, ExpressionError
from stadtamt.kernel.expressions.limits import Budget
from stadtamt.kernel.expressions.nodes import Node
from stadtamt.kernel.expressions.parser import parse, parse_tests
from stadtamt.kernel.expressions.values import NormalScope, Value, from_python

_TOO_DEEP = "Der Ausdruck ruft zu viele Funktionen ineinander auf."
_HARMLESS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression.

    `names` are the free names it surely reads from the scope, `paths` the same with their members (`("antrag", "hund",
    "name")`); `filter_names` stand inside `liste[…]`, where they may as well be members of the entries; `calls` are the
    functions it calls, `size` is the number of its parts.
    """

    source: str
    names: frozenset[str]
    paths: frozenset[tuple[str, ...]]
    filter_names: frozenset[str]
    calls: frozenset[str]
    size: int
    tree: Node = field(repr=False)
    _run: Run = field(repr=False, compare=False)
    _slots: int = field(repr=False, compare=False)

    def evaluate(self, scope: Mapping[str, object], *, budget: Budget | None = None) -> Value:
        """The value in this scope. Never raises, except ExpressionBudgetError where it computes too long."""
        try:
            return self._run(Env(scope, self._slots, budget or Budget()))
        except RecursionError:
            raise ExpressionBudgetError(_TOO_DEEP) from None


@dataclass(frozen=True, slots=True)
class CellTest:
    """A compiled cell of a decision table: `-`, `< 3`, `[1..5]`, `"a", "b"`, `not(…)`, expressions with `?`."""

    source: str
    names: frozenset[str]
    paths: frozenset[tuple[str, ...]]
    _check: Check = field(repr=False, compare=False)
    _slots: int = field(repr=False, compare=False)

    def accepts(self, value: Value, scope: Mapping[str, object], *, budget: Budget | None = None) -> bool:
        """Whether the value passes. Never raises, except ExpressionBudgetError."""
        env = Env(scope, self._slots, budget or Budget())
        env.slots[0] = value
        try:
            return self._check(env, value) is True
        except RecursionError:
            raise ExpressionBudgetError(_TOO_DEEP) from None


@dataclass(slots=True)
class ExpressionFunction:
    """A function whose body is itself an expression over its parameters; it computes on its caller's budget.

    The body may be set later than the function is handed to the compiler, so that functions can call each other; that
    they do not call themselves is for the caller to check (with `calls`).
    """

    parameters: Sequence[str]
    body: Expression | None = None

    def __call__(self, *arguments: Value, budget: Budget | None = None) -> Value:
        if self.body is None:
            return None
        budget = budget or Budget()
        budget.spend(self.body.size)
        return self.body.evaluate(NormalScope(zip(self.parameters, arguments, strict=False)), budget=budget)


type Functions = Mapping[str, Callable[..., Value]]


def compile_expression(
    source: str, *, functions: Functions | None = None, line: int = 1, column: int = 1
) -> Expression:
    """Read an expression; ExpressionError with line, column and sentence where it is wrong.

    `functions` are further pure functions by name; they get values and give a value (or plain Python), and where they
    raise, the result is null. `line` and `column` say where the source begins in its file.
    """
    if functions:
        return _compile(source, table(functions), line, column)
    return _compile_plain(source, line, column)


@lru_cache(maxsize=4096)
def _compile_plain(source: str, line: int, column: int) -> Expression:
    return _compile(source, BUILTINS, line, column)


def _compile(source: str, known: Mapping[str, Function], line: int, column: int) -> Expression:
    compiler = Compiler(known)
    try:
        tree = parse(source, known, line=line, column=column)
        run = compiler.run(tree)
    except RecursionError:
        raise ExpressionError("Der Ausdruck ist zu tief verschachtelt.", line=line, column=column) from None
    return Expression(
        source=source,
        names=frozenset(compiler.names),
        paths=frozenset(compiler.paths),
        filter_names=frozenset(compiler.filter_names),
        calls=frozenset(compiler.calls),
        size=compiler.size,
        tree=tree,
        _run=run,
        _slots=compiler.slots,
    )


def compile_test(source: str, *, functions: Functions | None = None, line: int = 1, column: int = 1) -> CellTest:
    """Read a cell of a decision table; ExpressionError with line, column and sentence where it is wrong."""
    known = table(functions) if functions else BUILTINS
    compiler = Compiler(known)
    compiler.local("?")
    try:
        tree = parse_tests(source, known, line=line, column=column)
        check = compiler.check(tree, cell=True)
    except RecursionError:
        raise ExpressionError("Der Ausdruck ist zu tief verschachtelt.", line=line, column=column) from None
    return CellTest(source, frozenset(compiler.names), frozenset(compiler.paths), check, compiler.slots)


def table(functions: Functions) -> dict[str, Function]:
    """The built-in functions together with the caller's."""
    return {**BUILTINS, **{name: _adopt(name, call) for name, call in functions.items()}}


def _adopt(name: str, call: Callable[..., Value]) -> Function:
    if isinstance(call, ExpressionFunction):
        count = len(call.parameters)
        return Function(name, count, count, lambda budget, arguments: call(*arguments, budget=budget))

    def guarded(budget: Budget, arguments: list[Value]) -> Value:
        budget.spend(10)
        try:
            result: object = call(*arguments)
        except RecursionError:
            raise
        except _HARMLESS:
            return None
        return from_python(result, budget)

    return Function(name, *_arity(call), guarded)


def _arity(call: Callable[..., Value]) -> tuple[int, int | None]:
    try:
        parameters = inspect.signature(call).parameters.values()
    except (TypeError, ValueError):
        return 0, None
    placed = [one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    open_ended = any(one.kind is one.VAR_POSITIONAL for one in parameters)
    return sum(1 for one in placed if one.default is one.empty), None if open_ended else len(placed)
