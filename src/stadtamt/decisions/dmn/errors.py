"""What can be wrong with a DMN file or with a decision computed by it; the messages are what a package author reads."""


class DecisionModelError(Exception):
    """Die DMN-Datei ist nicht richtig. `str()` adds the file, where several were read, and the line to the sentence."""

    def __init__(self, sentence: str, *, element_id: str = "", line: int = 1, column: int = 1, file: str = "") -> None:
        super().__init__(f"{file}, Zeile {line}: {sentence}" if file else f"Zeile {line}: {sentence}")
        self.sentence = sentence
        self.file = file
        self.element_id = element_id
        self.line = line
        self.column = column


class DecisionError(Exception):
    """Die Entscheidung lässt sich nicht berechnen."""

    def __init__(self, sentence: str, *, decision: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.decision = decision
