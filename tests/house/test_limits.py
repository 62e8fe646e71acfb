"""How long things may be, and words that stay out of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.source import ROOT, SOURCE, modules, place, text_of, tracked, tree

FILE_LINES = 400
FUNCTION_LINES = 60
TESTS = ROOT / "tests"
# A command talks to the person who called it.
MAY_PRINT = (SOURCE / "conf" / "commandline", SOURCE / "web" / "vendoring")
# Made by a tool, or words of others.
NOT_OURS = ("tests/journeys/vendor/", "src/stadtamt/web/static/css/kern", ".lock")

CODE = [*modules(), *modules(TESTS)]


def test_no_file_is_longer_than_400_lines() -> None:
    long = {place(file): file.read_text().count("\n") for file in CODE}
    assert not {name: lines for name, lines in long.items() if lines > FILE_LINES}


def test_no_function_is_longer_than_60_lines() -> None:
    findings = [
        f"{place(file, node.lineno)} {node.name}: {_length(node)} lines"
        for file in CODE
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > FUNCTION_LINES
    ]
    assert not findings, "\n".join(findings)


def test_nothing_is_left_to_be_done_later() -> None:
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert not list(_lines(mark, but="test_limits.py"))


def test_only_commands_print() -> None:
    findings = [
        place(file, node.lineno)
        for file in modules()
        if not file.is_relative_to(MAY_PRINT[0]) and not file.is_relative_to(MAY_PRINT[1])
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "breakpoint"}
    ]
    assert not findings


def test_the_clock_is_read_in_one_place_only() -> None:
    """Deeds ask kernel.clock; rules take the time as an argument."""
    readers = {"now", "utcnow", "today", "fromtimestamp"}
    findings = [
        place(file, node.lineno)
        for file in modules()
        if file != SOURCE / "kernel" / "clock.py" and not file.is_relative_to(SOURCE / "conf" / "commandline")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in readers
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "timezone"}
    ]
    assert not findings


def test_rules_do_not_ask_for_the_time() -> None:
    pure = ("forms/schema", "cases/rules", "kernel/expressions", "decisions/dmn", "payments/rules.py")
    asks = re.compile(r"kernel import .*clock|kernel\.clock|import time\b|datetime\.now")
    files = [file for file in modules() if file.relative_to(SOURCE).as_posix().startswith(pure)]
    assert len(files) > 20
    assert not [place(file) for file in files if asks.search(file.read_text())]


def test_no_file_names_a_folder_of_one_machine() -> None:
    # The ways into a home or a work folder; "/tmp" is asked for through tempfile.
    mark = re.compile(r"(?<![\w.:/-])/(?:work|root|home/\w+|Users/\w+|tmp)/")
    assert not list(_lines(mark, but="test_limits.py"))


@pytest.mark.parametrize(
    "pattern", [r"<script(?![^>]*\bsrc=)", r"<style\b", r"\sstyle=", r"\son[a-z]+=\"", r"javascript:"]
)
def test_no_template_carries_script_or_style(pattern: str) -> None:
    templates = sorted(SOURCE.rglob("templates/**/*.html"))
    assert len(templates) > 20
    mark = re.compile(pattern, re.IGNORECASE)
    assert not [place(file) for file in templates if mark.search(_without_comments(file.read_text()))]


def test_no_template_switches_escaping_off() -> None:
    mark = re.compile(r"\|\s*safe\b|autoescape off|safeseq")
    findings = [place(file) for file in sorted(SOURCE.rglob("templates/**/*.html")) if mark.search(file.read_text())]
    assert not findings


def test_marking_text_as_safe_states_its_reason() -> None:
    findings = []
    for file in modules():
        lines = file.read_text().splitlines()
        for number, line in enumerate(lines, 1):
            if "mark_safe(" in line and "#" not in lines[number - 2] and not line.startswith("from"):
                findings.append(place(file, number))
    assert not findings


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _lines(mark: re.Pattern[str], *, but: str) -> Iterator[str]:
    for file in tracked():
        text = text_of(file) if file.name != but and not _foreign(file) else None
        for number, line in enumerate((text or "").splitlines(), 1):
            if mark.search(line):
                yield place(file, number)


def _foreign(file: Path) -> bool:
    return any(part in place(file) for part in NOT_OURS)


def _without_comments(text: str) -> str:
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)
