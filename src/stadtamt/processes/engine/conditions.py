"""Conditions: only the safe language is ever evaluated, and only after it was compiled when the file was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn

from stadtamt.kernel.expressions import Expression, ExpressionError, compile_expression

_WRAPPED = re.compile(r"[$#]\{(.*)\}", re.DOTALL)


def normalised(text: str) -> str:
    """The expression alone: without the leading `=` or the `${…}` that modellers write around it."""
    text = text.strip()
    found = _WRAPPED.fullmatch(text)
    if found:
        return found[1].strip()
    return text[1:].strip() if text.startswith("=") else text


@lru_cache(maxsize=4096)
def compiled(source: str) -> Expression:
    """The expression, ready to run; ExpressionError with a German sentence when it is not in the safe language."""
    expression = compile_expression(source)
    if any(part.startswith("__") for path in expression.paths for part in path):
        raise ExpressionError("Namen, die mit zwei Unterstrichen beginnen, sind nicht erlaubt.", line=1, column=1)
    return expression


class Conditions:
    """Stands where the engine would have its Python script engine; everything but a condition is refused."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data = data

    def evaluate(self, task: Any, expression: str, external_context: object = None) -> bool:
        """Whether the condition holds; null counts as no."""
        return compiled(expression).evaluate(self._data) is True

    def execute(self, *_: object, **__: object) -> NoReturn:
        """Nothing is executed, whatever the engine asks for."""
        raise NotImplementedError("Skripte werden nie ausgeführt.")

    call_service = execute
