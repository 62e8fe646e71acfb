"""The three shapes of a decision's logic: an expression, a decision table, a boxed context."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from stadtamt.decisions.dmn.errors import DecisionError
from stadtamt.kernel.expressions import Budget, CellTest, Expression, NormalScope, Value, compile_expression

type Scope = Mapping[str, object]

_AGGREGATES = {name: compile_expression(f"{name.lower()}(hits)") for name in ("SUM", "MIN", "MAX", "COUNT")}
HIT_POLICIES = {"U": "UNIQUE", "F": "FIRST", "C": "COLLECT"}
AGGREGATIONS = ("", *_AGGREGATES)


@dataclass(slots=True)
class Run:
    """One computation of one decision: its budget, its name for messages, the table rows that were hit (from 1)."""

    decision: str
    budget: Budget
    rows: list[int] = field(default_factory=list)


class Logic(Protocol):
    def value(self, scope: Scope, run: Run) -> Value:
        """The value in this scope."""

    def paths(self) -> Iterator[tuple[str, ...]]:
        """Every free name it reads, with its members."""


@dataclass(frozen=True, slots=True)
class Literal:
    """One expression."""

    expression: Expression

    def value(self, scope: Scope, run: Run) -> Value:
        return self.expression.evaluate(scope, budget=run.budget)

    def paths(self) -> Iterator[tuple[str, ...]]:
        yield from self.expression.paths


@dataclass(frozen=True, slots=True)
class BoxedContext:
    """Named entries, each of which sees those before it; an entry without a name is the result of the whole."""

    entries: tuple[tuple[str, Logic], ...]
    result: Logic | None

    def value(self, scope: Scope, run: Run) -> Value:
        inner = NormalScope(scope) if isinstance(scope, NormalScope) else dict(scope)
        made: dict[str, Value] = {}
        for name, logic in self.entries:
            inner[name] = made[name] = logic.value(inner, run)
        return made if self.result is None else self.result.value(inner, run)

    def paths(self) -> Iterator[tuple[str, ...]]:
        seen: set[str] = set()
        for name, entry in self.entries:
            yield from (path for path in entry.paths() if path[0] not in seen)
            seen.add(name)
        if self.result is not None:
            yield from (path for path in self.result.paths() if path[0] not in seen)


@dataclass(frozen=True, slots=True)
class Rule:
    tests: tuple[CellTest, ...]
    outputs: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table; with several outputs a row yields a context with their names."""

    policy: str
    aggregation: str
    inputs: tuple[Expression, ...]
    outputs: tuple[str, ...]
    defaults: tuple[Expression, ...]
    rules: tuple[Rule, ...]

    def value(self, scope: Scope, run: Run) -> Value:
        subjects = [expression.evaluate(scope, budget=run.budget) for expression in self.inputs]
        hits: list[int] = []
        for number, rule in enumerate(self.rules):
            run.budget.spend(1 + len(subjects))
            pairs = zip(rule.tests, subjects, strict=True)
            if all(test.accepts(subject, scope, budget=run.budget) for test, subject in pairs):
                hits.append(number)
                if self.policy == "FIRST":
                    break
        run.rows.extend(number + 1 for number in hits)
        return self._result(hits, lambda outputs: self._row(outputs, scope, run), run)

    def _result(self, hits: list[int], row: Callable[[tuple[Expression, ...]], Value], run: Run) -> Value:
        if not hits and self.defaults:
            return row(self.defaults)
        if self.policy == "COLLECT":
            collected = [row(self.rules[hit].outputs) for hit in hits]
            if not self.aggregation:
                return collected
            return _AGGREGATES[self.aggregation].evaluate({"hits": collected}, budget=run.budget)
        if len(hits) > 1:
            listed = ", ".join(str(hit + 1) for hit in hits[:-1]) + f" und {hits[-1] + 1}"
            raise DecisionError(
                f"In der Entscheidungstabelle „{run.decision}“ treffen die Zeilen {listed} zugleich zu; "
                "erlaubt ist nur eine (UNIQUE).",
                decision=run.decision,
            )
        return row(self.rules[hits[0]].outputs) if hits else None

    def _row(self, outputs: tuple[Expression, ...], scope: Scope, run: Run) -> Value:
        values = [output.evaluate(scope, budget=run.budget) for output in outputs]
        return values[0] if len(values) == 1 else dict(zip(self.outputs, values, strict=True))

    def paths(self) -> Iterator[tuple[str, ...]]:
        for expression in (*self.inputs, *self.defaults):
            yield from expression.paths
        for rule in self.rules:
            for test in rule.tests:
                yield from test.paths
            for output in rule.outputs:
                yield from output.paths
