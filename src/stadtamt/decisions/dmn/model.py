"""A read DMN file: its decisions in the order of their requirements, evaluated without side effects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stadtamt.decisions.dmn.errors import DecisionError
from stadtamt.decisions.dmn.logic import Logic, Run
from stadtamt.kernel.expressions import Budget, ExpressionBudgetError, Functions, NormalScope, Value, from_python


@dataclass(frozen=True, slots=True)
class Input:
    """An inputData element: a name the caller is expected to give."""

    name: str
    element_id: str
    line: int


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision and the names of the decisions it requires."""

    name: str
    element_id: str
    line: int
    requires: tuple[str, ...]
    logic: Logic = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """What one decision yielded; `rows` are the table rows that were hit, counted from 1."""

    decision: str
    value: Value
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name nothing stands behind: where it is used, and the sentence that says so."""

    name: str
    element_id: str
    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """The decisions of one file; `decisions` is ordered so that every one follows those it requires."""

    decisions: Mapping[str, Decision]
    inputs: Mapping[str, Input]
    _rebuild: Callable[[Functions], "DecisionModel"] = field(repr=False, compare=False)

    def evaluate(
        self, decision_name: str, inputs: Mapping[str, object], *, functions: Functions | None = None
    ) -> Value:
        """The value of a decision for these inputs; a missing input is null.

        DecisionError where the name is unknown, a UNIQUE table has two hits or the computation takes too long.
        `functions` replace those of the same name given when the file was read; that reads the file once more.
        """
        return self.explain(decision_name, inputs, functions=functions)[-1].value

    def explain(
        self, decision_name: str, inputs: Mapping[str, object], *, functions: Functions | None = None
    ) -> tuple[Step, ...]:
        """Every decision computed on the way, each once, the asked one last; errors as `evaluate`."""
        if functions:
            return self._rebuild(functions).explain(decision_name, inputs)
        if decision_name not in self.decisions:
            raise DecisionError(f"Die Entscheidung „{decision_name}“ gibt es nicht.", decision=decision_name)
        needed = self._needed(decision_name)
        budget = Budget()
        results: dict[str, Value] = {}
        steps = []
        try:
            given = NormalScope((name, from_python(value, budget)) for name, value in inputs.items())
        except ExpressionBudgetError as fault:
            raise DecisionError(f"Die Angaben sind zu umfangreich: {fault.sentence}", decision=decision_name) from fault
        for name, decision in self.decisions.items():
            if name not in needed:
                continue
            run = Run(name, budget)
            seen = {required: results[required] for required in decision.requires}
            try:
                results[name] = decision.logic.value(NormalScope(given | seen), run)
            except ExpressionBudgetError as fault:
                raise DecisionError(f"Die Entscheidung „{name}“: {fault.sentence}", decision=name) from fault
            steps.append(Step(name, results[name], tuple(run.rows)))
        return tuple(steps)

    def _needed(self, decision_name: str) -> set[str]:
        needed = {decision_name}
        for name in reversed(tuple(self.decisions)):
            if name in needed:
                needed.update(self.decisions[name].requires)
        return needed

    def check(self, known: Mapping[str, object]) -> tuple[UnknownName, ...]:
        """The names that are used and neither `known` nor required, and the inputs that are not known.

        Where `known` holds a mapping that is not empty under a name, the members read from that name are checked too.
        """
        found: dict[tuple[str, str], UnknownName] = {}
        for one in self.inputs.values():
            if one.name not in known:
                sentence = f"Die Eingabe „{one.name}“ wird von niemandem geliefert."
                found["", one.name] = UnknownName(one.name, one.element_id, one.line, sentence)
        for decision in self.decisions.values():
            for path in sorted(set(decision.logic.paths())):
                name = None if path[0] in decision.requires else _missing(path, known)
                if name is not None and ("", name) not in found:
                    sentence = f"Die Entscheidung „{decision.name}“ verwendet „{name}“; das gibt es nicht."
                    unknown = UnknownName(name, decision.element_id, decision.line, sentence)
                    found.setdefault((decision.name, name), unknown)
        return tuple(found.values())


def _missing(path: tuple[str, ...], known: Mapping[str, object]) -> str | None:
    inside: object = known
    for step, name in enumerate(path):
        if not isinstance(inside, Mapping) or (step and not inside):
            return None
        if name not in inside:
            return ".".join(path[: step + 1])
        inside = inside[name]
    return None
