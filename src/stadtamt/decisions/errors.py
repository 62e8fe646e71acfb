"""Refusals of the room."""

from __future__ import annotations

from stadtamt.kernel.errors import Conflict, Refusal


class AlreadyDecided(Conflict):
    """In diesem Vorgang ist schon entschieden."""


class GroundsMissing(Refusal):
    """Bitte begründen Sie die Ablehnung. Die Gründe stehen im Bescheid."""

    status = 422


class NoReliefAsked(Refusal):
    """In diesem Antrag ist keine Vergünstigung beantragt. Es gibt nichts abzulehnen."""

    status = 422


class NothingToSet(Conflict):
    """Die Steuerpflicht beginnt erst später. Eine Steuer kann noch nicht festgesetzt werden."""


class NotAutomatic(Exception):
    """The rules do not allow to decide this case without a person."""
