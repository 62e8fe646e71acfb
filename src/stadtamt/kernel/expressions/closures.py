"""The closures a compiled expression is made of where they are more than one line."""

from collections.abc import Callable, Mapping

from stadtamt.kernel.expressions.limits import Budget
from stadtamt.kernel.expressions.values import NormalScope, Value, both, either, from_python, member


class Env:
    """What one evaluation works with: its scope, the values of local names, its budget."""

    __slots__ = ("budget", "scope", "slots")

    def __init__(self, scope: Mapping[str, object], slots: int, budget: Budget) -> None:
        self.scope = scope
        self.slots: list[Value] = [None] * slots
        self.budget = budget


type Run = Callable[[Env], Value]
type Check = Callable[[Env, Value], bool | None]


def truth(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


def from_slot(slot: int, members: tuple[str, ...]) -> Run:
    def run(env: Env) -> Value:
        value = env.slots[slot]
        for name in members:
            value = member(value, name)
        return value

    return run


def from_scope(root: str, members: tuple[str, ...]) -> Run:
    count = len(members)

    def run(env: Env) -> Value:
        scope = env.scope
        if type(scope) is NormalScope:
            known: Value = scope.get(root)
            for name in members:
                known = member(known, name)
            return known
        raw = scope.get(root)
        step = 0
        while step < count and (type(raw) is dict or isinstance(raw, Mapping)):
            raw = raw.get(members[step])
            step += 1
        value = from_python(raw, env.budget)
        while step < count:
            value = member(value, members[step])
            step += 1
        return value

    return run


def in_items(slots: list[int], root: str, members: tuple[str, ...], otherwise: Run) -> Run:
    """Inside a filter a name is first looked for in the item, then outside."""
    if not slots:
        return otherwise
    found = [(slot, from_slot(slot, (root, *members))) for slot in slots]

    def run(env: Env) -> Value:
        for slot, inside in found:
            item = env.slots[slot]
            if isinstance(item, dict) and root in item:
                return inside(env)
        return otherwise(env)

    return run


def for_each(source: Callable[[Env], list[Value] | None], slot: int, body: Run, cost: int, *, spread: bool) -> Run:
    def run(env: Env) -> Value:
        items = source(env)
        if items is None:
            return None
        made: list[Value] = []
        for item in items:
            env.budget.spend(cost)
            env.slots[slot] = item
            result = body(env)
            if not spread:
                made.append(result)
            elif isinstance(result, list):
                made.extend(result)
        env.budget.fits_list(len(made))
        return made

    return run


def quantified(source: Callable[[Env], list[Value] | None], slot: int, body: Run, cost: int, *, decides: bool) -> Run:
    def run(env: Env) -> Value:
        items = source(env)
        if items is None:
            return None
        join = either if decides else both
        result: Value = not decides
        for item in items:
            env.budget.spend(cost)
            env.slots[slot] = item
            result = join(result, body(env))
            if result is decides:
                break
        return result

    return run
