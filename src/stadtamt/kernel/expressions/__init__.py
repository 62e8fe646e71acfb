"""The safe language of the service packages: a subset of FEEL on decimals, parsed once, evaluated without side effects.

    compile_expression("if hund.gewicht > 20 then 13200 else 9000").evaluate({"hund": {"gewicht": 31}})
    compile_text("Für {hund.name} setzen wir {money(steuer)} fest.").render(scope)

Nothing in it reaches Python: members are read from contexts, dates and durations only, functions are those registered
here or handed in. What makes no sense is null; what takes too long is an ExpressionBudgetError.
The constructs and functions are described for package authors in docs/reference/expressions.md.
"""

from stadtamt.kernel.expressions.errors import ExpressionBudgetError, ExpressionError
from stadtamt.kernel.expressions.expression import (
    CellTest,
    Expression,
    ExpressionFunction,
    Functions,
    compile_expression,
    compile_test,
)
from stadtamt.kernel.expressions.limits import Budget
from stadtamt.kernel.expressions.text import Text, compile_text
from stadtamt.kernel.expressions.values import Duration, NormalScope, Value, from_python

__all__ = [
    "Budget",
    "CellTest",
    "Duration",
    "Expression",
    "ExpressionBudgetError",
    "ExpressionError",
    "ExpressionFunction",
    "Functions",
    "NormalScope",
    "Text",
    "Value",
    "compile_expression",
    "compile_test",
    "compile_text",
    "from_python",
]
