"""Which of several typed texts is not yet one entry of a code list."""

from __future__ import annotations

from collections.abc import Iterable

from stadtamt.forms.codelists import exact
from stadtamt.forms.schema.model import Field
from stadtamt.forms.schema.situation import Situation


def first_unclear(situation: Situation, entry: Field, texts: Iterable[str]) -> str:
    """The first text that is neither a code nor a name of the field's list; empty where all are."""
    entries = situation.code_list(entry)
    return next((text for text in texts if text.strip() and exact(entries, text) is None), "")


def name_of(situation: Situation, entry: Field, text: str) -> str:
    """What the list calls this code; any other text as it is."""
    found = situation.schema.lists[entry.code_list].entry(text)
    return found.name if found else text
