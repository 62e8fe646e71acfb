"""Letters that say something else, block by block."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from stadtamt.packages.format.addresses import letter_data
from stadtamt.packages.format.package import LetterFile, Package
from stadtamt.packages.merging.result import Change
from stadtamt.packages.merging.words import shown


def letter_changes(old: Package, new: Package) -> Iterator[Change]:
    """Letters and their blocks added, removed, changed."""
    before, after = {one.id: one for one in old.letters}, {one.id: one for one in new.letters}
    for key, letter in after.items():
        if key in before:
            yield from _changed(before[key], letter)
        else:
            yield Change("letter-new", f"letter.{key}", None, letter.words, f"Brief „{key}“ ist neu.")
    for key, letter in before.items():
        if key not in after:
            yield Change("letter-removed", f"letter.{key}", letter.words, None, f"Brief „{key}“ entfällt.")


def _changed(old: LetterFile, new: LetterFile) -> Iterator[Change]:
    place, word = f"letter.{new.id}", f"Brief „{new.id}“"
    if old.when != new.when:
        sentence = f"{word} geht unter einer anderen Bedingung hinaus: {shown(new.when)}."
        yield Change("letter-when", place, old.when, new.when, sentence)
    if old.arrangement != new.arrangement:
        yield Change("letter-arrangement", place, None, None, f"{word} ist anders angeordnet.")
    if old.words == new.words:
        return
    before, after = letter_data(old), letter_data(new)
    subjects = [one.get("subject") if isinstance(one, dict) else None for one in (before, after)]
    if subjects[0] != subjects[1]:
        sentence = f"{word}, Betreff: bisher {shown(subjects[0])}, jetzt {shown(subjects[1])}."
        yield Change("letter-subject", f"{place}.subject", subjects[0], subjects[1], sentence)
    for one, other in _pairs(_blocks(before), _blocks(after)):
        if one != other:
            yield _block_change(place, word, one, other)


def _block_change(place: str, word: str, one: Any, other: Any) -> Change:
    name = next((part["id"] for part in (other, one) if part and "id" in part), "")
    kind = "letter-block-new" if one is None else "letter-block-removed" if other is None else "letter-block-changed"
    told = {"letter-block-new": "neuer Absatz", "letter-block-removed": "Absatz entfällt"}.get(kind, "Absatz geändert")
    said = [_said(part) for part in (one, other) if part is not None]
    sentence = f"{word}, {told}: " + ", jetzt ".join(shown(text) for text in said) + "."
    return Change(kind, f"{place}.{name}" if name else place, one, other, sentence)


def _said(block: Any) -> str:
    return str(block.get("text") or block.get("caption") or block.get("title") or block.get("kind"))


def _pairs(before: list[Any], after: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Blocks that belong together: of the same id, else of the same words, else at the same point between those."""
    old, new = ([str(block.get("id") or json.dumps(block)) for block in blocks] for blocks in (before, after))
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(before[a:b], after[c:d], strict=True)
        else:
            yield from zip_longest(before[a:b], after[c:d])


def _blocks(data: Any) -> list[Any]:
    blocks = data.get("blocks") if isinstance(data, dict) else None
    return [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
