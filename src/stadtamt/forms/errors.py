"""Refusals of the room."""

from __future__ import annotations

from stadtamt.kernel.errors import Conflict, NotFound, Refusal


class NoSuchDraft(NotFound):
    """Diesen Antrag gibt es nicht oder nicht mehr. Vielleicht ist der Link unvollständig."""


class NoSuchQuestion(NotFound):
    """Diese Frage gibt es in Ihrem Antrag nicht."""


class AlreadySent(Conflict):
    """Diesen Antrag haben Sie schon abgesendet. Er kann nicht mehr geändert werden."""


class ChangedMeanwhile(Conflict):
    """Ihre Antworten haben sich geändert, seit Sie sie geprüft haben. Bitte prüfen Sie sie noch einmal."""


class Incomplete(Refusal):
    """Es fehlen noch Antworten. Bitte ergänzen Sie sie vor dem Absenden."""

    status = 422


class UploadRefused(Refusal):
    """Diese Datei können wir nicht annehmen."""

    status = 422


class TooManyUploads(UploadRefused):
    """Es sind höchstens 50 Dateien möglich."""


class TooMuchUploaded(UploadRefused):
    """Alle Dateien zusammen dürfen höchstens 80 MB haben. Bitte verkleinern Sie Fotos oder lassen Sie welche weg."""
