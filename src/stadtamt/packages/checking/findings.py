"""What the check of a package found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

type Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing: where, how bad, and a German sentence. An error keeps the package from being installed."""

    file: str
    line: int | None
    severity: Severity
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}, Zeile {self.line}" if self.line else self.file
        return f"{place}: {self.sentence}" if place else self.sentence


def error(file: str, sentence: str, line: int | None = None) -> Finding:
    return Finding(file, line or None, "error", sentence)


def warning(file: str, sentence: str, line: int | None = None) -> Finding:
    return Finding(file, line or None, "warning", sentence)
