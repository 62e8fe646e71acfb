"""What can be wrong with a service package."""

from __future__ import annotations


class PackageProblem(Exception):
    """Das Leistungspaket kann nicht verwendet werden."""

    def __init__(self, file: str, sentence: str) -> None:
        self.file = file
        self.sentence = sentence
        super().__init__(f"{file}: {sentence}")
