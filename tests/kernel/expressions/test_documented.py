"""The page for package authors says nothing untrue and leaves no function out."""

import re
from pathlib import Path

import pytest

from stadtamt.kernel.expressions import Value, compile_expression, compile_text
from stadtamt.kernel.expressions.builtins import BUILTINS

PAGE = (Path(__file__).parents[3] / "docs/reference/expressions.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return [found.strip() for found in re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)]


def examples(kind: str) -> list[tuple[str, str]]:
    lines = [line for block in blocks(kind) for line in block.splitlines() if "→" in line]
    return [(left.strip(), right.strip()) for left, right in (line.split("→") for line in lines)]


def scope() -> dict[str, Value]:
    value = compile_expression(blocks("scope")[0]).evaluate({})
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(("source", "expected"), examples("feel"))
def test_every_documented_expression_has_the_documented_value(source: str, expected: str) -> None:
    assert compile_expression(source).evaluate(scope()) == compile_expression(expected).evaluate(scope())


@pytest.mark.parametrize(("source", "expected"), examples("text"))
def test_every_documented_text_reads_as_documented(source: str, expected: str) -> None:
    assert compile_text(source).render(scope()).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_every_function_is_documented_with_an_example() -> None:
    shown = " ".join(source for source, _ in examples("feel"))
    assert [name for name in BUILTINS if f"`{name}(" not in PAGE or f"{name}(" not in shown] == []
