"""Files of a package, read as hostile: inside the folder, of sensible size, in UTF-8."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from stadtamt.packages.errors import PackageProblem

MAX_FILE_BYTES = 1_000_000


def read_toml(folder: Path, name: str) -> dict[str, Any]:
    """A TOML file of the package as data."""
    try:
        return tomllib.loads(read_file(folder, name))
    except tomllib.TOMLDecodeError as problem:
        raise PackageProblem(name, f"Die Datei ist kein gültiges TOML: {problem}.") from problem


def read_file(folder: Path, name: str) -> str:
    """A text file of the package; a path or link that leaves the folder is refused."""
    root = folder.resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise PackageProblem(name, "Die Datei liegt außerhalb des Pakets.")
    if not path.is_file():
        raise PackageProblem(name, "Die Datei fehlt.")
    if path.stat().st_size > MAX_FILE_BYTES:
        raise PackageProblem(name, "Die Datei ist zu groß.")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PackageProblem(name, "Die Datei ist nicht in UTF-8 geschrieben.") from None
