"""Refusals of the room."""

from __future__ import annotations

from stadtamt.kernel.errors import Conflict, Refusal


class AlreadyDecided(Conflict):
    """In diesem Vorgang ist schon entschieden."""


class GroundsMissing(Refusal):
    """Bitte begründen Sie die Ablehnung. Die Gründe stehen im Bescheid."""

    status = 422


class AnswerMissing(GroundsMissing):
    """Bitte schreiben Sie eine Antwort. Sie steht im Brief."""


class NotRefusable(Refusal):
    """In diesem Antrag gibt es nichts abzulehnen."""

    status = 422


class OpinionMissing(Refusal):
    """Bitte schreiben Sie einen Satz dazu. Wer entscheidet, liest ihn."""

    status = 422


class NotReady(Conflict):
    """Hier kann noch nicht entschieden werden."""


class SamePerson(Refusal):
    """Sie haben diese Entscheidung vorbereitet. Nach dem Vier-Augen-Prinzip entscheidet jemand anderes."""

    status = 422


class NotAutomatic(Exception):
    """The rules do not allow to decide this case without a person."""
