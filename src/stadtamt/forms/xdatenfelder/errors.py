"""Why a file of XDatenfelder is refused."""

from __future__ import annotations


class XdfRefused(Exception):
    """Die Datei ist kein lesbares XDatenfelder."""

    def __init__(self, sentence: str, *, line: int = 1) -> None:
        super().__init__(f"Zeile {line}: {sentence}")
        self.sentence = sentence
        self.line = line
