"""Refusals of the room."""

from __future__ import annotations

from stadtamt.kernel.errors import Conflict, Refusal


class AlreadyDecided(Conflict):
    """In diesem Vorgang ist schon entschieden."""


class GroundsMissing(Refusal):
    """Bitte begründen Sie die Ablehnung. Die Gründe stehen im Bescheid."""

    status = 422


class NotAutomatic(Exception):
    """The rules do not allow to decide this case without a person."""
