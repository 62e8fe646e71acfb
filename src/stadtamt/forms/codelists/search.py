"""Finds an entry of a list from what a person types.

In this order: the exact code; the exact name; another exact name (full name, abbreviation, what people say); what
begins like it; a word that begins like it; a code that begins like it; all words somewhere; with small typos; and if
all that finds nothing, some of the words ("Kreis Konstanz" where the list says "Konstanz"). Among equals the shorter
name first, then the alphabet, then the order of the list: always the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from stadtamt.forms.codelists.everyday import EVERYDAY
from stadtamt.forms.codelists.folding import bare, coarser, plain, raw
from stadtamt.forms.codelists.model import MAX_NAME, CodeList, Entry
from stadtamt.forms.codelists.words import Words

MAX_TYPED = MAX_NAME
_MAX_WORDS = 10
_FEW = 3  # typos are looked for when less than this was found without

type Searched = CodeList | Index | Iterable[Entry]


def search(entries: Searched, typed: str, limit: int = 8) -> list[Entry]:
    """At most `limit` entries, the best first; nothing for an empty text."""
    return index_of(entries).search(typed, limit)


def exact(entries: Searched, typed: str) -> Entry | None:
    """The one entry whose code or name this is; None where there is no such entry or more than one."""
    return index_of(entries).exact(typed)


def index_of(entries: Searched) -> Index:
    """The index; kept for a list and for a tuple, as long as it is among those last used."""
    if isinstance(entries, Index):
        return entries
    if isinstance(entries, CodeList):
        entries = entries.entries
    return _kept(_Same(entries)) if isinstance(entries, tuple) else Index(entries)


class _Same:
    """A tuple that equals only itself: comparing 11,000 entries would take longer than searching them."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries

    def __hash__(self) -> int:
        return id(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.entries is self.entries


@lru_cache(maxsize=32)
def _kept(same: _Same) -> Index:
    return Index(same.entries)


class Index:
    """Entries with their names folded once. Positions below count in the order that decides among equals."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        listed = [(entry, plain(entry.name) or raw(entry.name)) for entry in entries]
        ranked = sorted(enumerate(listed), key=lambda item: (len(coarser(item[1][1])), item[1][1], item[0]))
        self._entries = [entry for _, (entry, _) in ranked]
        self._plain = [name for _, (_, name) in ranked]
        self._names = [f" {coarser(name)}" for name in self._plain]
        self._codes = [raw(entry.code) for entry in self._entries]
        self._others = [_others(entry, name) for entry, name in zip(self._entries, self._plain, strict=True)]
        self._all = [f"{name}\n{other}" for name, other in zip(self._names, self._others, strict=True)]
        self._by_code = _places(self._codes)
        self._by_raw = _places(raw(entry.name) for entry in self._entries)
        self._by_plain = _places(self._plain)
        self._by_name = _places(name[1:] for name in self._names)

    def exact(self, typed: str) -> Entry | None:
        """See :func:`exact`. A text that is the code of one entry and the name of another is neither."""
        typed = typed[:MAX_TYPED].strip()
        wanted = raw(typed)
        folded, short = plain(typed), bare(typed)
        codes = self._by_code.get(wanted, ())
        codes = tuple(at for at in codes if self._entries[at].code == typed) or codes
        names = self._by_raw.get(wanted) or ()
        if folded and not names:  # signs alone are not made comparable
            names = self._by_plain.get(folded) or self._by_bare.get(short) or ()
        if wanted and (codes or names):
            return self._only({*codes, *names})
        return self._only(set(self._by_other.get(folded, ()))) if folded else None

    def search(self, typed: str, limit: int = 8) -> list[Entry]:
        """See :func:`search`."""
        typed = typed[:MAX_TYPED]
        wanted = raw(typed)
        if not wanted or limit < 1:
            return []
        folded = coarser(plain(typed) or wanted)
        words = tuple(dict.fromkeys(folded.split()))[:_MAX_WORDS]
        found = self._same(typed, wanted, folded)
        sure = bool(found)
        for begins, places in self._direct(wanted, folded, words):
            found.update(dict.fromkeys(places[: limit + len(found)]))
            sure = sure or (begins and bool(found))
            if len(found) >= limit:
                break
        if not sure and len(found) < min(_FEW, limit):
            found.update(dict.fromkeys(self._words.similar(words)))
        if not found and len(words) > 1:
            found.update(dict.fromkeys(self._words.some_of(words)))
        return [self._entries[at] for at in list(found)[:limit]]

    def _same(self, typed: str, wanted: str, folded: str) -> dict[int, None]:
        places = (
            self._by_code.get(wanted, ()),
            self._by_raw.get(wanted, ()),
            self._by_plain.get(plain(typed) or wanted, ()),
            self._by_name.get(folded, ()),
        )
        return dict.fromkeys(at for each in places for at in each)

    def _direct(self, wanted: str, folded: str, words: Sequence[str]) -> Iterator[tuple[bool, list[int]]]:
        """Whether a word begins so, and the places; the better way first, each only when it is needed."""
        begin, other_same, other_begin = f" {folded}", f"\n {folded}\n", f"\n {folded}"
        others = [at for at, text in enumerate(self._others) if folded in text]
        yield True, [at for at in others if other_same in self._others[at]]
        inside = [at for at, text in enumerate(self._names) if folded in text]
        yield True, [at for at in inside if self._names[at].startswith(begin)]
        yield True, [at for at in inside if begin in self._names[at]]
        yield True, [at for at, code in enumerate(self._codes) if code.startswith(wanted)] if len(wanted) > 1 else []
        yield True, [at for at in others if other_begin in self._others[at]]
        yield True, [at for at in others if begin in self._others[at]]
        yield True, self._holding([f" {word}" for word in words], self._names)
        yield True, self._holding([f" {word}" for word in words], self._all)
        yield False, inside
        joined = folded.replace(" ", "")
        yield False, [at for at, text in enumerate(self._joined) if joined in text] if len(joined) > 3 else []

    @staticmethod
    def _holding(parts: Sequence[str], texts: Sequence[str]) -> list[int]:
        places: Iterable[int] = range(len(texts))
        for part in sorted(parts, key=len, reverse=True):
            places = [at for at in places if part in texts[at]]
        return list(places)

    def _only(self, places: set[int]) -> Entry | None:
        return self._entries[places.pop()] if len(places) == 1 else None

    @cached_property
    def _joined(self) -> list[str]:
        return [name.replace(" ", "") for name in self._names]

    @cached_property
    def _by_bare(self) -> dict[str, tuple[int, ...]]:
        return _places(bare(entry.name) for entry in self._entries)

    @cached_property
    def _by_other(self) -> dict[str, tuple[int, ...]]:
        known: dict[str, list[int]] = {}
        for at, (entry, name) in enumerate(zip(self._entries, self._plain, strict=True)):
            for other in {plain(each) for each in _also(entry, name)} - {""}:
                known.setdefault(other, []).append(at)
        return {other: tuple(places) for other, places in known.items()}

    @cached_property
    def _words(self) -> Words:
        return Words(self._all)


def _also(entry: Entry, name: str) -> tuple[str, ...]:
    said = [known for each in (name, *map(plain, entry.also)) for known in EVERYDAY.get(each, ())]
    return (*entry.also, *said)


def _others(entry: Entry, name: str) -> str:
    others = dict.fromkeys(coarser(plain(each)) for each in _also(entry, name))
    others.pop("", None)
    return "".join(f"\n {other}" for other in others) + "\n" if others else ""


def _places(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    places: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        places.setdefault(key, []).append(at)
    return {key: tuple(found) for key, found in places.items()}
