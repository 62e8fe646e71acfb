"""Refusals of the room."""

from __future__ import annotations

from stadtamt.kernel.errors import Conflict, NotFound


class TaskDone(Conflict):
    """Diese Aufgabe ist schon erledigt."""


class NoSuchTask(NotFound):
    """Diese Aufgabe gibt es nicht."""
