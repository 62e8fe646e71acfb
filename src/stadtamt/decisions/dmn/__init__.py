"""Decision tables as any DMN modeller draws them, computed by the safe expression language and nothing else.

    model = read_decisions(data)
    model.check({"antrag": {}, "satzung": {}})                       names nothing stands behind
    model.evaluate("steuer", {"antrag": …, "satzung": …})            the value; each decision is computed once
    model.explain("steuer", …)                                       the same with every step and the rows hit
    read_decisions_of({"rules.dmn": …, "rates.dmn": …})              several files as one model
    merge_sources({"rules.dmn": …, "rates.dmn": …})                  the same as one document, to be stored

What a file may hold (DMN 1.2 to 1.5):
- `inputData`, `decision` and `businessKnowledgeModel`, addressed by their `name` (letters, digits, underscores);
- a decision's logic is a `literalExpression`, a `decisionTable` or a boxed `context`; it sees what the caller gives
  and the results of the decisions an `informationRequirement` leads from;
- hit policies UNIQUE (two hits are a DecisionError), FIRST and COLLECT (a list, or SUM, MIN, MAX, COUNT of it);
  no hit yields the default outputs, else null, for COLLECT the empty list; SUM, MIN and MAX of nothing are null;
- several outputs yield a context with their names;
- a `businessKnowledgeModel` is a function over its parameters, called by name, never in a circle.

Cells: `-`, `"a", "b"`, `< 3`, `[1..5]`, `not(…)`, `null`, and expressions in which `?` is the input. A comparison in a
cell is itself the test; any other expression gives the value, or the list of values, the input must equal.
"""

from stadtamt.decisions.dmn.errors import DecisionError, DecisionModelError
from stadtamt.decisions.dmn.merging import merge_sources
from stadtamt.decisions.dmn.model import Decision, DecisionModel, Input, Step, UnknownName
from stadtamt.decisions.dmn.reader import read_decisions, read_decisions_of

__all__ = [
    "Decision",
    "DecisionError",
    "DecisionModel",
    "DecisionModelError",
    "Input",
    "Step",
    "UnknownName",
    "merge_sources",
    "read_decisions",
    "read_decisions_of",
]
