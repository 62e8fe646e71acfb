"""The words of a list, for what is typed with small mistakes or with words too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import nsmallest
from math import log

_CANDIDATES = 80
_WORTH = 0.6
_LONG = 40
_MOST = 200
_REMEMBERED = 256  # who types on keeps the words before
_KIND = 0.3
_KINDS = frozenset(  # say what kind of thing is meant, not which
    "kreis landkreis stadtkreis stadt gemeinde markt land bundesland staat republik amt der die das von in und".split()
)


class Words:
    """Built from folded texts; knows in which of them each word occurs. Places are positions of the texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        places: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            for word in dict.fromkeys(text.split()):
                places.setdefault(word, []).append(at)
        self._texts = len(texts)
        self._words = sorted(places)
        self._places = [places[word] for word in self._words]
        pairs: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            for pair in _pairs(word):
                pairs.setdefault(pair, []).append(number)
        self._pairs = pairs
        numbers = {word: number for number, word in enumerate(self._words)}
        self._near = lru_cache(_REMEMBERED)(self._look_near)
        self._heads = [numbers.get((text.split() or [""])[0], -1) for text in texts]

    def similar(self, words: Sequence[str]) -> list[int]:
        """Places where each of the words stands, perhaps with typos; the fewest mistakes first."""
        total: dict[int, int] | None = None
        for word in words:
            here = self._mistakes(self._near(word))
            total = here if total is None else {at: total[at] + count for at, count in here.items() if at in total}
            if not total:
                return []
        found = total or {}
        heads = self._near(words[0]) if found else {}
        return nsmallest(_MOST, found, key=lambda at: (found[at], self._heads[at] not in heads, at))

    def some_of(self, words: Sequence[str]) -> list[int]:
        """Places where some of the words stand; a rare word weighs more than one that stands everywhere."""
        weight: dict[int, float] = {}
        for word in words:
            here = self._mistakes(self._near(word))
            rare = log((self._texts + 1) / (len(here) + 1)) * (_KIND if word in _KINDS else 1) if here else 0
            for at, mistakes in here.items():
                weight[at] = weight.get(at, 0) + rare / (1 + mistakes / 4)
        best = max(weight.values(), default=0)
        worth = {at: value for at, value in weight.items() if value > 0 and value >= _WORTH * best}
        return nsmallest(_MOST, worth, key=lambda at: (-worth[at], at))

    def _mistakes(self, near: dict[int, int]) -> dict[int, int]:
        """For each place the mistakes of the best word there."""
        found: dict[int, int] = {}
        for number, mistakes in sorted(near.items(), key=lambda item: item[1]):
            for at in self._places[number]:
                found.setdefault(at, mistakes)
        return found

    def _look_near(self, typed: str) -> dict[int, int]:
        """Numbers of words like the one typed: 0 it stands in them; 2 for each mistake, 1 for an end not typed yet."""
        near: dict[int, int] = {}
        most = allowed(len(typed))
        shared: Counter[int] = Counter()
        for pair in _pairs(typed):
            shared.update(self._pairs.get(pair, ()))
        if len(typed) < 3:
            near.update((number, 0) for number, word in enumerate(self._words) if word.startswith(typed))
        else:
            near.update((number, 0) for number, word in enumerate(self._words) if typed in word)
        least = max(1, len(typed) - 3 * most)
        enough = [(-count, number) for number, count in shared.items() if count >= least and number not in near]
        for _, number in nsmallest(_CANDIDATES, enough) if most else ():
            word = self._words[number]
            mistakes = distance(typed, word, most)
            if mistakes is not None:
                near[number] = 2 * mistakes + (abs(len(word) - len(typed)) > mistakes)
        return near


def allowed(length: int) -> int:
    """How many mistakes a word of this length may have; none in what is too long to be a word."""
    if length < 4 or length > _LONG:
        return 0
    return 1 if length < 8 else 2


def distance(typed: str, word: str, most: int) -> int | None:
    """Signs wrong, too many, missing or swapped between `typed` and the beginning of `word`; None above `most`."""
    if len(word) < len(typed) - most:
        return None
    word = word[: len(typed) + most]
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, sign in enumerate(typed, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(word, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == word[j - 2] and typed[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return least if (least := min(row)) <= most else None


def _pairs(word: str) -> Iterable[str]:
    marked = f" {word}"
    return dict.fromkeys(marked[at : at + 2] for at in range(len(marked) - 1))
