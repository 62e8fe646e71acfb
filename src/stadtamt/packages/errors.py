"""What can be wrong with a service package."""

from __future__ import annotations


class PackageProblem(Exception):
    """Das Leistungspaket kann nicht verwendet werden."""

    def __init__(self, file: str, sentence: str, line: int | None = None) -> None:
        self.file = file
        self.sentence = sentence
        self.line = line
        place = f"{file}, Zeile {line}" if line else file
        super().__init__(f"{place}: {sentence}" if place else sentence)
