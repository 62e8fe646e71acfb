"""Conditions over answers, and the rules of FIM read into them. Pure."""

from stadtamt.forms.conditions.model import Condition, Effect, Reading
from stadtamt.forms.conditions.notation import (
    NotationRefused,
    read_condition,
    read_effect,
    write_condition,
    write_effect,
)

__all__ = [
    "Condition",
    "Effect",
    "NotationRefused",
    "Reading",
    "read_condition",
    "read_effect",
    "write_condition",
    "write_effect",
]
