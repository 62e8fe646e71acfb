"""The product's own files, as the house tests read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "stadtamt"


def modules(folder: Path = SOURCE) -> Iterator[Path]:
    """Python files of the product without migrations, which are written once and never read again."""
    for file in sorted(folder.rglob("*.py")):
        if "migrations" not in file.relative_to(folder).parts:
            yield file


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def place(file: Path, line: int | None = None) -> str:
    """A file as a finding names it: from the root of the repository, with the line."""
    name = file.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the repository: tracked, or new and not ignored."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    files = (ROOT / name for name in done.stdout.split("\0") if name)
    return tuple(sorted(file for file in files if file.is_file()))


@cache
def text_of(file: Path) -> str | None:
    """The file as text, or None when it is no text."""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
