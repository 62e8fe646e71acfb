"""The words of one element of a form, the author's and the town's, side by side; and the town's put into force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from stadtamt.kernel import audit
from stadtamt.packages.format.addresses import texts_of
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.models import Installation
from stadtamt.packages.officer.deviating import Deviating, name_for, with_deviations
from stadtamt.packages.overrides import same
from stadtamt.packages.updating import revise

_WORDS = {
    "title": "Überschrift",
    "short": "Kurzes Wort für die Schrittanzeige",
    "help": "Hilfe",
    "label": "Beschriftung",
    "hint": "Hilfe",
    "purpose": "Warum wir das fragen",
    "output": "Beschriftung, wo die Antwort wieder gezeigt wird",
    "content": "Worte des Hinweises",
}


@dataclass(frozen=True, slots=True)
class Worded:
    """One text: its address, what it is for, the author's words and those in force."""

    address: str
    purpose: str
    author: str
    present: str

    @property
    def own(self) -> bool:
        return not same(self.author, self.present)


def words_at(now: Deviating, place: str) -> list[Worded]:
    """The texts of an element, by the beginning of their addresses (``form.kinder.name``); answers to choose too."""
    author, present = texts_of(now.author), texts_of(now.present)
    found = []
    for address, text in author.items():
        rest = address.removeprefix(f"{place}.")
        if rest == address or (rest not in _WORDS and not rest.startswith("choices.")):
            continue
        found.append(Worded(address, _purpose(rest), text, present.get(address, text)))
    return found


def reword(
    *, installation: Installation, author: Mapping[str, str], texts: Mapping[str, str], actor: audit.Actor
) -> Installation:
    """Put these words into force, by address; where they are the author's, or none, the author's hold again.

    `author` are the author's words. Raises PackageProblem; then nothing changes.
    """

    def revised(layer: Layer) -> Layer:
        kept = tuple(one for one in layer.overrides if one.kind != "text" or one.data.get("address") not in texts)
        own = {address: text for address, text in texts.items() if text.strip() and not same(text, author[address])}
        made = [
            Override(name_for("text", address), "text", {"address": address, "was": author[address], "text": text})
            for address, text in own.items()
        ]
        return with_deviations(replace(layer, overrides=kept), made)

    return revise(key=installation.key, revised=revised, actor=actor)


def _purpose(rest: str) -> str:
    if not rest.startswith("choices."):
        return _WORDS[rest]
    value, _, kind = rest.removeprefix("choices.").rpartition(".")
    return f"Antwort {value}" if kind == "label" else f"Hilfe zur Antwort {value}"
