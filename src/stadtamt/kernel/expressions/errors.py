"""What can be wrong with an expression; every message is the German sentence the author of a package reads."""


class ExpressionError(Exception):
    """Der Ausdruck ist nicht richtig geschrieben."""

    def __init__(self, sentence: str, *, line: int = 1, column: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line
        self.column = column


class ExpressionBudgetError(Exception):
    """Der Ausdruck rechnet zu lange und wurde abgebrochen."""

    def __init__(self, sentence: str = "Der Ausdruck rechnet zu lange und wurde abgebrochen.") -> None:
        super().__init__(sentence)
        self.sentence = sentence
