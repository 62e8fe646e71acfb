"""What can be wrong with a form's description."""

from __future__ import annotations


class FormProblem(Exception):
    """Das Formular ist fehlerhaft beschrieben."""

    def __init__(self, place: str, sentence: str) -> None:
        self.place = place
        self.sentence = sentence
        super().__init__(f"{place}: {sentence}" if place else sentence)
