"""Refusals of the room."""

from __future__ import annotations

from stadtamt.kernel.errors import Conflict, NotFound


class TaskDone(Conflict):
    """Diese Aufgabe ist schon erledigt."""


class NoSuchTask(NotFound):
    """Diese Aufgabe gibt es nicht."""


class MovedMeanwhile(Conflict):
    """Der Vorgang wurde inzwischen auf eine andere Fassung umgestellt. Bitte sehen Sie ihn sich noch einmal an."""
