"""The table of the shared building blocks, and that the grammar reads the same where it can."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.freetext import compilation
from forms.freetext.invented import common, document
from stadtamt.forms.conditions import Reading
from stadtamt.forms.freetext import read_rules
from stadtamt.forms.freetext.blocks import table
from stadtamt.forms.freetext.effects import effects
from stadtamt.forms.freetext.parser import parse
from stadtamt.forms.freetext.places import Places
from stadtamt.forms.xdatenfelder.model import Document, Field, Group, Identity, Rule, Schema, Structure

CONTACT = "Es muss mindestens eines der Felder F60000000240, F60000000241 oder F60000000242 befüllt sein."


def contact(text: str, version: str = "2.0.0") -> Document:
    """A group of phone, fax and mail with the rule R60000000050."""
    names = {"F60000000240": "Telefon", "F60000000241": "Telefax", "F60000000242": "E-Mail"}
    parts = tuple(Structure(0, 1, Field(common(id, name))) for id, name in names.items())
    known = Rule(Identity("R60000000050", version), text=text)
    whole = Structure(1, 1, Group(common("G60000000183", "Kontakt"), rules=(known,), parts=parts))
    return replace(document(), root=Schema(common("S99000000001", "Erfundenes"), parts=(whole,)))


def only(found: Document) -> Reading:
    (reading,) = read_rules(found)
    return reading


def test_a_known_rule_is_taken_from_the_table_whatever_its_wording() -> None:
    reading = only(contact("Irgendwie F60000000240 oder F60000000241 oder F60000000242, bitte!"))
    assert reading.status == "machine"
    assert reading.effects[0].message == "Bitte geben Sie Telefon, Telefax oder E-Mail an."


def test_a_known_rule_that_names_other_elements_is_read_by_the_grammar() -> None:
    reading = only(contact("Wenn F60000000240 leer ist, muss F60000000242 befüllt sein."))
    assert [effect.kind for effect in reading.effects] == ["require"]


def test_another_major_version_is_not_in_the_table() -> None:
    assert only(contact("Irgendwie F60000000240, F60000000241, F60000000242.", "7.0.0")).status == "unclear"


def test_the_grammar_reads_the_same_as_the_table() -> None:
    assert only(contact(CONTACT)).effects[0].condition == only(contact(CONTACT, "7.0.0")).effects[0].condition


def test_the_table_names_effects_of_all_its_rules() -> None:
    assert len(table()) >= 10
    assert all(table().values())


@pytest.mark.real_data
def test_the_grammar_reads_every_known_rule_as_the_table_says() -> None:
    seen = set()
    for schema in compilation.schemas():
        places = Places(compilation.document(schema))
        nodes = {".".join(path): node for path, node in places.nodes.items()}
        for reading in compilation.readings(schema):
            if (reading.id, reading.version.partition(".")[0]) not in table():
                continue
            at = tuple(reading.at.split("."))
            by_grammar = effects(parse(reading.text, places.names), places, at)
            seen.add(reading.id)
            assert [(one.kind, one.target) for one in by_grammar] == [(one.kind, one.target) for one in reading.effects]
            for one, other in zip(by_grammar, reading.effects, strict=True):
                assert compilation.same_meaning(one.condition, other.condition, nodes)
    assert seen == {id for id, _ in table()}
