"""Which column of a file has the codes, which the names, and which say how else and how long.

The files say so themselves at most for the code (annotations of the XÖV handbook, in several generations). For the
names the rule is, of the columns that are filled almost everywhere: the one that is called like the list itself; one
that is called a name, a designation or a description; one whose values tell the entries apart; the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stadtamt.forms.codelists.folding import bare, plain
from stadtamt.forms.codelists.model import CodeListRefused, Column

type Row = Mapping[str, str]

CODE_MARKS = frozenset({"recommendedkeycolumn", "empfohlenecodespalte", "xoev-code"})
NAME_MARKS = frozenset({"xoev-codename", "recommendednamecolumn", "empfohlenenamenspalte"})
_CODE_WORDS = ("code", "key", "schluessel", "kennung", "id")
_NAME_WORDS = ("name", "bezeichnung", "beschreibung", "begriff", "benennung", "description", "label", "titel", "text")
_FROM_WORDS = ("gueltigab", "gueltigvon", "gueltigkeitab", "existenzab", "validfrom", "beginn", "ab")
_TO_WORDS = ("gueltigbis", "gueltigkeitbis", "existenzbis", "validto", "validuntil", "ende", "bis")
_NO_TEXT = ("date", "datetime", "boolean", "integer", "int", "decimal", "anyuri")
_FILLED = 0.95
_TELLING = 0.8
_ALSO_SIGNS = 120


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the file: its columns and the annotations on it, in lower case without their namespace."""

    id: str
    columns: tuple[str, ...]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Roles:
    """Ids of columns. `names` begins with the best; the others stand in where it is empty."""

    code: str
    names: tuple[str, ...]
    also: tuple[str, ...]
    valid_from: str
    valid_to: str


def code_column(columns: Sequence[Column], keys: Sequence[Key], wanted: str = "") -> str:
    """The column of the codes: the one asked for, the recommended key, the first key, one called so, the first."""
    if wanted:
        return _asked_for(columns, keys, wanted)
    single = [key for key in keys if len(key.columns) == 1 and not key.marks & NAME_MARKS]
    for key in (*(key for key in single if key.marks & CODE_MARKS), *single):
        return key.columns[0]
    called = [column.id for word in _CODE_WORDS for column in columns if word == _word(column.id)]
    return (called or [columns[0].id])[0]


def roles(
    columns: Sequence[Column], keys: Sequence[Key], rows: Sequence[Row], *, code: str, names: Sequence[str], wanted: str
) -> Roles:
    """What the columns are for. `names` is what the list itself is called, `wanted` a column or key for the names."""
    texts = [column for column in columns if column.id != code and column.type.lower() not in _NO_TEXT]
    values = {column.id: [row[column.id] for row in rows if says_something(row.get(column.id))] for column in texts}
    marked = [key.columns[0] for key in keys if key.marks & NAME_MARKS and len(key.columns) == 1]
    first = [_asked_for(columns, keys, wanted)] if wanted else marked[:1]
    own = {_word(name) for name in names} - {""}
    ranked = sorted(texts, key=lambda column: _rank(column, values[column.id], len(rows), own))
    order = tuple(dict.fromkeys([*first, *(column.id for column in ranked)]))
    also = tuple(column.id for column in texts if column.id not in order[:1] and _tells_apart(values[column.id]))
    return Roles(code, order or (code,), also, _called(columns, _FROM_WORDS), _called(columns, _TO_WORDS))


def says_something(value: str | None) -> bool:
    """Not empty and more than a dash."""
    return bool(value) and any(sign.isalnum() for sign in value or "")


def _rank(column: Column, values: Sequence[str], rows: int, own: set[str]) -> int:
    if not values:
        return 9
    telling = len(set(values)) >= _TELLING * len(values)
    word = _word(column.id)
    rank = 3
    if telling and word in own:
        rank = 0
    elif telling and any(part in word or part in _word(column.name) for part in _NAME_WORDS):
        rank = 1
    elif telling:
        rank = 2
    return rank if len(values) >= _FILLED * rows else rank + 4


def _tells_apart(values: Sequence[str]) -> bool:
    """Short texts, mostly different, not numbers: other names, abbreviations, ISO codes; no remarks, no mappings."""
    return (
        bool(values)
        and len(set(values)) >= len(values) / 2
        and max(map(len, values)) <= _ALSO_SIGNS
        and not any(value.replace(".", "").isdecimal() for value in values)
    )


def _called(columns: Sequence[Column], words: Sequence[str]) -> str:
    found = [
        (words.index(word), column.id)
        for column in columns
        for word in words
        if _word(column.id) == word or (len(word) > 7 and word in _word(column.id))
    ]
    return min(found)[1] if found else ""


def _asked_for(columns: Sequence[Column], keys: Sequence[Key], wanted: str) -> str:
    if any(column.id == wanted for column in columns):
        return wanted
    for key in keys:
        if key.id == wanted and len(key.columns) == 1:
            return key.columns[0]
    listed = ", ".join(f"„{column.id}“" for column in columns[:20])
    raise CodeListRefused(f"Die Codeliste hat keine Spalte „{wanted}“. Es gibt: {listed}.")


def _word(text: str) -> str:
    return (plain(text) or bare(text)).replace(" ", "")
