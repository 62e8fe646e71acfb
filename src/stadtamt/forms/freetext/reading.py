"""Reading all rules of a document, each at every place where it applies."""

from __future__ import annotations

from collections.abc import Iterator

from stadtamt.forms.conditions.model import Effect, Reading
from stadtamt.forms.freetext.blocks import block
from stadtamt.forms.freetext.effects import effects
from stadtamt.forms.freetext.parser import parse
from stadtamt.forms.freetext.places import Places
from stadtamt.forms.freetext.spoken import Clause, Unclear
from stadtamt.forms.xdatenfelder.model import Document, Field, Group, Path, Rule

NO_TEXT = "Die Regel ist ohne Text."


def read_rules(document: Document) -> tuple[Reading, ...]:
    """One Reading per rule and place, in the order of the file. Never raises; what is not certain is unclear."""
    reader = _Reader(document)
    return tuple(reader.read(rule, carrier, at) for rule, carrier, at in _rules(document))


def _rules(document: Document) -> Iterator[tuple[Rule, Path, Path]]:
    """Every rule with the path of its carrier and of the group from which its ids are looked up."""
    if not isinstance(document.root, Group):
        for rule in document.root.rules:
            yield rule, (), ()
    for node in document.nodes():
        for rule in node.element.rules:
            yield rule, node.path, node.path[:-1] if isinstance(node.element, Field) else node.path


class _Reader:
    def __init__(self, document: Document) -> None:
        self.places = Places(document)
        self._parsed: dict[str, tuple[Clause, ...] | Unclear] = {}

    def read(self, rule: Rule, carrier: Path, at: Path) -> Reading:
        """What a rule means at one place."""
        made: tuple[Effect, ...] = ()
        reason = ""
        try:
            made = self._effects(rule, at)
        except Unclear as unclear:
            reason = unclear.sentence
        return Reading(
            id=rule.identity.id,
            version=rule.identity.version,
            at=".".join(carrier),
            text=rule.text,
            status="unclear" if reason else "machine",
            effects=made,
            reason=reason,
            name=rule.name,
        )

    def _effects(self, rule: Rule, at: Path) -> tuple[Effect, ...]:
        if not rule.text.strip():
            raise Unclear(NO_TEXT)
        return block(rule, self.places, at) or effects(self._clauses(rule.text), self.places, at)

    def _clauses(self, text: str) -> tuple[Clause, ...]:
        known = self._parsed.get(text)
        if known is None:
            try:
                known = parse(text, self.places.names)
            except Unclear as unclear:
                known = unclear
            self._parsed[text] = known
        if isinstance(known, Unclear):
            raise Unclear(known.sentence)
        return known
