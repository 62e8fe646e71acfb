"""What the doctor found."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Level(enum.Enum):
    GOOD = "good"
    HINT = "hint"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """`sentence` says what is, `remedy` what to do (empty when nothing is to do)."""

    level: Level
    sentence: str
    remedy: str = ""


def good(sentence: str) -> Finding:
    return Finding(Level.GOOD, sentence)


def hint(sentence: str, remedy: str) -> Finding:
    return Finding(Level.HINT, sentence, remedy)


def bad(sentence: str, remedy: str) -> Finding:
    return Finding(Level.BAD, sentence, remedy)
