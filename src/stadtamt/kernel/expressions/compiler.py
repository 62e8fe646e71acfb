"""Turns a tree into nested closures and finds, before anything runs, unknown functions, wrong arity and free names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stadtamt.kernel.expressions import nodes, operators
from stadtamt.kernel.expressions.builtins import Function
from stadtamt.kernel.expressions.closures import (
    Check,
    Env,
    Run,
    for_each,
    from_scope,
    from_slot,
    in_items,
    quantified,
    truth,
)
from stadtamt.kernel.expressions.errors import ExpressionError
from stadtamt.kernel.expressions.parser import unknown_function
from stadtamt.kernel.expressions.values import Value, both, either, integer, member, negated

MAX_DEPTH = 100
_BOOLEAN_SHAPES = (nodes.Comparison, nodes.Logic, nodes.Between, nodes.In)


@dataclass(slots=True)
class Frame:
    """A local name in `slot`, or (without a name) an item whose members count as names."""

    slot: int
    name: str | None


@dataclass(slots=True)
class Compiler:
    functions: Mapping[str, Function]
    names: set[str] = field(default_factory=set)
    filter_names: set[str] = field(default_factory=set)
    paths: set[tuple[str, ...]] = field(default_factory=set)
    slots: int = 0
    size: int = 0
    calls: set[str] = field(default_factory=set)
    subject_seen: bool = False
    _frames: list[Frame] = field(default_factory=list)
    _depth: int = 0

    def run(self, node: nodes.Node) -> Run:
        """The closure that computes the node."""
        self.size += 1
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionError("Der Ausdruck ist zu tief verschachtelt.", line=node.line, column=node.column)
        compile_node = _COMPILE.get(type(node))
        if compile_node is None:
            raise ExpressionError(
                "Ein Bereich oder eine Aufzählung von Prüfungen steht nur nach „in“.",
                line=node.line,
                column=node.column,
            )
        made = compile_node(self, node)
        self._depth -= 1
        return made

    def local(self, name: str | None) -> Frame:
        """A new local name, known until `leave`."""
        frame = Frame(self.slots, name)
        self.slots += 1
        self._frames.append(frame)
        return frame

    def leave(self, count: int = 1) -> None:
        """Forget the last local names."""
        del self._frames[-count:]

    # --- values ---

    def literal(self, node: nodes.Literal) -> Run:
        value = node.value
        return lambda env: value

    def list_of(self, node: nodes.ListOf) -> Run:
        items = [self.run(item) for item in node.items]

        def run(env: Env) -> Value:
            env.budget.fits_list(len(items))
            return [item(env) for item in items]

        return run

    def context_of(self, node: nodes.ContextOf) -> Run:
        entries: list[tuple[str, Run, int]] = []
        for name, entry in node.entries:
            made = self.run(entry)
            entries.append((name, made, self.local(name).slot))
        self.leave(len(entries)) if entries else None

        def run(env: Env) -> Value:
            env.budget.spend(len(entries))
            made: dict[str, Value] = {}
            for name, entry, slot in entries:
                made[name] = env.slots[slot] = entry(env)
            return made

        return run

    def path(self, node: nodes.Path) -> Run:
        maybe: list[int] = []
        for frame in reversed(self._frames):
            if frame.name == node.root:
                self.subject_seen = self.subject_seen or node.root == "?"
                return in_items(maybe, node.root, node.members, from_slot(frame.slot, node.members))
            if frame.name is None:
                maybe.append(frame.slot)
        if node.root == "?":
            raise ExpressionError(
                "„?“ steht nur in den Zellen einer Entscheidungstabelle.", line=node.line, column=node.column
            )
        if maybe:
            self.filter_names.add(node.root)
        else:
            self.names.add(node.root)
            self.paths.add((node.root, *node.members))
        return in_items(maybe, node.root, node.members, from_scope(node.root, node.members))

    def member(self, node: nodes.Member) -> Run:
        target, name = self.run(node.target), node.name
        return lambda env: member(target(env), name)

    def filter(self, node: nodes.Filter) -> Run:
        target = self.run(node.target)
        before = self.size
        slot = self.local(None).slot
        self._frames.append(Frame(slot, "item"))
        condition = self.run(node.condition)
        self.leave(2)
        cost = self.size - before

        def run(env: Env) -> Value:
            items = target(env)
            if items is None:
                return None
            if not isinstance(items, list):
                items = [items]
            env.budget.spend(cost * (len(items) + 1))
            env.slots[slot] = items[0] if items else None
            first = condition(env)
            if (index := integer(first)) is not None:
                return items[index - (index > 0)] if index and -len(items) <= index <= len(items) else None
            kept: list[Value] = []
            for item in items:
                env.slots[slot] = item
                if condition(env) is True:
                    kept.append(item)
            return kept

        return run

    # --- operators ---

    def chain(self, node: nodes.Chain) -> Run:
        first = self.run(node.first)
        rest = [(operators.ARITHMETIC[operator], self.run(operand)) for operator, operand in node.rest]
        if len(rest) == 1:
            apply, second = rest[0]
            return lambda env: apply(first(env), second(env), env.budget)

        def run(env: Env) -> Value:
            result = first(env)
            for apply, operand in rest:
                result = apply(result, operand(env), env.budget)
            return result

        return run

    def negative(self, node: nodes.Negative) -> Run:
        operand = self.run(node.operand)
        return lambda env: operators.negative(operand(env))

    def logic(self, node: nodes.Logic) -> Run:
        operands = [self.run(operand) for operand in node.operands]
        decides = node.operator == "or"
        join = either if decides else both

        def run(env: Env) -> Value:
            result: Value = not decides
            for operand in operands:
                result = join(result, operand(env))
                if result is decides:
                    break
            return result

        return run

    def comparison(self, node: nodes.Comparison) -> Run:
        compare = operators.COMPARE[node.operator]
        left, right = self.run(node.left), self.run(node.right)
        return lambda env: compare(left(env), right(env), env.budget)

    def between(self, node: nodes.Between) -> Run:
        subject, low, high = self.run(node.subject), self.run(node.low), self.run(node.high)
        return lambda env: operators.within(subject(env), low(env), high(env))

    def membership(self, node: nodes.In) -> Run:
        subject, check = self.run(node.subject), self.check(node.target)
        return lambda env: check(env, subject(env))

    def condition(self, node: nodes.If) -> Run:
        branches = [(self.run(condition), self.run(result)) for condition, result in node.branches]
        otherwise = self.run(node.otherwise)

        def run(env: Env) -> Value:
            for condition, result in branches:
                if condition(env) is True:
                    return result(env)
            return otherwise(env)

        return run

    def call(self, node: nodes.Call) -> Run:
        function = self.functions.get(node.name)
        if function is None:
            raise unknown_function(node.name, self.functions, node.line, node.column)
        self.calls.add(node.name)
        count, most = len(node.arguments), function.most
        if count < function.least or (most is not None and count > most):
            raise ExpressionError(
                f"Die Funktion „{node.name}“ braucht {function.arity}, hier sind es {count}.",
                line=node.line,
                column=node.column,
            )
        arguments = [self.run(argument) for argument in node.arguments]
        call = function.call
        return lambda env: call(env.budget, [argument(env) for argument in arguments])

    # --- loops ---

    def loop(self, node: nodes.Loop) -> Run:
        (name, source_node), *further = node.bindings
        source = self._source(source_node)
        before = self.size
        slot = self.local(name).slot
        inner = nodes.Loop(node.line, node.column, node.kind, tuple(further), node.body) if further else node.body
        body = self.run(inner)
        self.leave()
        cost = self.size - before
        if node.kind == "for":
            return for_each(source, slot, body, cost, spread=bool(further))
        return quantified(source, slot, body, cost, decides=node.kind == "some")

    def _source(self, node: nodes.Node) -> Callable[[Env], list[Value] | None]:
        if isinstance(node, nodes.Range):
            low, high = self.run(node.low), self.run(node.high)
            inner = (0 if node.with_low else 1, 0 if node.with_high else 1)
            return lambda env: operators.numbers(low(env), high(env), inner, env.budget)
        source = self.run(node)

        def items(env: Env) -> list[Value] | None:
            value = source(env)
            return value if isinstance(value, list) or value is None else [value]

        return items

    # --- tests: what stands after `in` and in table cells ---

    def check(self, node: nodes.Node, *, cell: bool = False) -> Check:
        """The closure that tests a value; in a cell an expression with `?`, or a comparison, is itself the test."""
        if isinstance(node, nodes.Relation):
            compare, operand = operators.COMPARE[node.operator], self.run(node.operand)
            return lambda env, value: compare(value, operand(env), env.budget)
        if isinstance(node, nodes.Range):
            low, high, with_low, with_high = self.run(node.low), self.run(node.high), node.with_low, node.with_high
            return lambda env, value: operators.within(
                value, low(env), high(env), with_low=with_low, with_high=with_high
            )
        if isinstance(node, nodes.Tests):
            return self._any(node.alternatives, negate=node.negated, cell=cell)
        if isinstance(node, nodes.ListOf) and any(isinstance(item, nodes.Range) for item in node.items):
            return self._any(node.items, negate=False, cell=cell)
        seen, self.subject_seen = self.subject_seen, False
        expected = self.run(node)
        own, self.subject_seen = self.subject_seen, seen or self.subject_seen
        if cell and (own or isinstance(node, _BOOLEAN_SHAPES)):
            return lambda env, value: truth(expected(env))
        return lambda env, value: operators.matches(value, expected(env), env.budget)

    def _any(self, alternatives: tuple[nodes.Node, ...], *, negate: bool, cell: bool) -> Check:
        checks = [self.check(alternative, cell=cell) for alternative in alternatives]

        def check(env: Env, value: Value) -> bool | None:
            result: bool | None = not checks
            for one in checks:
                result = either(result, one(env, value))
                if result:
                    break
            return negated(result) if negate else result

        return check


_COMPILE: dict[type[nodes.Node], Callable[[Compiler, nodes.Node], Run]] = {
    nodes.Literal: Compiler.literal,  # type: ignore[dict-item]
    nodes.ListOf: Compiler.list_of,  # type: ignore[dict-item]
    nodes.ContextOf: Compiler.context_of,  # type: ignore[dict-item]
    nodes.Path: Compiler.path,  # type: ignore[dict-item]
    nodes.Member: Compiler.member,  # type: ignore[dict-item]
    nodes.Filter: Compiler.filter,  # type: ignore[dict-item]
    nodes.Call: Compiler.call,  # type: ignore[dict-item]
    nodes.Chain: Compiler.chain,  # type: ignore[dict-item]
    nodes.Negative: Compiler.negative,  # type: ignore[dict-item]
    nodes.Logic: Compiler.logic,  # type: ignore[dict-item]
    nodes.Comparison: Compiler.comparison,  # type: ignore[dict-item]
    nodes.Between: Compiler.between,  # type: ignore[dict-item]
    nodes.In: Compiler.membership,  # type: ignore[dict-item]
    nodes.If: Compiler.condition,  # type: ignore[dict-item]
    nodes.Loop: Compiler.loop,  # type: ignore[dict-item]
}
