"""From the words of a letter and the facts of a case to the finished letter. Pure: no Django, no clock."""

from __future__ import annotations

from stadtamt.notices.composing.compose import compose
from stadtamt.notices.composing.letter import Letter
from stadtamt.notices.composing.source import LetterSource, read_letter

__all__ = ["Letter", "LetterSource", "compose", "read_letter"]
