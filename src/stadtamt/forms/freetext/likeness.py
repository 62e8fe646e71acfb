"""Whether two wordings mean the same label: spelling, articles and versions may differ a little."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_VERSION = re.compile(r"\(?\bV(?:ersion)?\.?\s?\d+(?:\.\d+)*\)?\s*$", re.I)
_CHUNKS = re.compile(r"[^\W_]+")
_ARTICLES = frozenset("der die das des dem den ein eine einer eines im in von und oder zu zur zum".split())
_NO = frozenset("nicht kein keine keinen keiner ohne nein".split())
NEAR, ALIKE, SHARED, GAP = 0.88, 0.72, 0.5, 4


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Letters and digits only, in small letters."""
    return "".join(_CHUNKS.findall(_VERSION.sub("", text).casefold()))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _CHUNKS.findall(_VERSION.sub("", text).casefold()) if word not in _ARTICLES)


def same(one: str, other: str) -> bool:
    return plain(one) == plain(other) != ""


@lru_cache(maxsize=4096)
def closeness(one: str, other: str) -> float:
    """From 0 to 1, how many letters and digits two wordings have in common, in order."""
    return SequenceMatcher(None, plain(one), plain(other), autojunk=False).ratio()


def near(one: str, other: str) -> bool:
    """Equal but for typing errors."""
    return same(one, other) or closeness(one, other) >= NEAR


@lru_cache(maxsize=4096)
def alike(said: str, name: str) -> bool:
    """Plausibly the same label: one in the other, most words in common, or nearly the same letters."""
    one, other = plain(said), plain(name)
    if not one or not other:
        return False
    if one == other or (min(len(one), len(other)) > 3 and (one in other or other in one)):
        return True
    mine, theirs = ({word[:6] for word in words(text) if len(word) > 3} for text in (said, name))
    if mine and theirs and len(mine & theirs) / min(len(mine), len(theirs)) >= SHARED:
        return True
    return closeness(said, name) >= ALIKE


def agrees(said: str, own: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a label fits its own element, and is not plainly the label of another one."""
    mine = tuple(name for name in own if name)
    if any(same(said, name) for name in mine):
        return True
    if any(same(said, name) for name in others if name):
        return False
    return any(alike(said, name) for name in mine)


def denies(text: str) -> bool:
    """Whether a wording holds a negation."""
    return any(word in _NO for word in words(text))


def stands(text: str, start: int, name: str) -> int:
    """Where a label ends that stands in a text at `start`, whatever is between its letters; -1: it does not stand."""
    wanted, found, gap, at = plain(name), 0, 0, start
    while found < len(wanted):
        sign = text[at : at + 1].casefold()
        if sign.isalnum() and wanted.startswith(sign, found):
            found, gap = found + len(sign), 0
        elif not sign or sign.isalnum() or sign in '=<>"„“' or gap == GAP:
            return -1
        else:
            gap += 1
        at += 1
    if not wanted or text[at : at + 1].isalnum():
        return -1
    return at + (name.rstrip().endswith(")") and text[at : at + 1] == ")")
