"""The budgets of the language: sizes that no honest package reaches and no hostile one passes."""

from stadtamt.kernel.expressions.errors import ExpressionBudgetError

MAX_SOURCE = 20_000
MAX_NODES = 5_000
MAX_NESTING = 64
MAX_DIGITS = 34
MAX_STEPS = 200_000
MAX_LIST = 10_000
MAX_STRING = 100_000
MAX_VALUE_DEPTH = 64


class Budget:
    """The steps one evaluation may take; shared by everything that evaluation calls."""

    __slots__ = ("left",)

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Take `steps` from the budget; ExpressionBudgetError when it is used up."""
        self.left -= steps
        if self.left < 0:
            raise ExpressionBudgetError

    def fits_list(self, size: int) -> None:
        """Pay for a list of `size` items, or refuse it."""
        if size > MAX_LIST:
            raise ExpressionBudgetError(f"Eine Liste hat mehr als {MAX_LIST} Einträge.")
        self.spend(size)

    def fits_string(self, size: int) -> None:
        """Pay for a string of `size` characters, or refuse it."""
        if size > MAX_STRING:
            raise ExpressionBudgetError(f"Ein Text hat mehr als {MAX_STRING} Zeichen.")
        self.spend(1 + size // 64)
