"""Refusals of the room."""

from __future__ import annotations

from stadtamt.kernel.errors import Conflict, Refusal


class NothingAsked(Conflict):
    """In diesem Vorgang ist gerade keine Frage offen."""


class TextMissing(Refusal):
    """Bitte schreiben Sie einen Text."""

    status = 422
