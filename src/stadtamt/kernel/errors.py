"""The base of every refusal: an error that carries the sentence the reader sees."""

from __future__ import annotations


class Refusal(Exception):
    """Das geht so nicht.

    The first line of a subclass's docstring is the German sentence shown to the reader; `status` is the
    HTTP status of the page that shows it. A more exact sentence may be given to the constructor.
    """

    status = 400

    def __init__(self, sentence: str | None = None) -> None:
        self.sentence = sentence or (type(self).__doc__ or "").strip().splitlines()[0]
        super().__init__(self.sentence)


class NotFound(Refusal):
    """Diese Seite gibt es nicht. Vielleicht ist der Link unvollständig."""

    status = 404


class NotAllowed(Refusal):
    """Dafür fehlt Ihnen die Berechtigung."""

    status = 403


class Conflict(Refusal):
    """Inzwischen hat sich etwas geändert. Bitte sehen Sie noch einmal nach."""

    status = 409


class TooMany(Refusal):
    """Das waren zu viele Versuche. Bitte warten Sie einige Minuten."""

    status = 429
