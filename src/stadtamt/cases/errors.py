"""Refusals of the room."""

from __future__ import annotations

from stadtamt.kernel.errors import Conflict, NotFound


class CaseClosed(Conflict):
    """Dieser Vorgang ist abgeschlossen."""


class NoSuchCase(NotFound):
    """Diesen Vorgang gibt es nicht. Vielleicht ist der Link unvollständig."""
