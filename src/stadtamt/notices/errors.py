"""What notices refuse. The first line of each docstring is the sentence a person reads."""

from __future__ import annotations

from stadtamt.kernel.errors import Refusal


class NoticeRefusal(Refusal):
    """Der Bescheid konnte nicht erstellt werden."""


class LetterSourceRefused(NoticeRefusal):
    """Der Brief des Leistungspakets ist fehlerhaft."""

    def __init__(self, sentence: str, *, path: str = "", line: int | None = None) -> None:
        self.path = path
        self.line = line
        self.fault = sentence  # without the place
        place = path + (f", Zeile {line}" if line else "")
        super().__init__(f"{place}: {sentence}" if place else sentence)


class LetterIncomplete(NoticeRefusal):
    """Dem Brief fehlt eine Angabe, ohne die er nicht versandt werden darf."""


class RenderingRefused(NoticeRefusal):
    """Der Brief lässt sich nicht setzen."""


class RenderingStopped(RenderingRefused):
    """Das Setzen des Briefes wurde abgebrochen, weil es zu lange dauerte oder zu viel Speicher brauchte."""


class PaymentDataRefused(NoticeRefusal):
    """Die Zahlungsdaten sind fehlerhaft."""


class SealRefused(NoticeRefusal):
    """Das Dokument konnte nicht gesiegelt werden."""


class SealMissing(NoticeRefusal):
    """Für diese Kommune ist kein Siegel hinterlegt. Ohne Siegel kann kein Bescheid ergehen."""


class NoLetterFits(NoticeRefusal):
    """Das Leistungspaket hat für diese Entscheidung keinen Brief."""
