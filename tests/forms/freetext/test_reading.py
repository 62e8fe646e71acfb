"""Rules at their places: one reading per rule and place, ids looked up from there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.freetext.invented import IDS, common, document, field, group, parts, read, rule, written
from stadtamt.forms.freetext import read_rules
from stadtamt.forms.xdatenfelder.model import Document, Field, Group, Schema, Structure

YES = "Wenn {pets} = Ja, dann muss {proof} befüllt sein."
TWIN = rule("Wenn {twin} leer ist, muss {note} befüllt sein.")


def twins(*more: Structure) -> Document:
    """Two groups that each hold the same group, which carries a rule."""
    inner = group("pet", "Gemeinsames", field("twin", "Geburtsname"), field("note", "Bemerkung"), rules=(TWIN,))
    found = (group("first", "Erste Person", inner), group("second", "Zweite Person", inner, most=None), *more)
    return replace(document(), root=Schema(common("S99000000001", "Erfundenes"), parts=found))


def test_a_rule_of_an_embedded_group_is_read_once_per_place() -> None:
    readings = read_rules(twins())
    places = [f"{IDS['first']}.{IDS['pet']}", f"{IDS['second']}.{IDS['pet']}"]
    assert [reading.at for reading in readings] == places
    for reading, place in zip(readings, places, strict=True):
        assert reading.effects[0].target == f"{place}.{IDS['note']}"
        assert reading.effects[0].condition.dotted == {f"{place}.{IDS['twin']}"}


def test_readings_keep_the_order_of_the_file() -> None:
    rules = [rule(YES, id=f"R9900000000{number}") for number in (3, 1, 2)]
    readings = read_rules(document(rules[0], rules[1], inside=(rules[2],)))
    assert [(reading.id, reading.at) for reading in readings] == [
        ("R99000000003", ""),
        ("R99000000001", ""),
        ("R99000000002", IDS["outer"]),
    ]


def test_a_rule_of_the_schema_finds_an_element_that_is_there_once() -> None:
    (reading,) = read_rules(document(rule(YES)))
    assert reading.effects[0].target == f"{IDS['outer']}.{IDS['proof']}"


def test_a_path_may_begin_at_any_group_above() -> None:
    reading = read("Wenn {outer}.{pets} = Ja, dann muss {first}.{twin} befüllt sein.")
    assert reading.effects[0].target == f"{IDS['outer']}.{IDS['first']}.{IDS['twin']}"


def test_an_id_deeper_in_the_group_goes_before_others_elsewhere() -> None:
    inner = group("pet", "Gemeinsames", field("twin", "Geburtsname"), field("note", "Bemerkung"))
    found = (group("first", "Erste Person", inner, rules=(TWIN,)), group("second", "Zweite Person", inner))
    (reading,) = read_rules(replace(document(), root=Schema(common("S99000000001", "Erfundenes"), parts=found)))
    assert reading.effects[0].target == ".".join((IDS["first"], IDS["pet"], IDS["note"]))


def test_an_id_of_the_nearest_group_above_goes_before_others_elsewhere() -> None:
    inner = group("pet", "Gemeinsames", field("note", "Bemerkung"), rules=(TWIN,))
    found = tuple(group(name, name, field("twin", "Geburtsname"), inner) for name in ("first", "second"))
    _, reading = read_rules(replace(document(), root=Schema(common("S99000000001", "Erfundenes"), parts=found)))
    assert reading.effects[0].condition.dotted == {f"{IDS['second']}.{IDS['twin']}"}


def test_an_id_at_two_other_places_is_ambiguous() -> None:
    *_, last = read_rules(twins(group("box", "Kasten", rules=(TWIN,))))
    assert (last.at, last.status) == (IDS["box"], "unclear")
    assert "an mehreren Stellen" in last.reason


def test_a_step_between_two_ids_may_be_left_out() -> None:
    above = rule("Wenn {first}.{twin} leer ist, muss {second}.{note} befüllt sein.")
    found = twins()
    assert isinstance(found.root, Schema)
    once = tuple(replace(part, most=1) for part in found.root.parts)
    reading, *_ = read_rules(replace(found, root=replace(found.root, parts=once, rules=(above,))))
    assert reading.effects[0].target == ".".join((IDS["second"], IDS["pet"], IDS["note"]))


def test_a_rule_of_a_field_looks_from_its_group() -> None:
    element = next(part.element for part in parts() if part.element.id == IDS["proof"])
    assert isinstance(element, Field)
    ruled = replace(element, rules=(rule(YES),))
    found = (Structure(0, 1, ruled), field("pets", "Haustiere", "bool"))
    (reading,) = read_rules(replace(document(), root=Schema(common("S99000000001", "Erfundenes"), parts=found)))
    assert (reading.at, reading.status) == (IDS["proof"], "machine")


def test_a_single_group_is_read_like_a_schema() -> None:
    root = document(inside=(rule(YES),)).root.parts[0].element
    assert isinstance(root, Group)
    (reading,) = read_rules(replace(document(), root=root))
    assert reading.effects[0].target == f"{IDS['outer']}.{IDS['proof']}"


def test_a_rule_without_text_is_unclear_and_its_script_is_left_alone() -> None:
    bare = replace(rule(""), script="function script() { hide(); }")
    (reading,) = read_rules(document(inside=(bare,)))
    assert (reading.status, reading.reason) == ("unclear", "Die Regel ist ohne Text.")


def test_an_unclear_rule_keeps_its_text_for_the_author() -> None:
    reading = read("Bitte beachten Sie § 3.")
    assert reading.text == "Bitte beachten Sie § 3."
    assert reading.reason.endswith(".")


def test_any_field_of_the_group_is_spelled_out_where_all_of_them_are_yes_or_no() -> None:
    any_of = rule('Mindestens ein Datenfeld der Datenfeldgruppe muss den Wert "wahr" haben.')
    asked = group("pet", "Befähigung", field("pets", "Hund", "bool"), field("pupil", "Katze", "bool"), rules=(any_of,))
    (reading,) = read_rules(replace(document(), root=Schema(common("S99000000001", "Erfundenes"), parts=(asked,))))
    (effect,) = reading.effects
    assert written((effect,)) == ["valid pet: pet.pets = true or pet.pupil = true"]
    assert effect.message == "Bitte antworten Sie mindestens einmal mit „Ja“: Hund oder Katze."


def test_the_other_laender_are_none_of_those_named_under_several_headings() -> None:
    text = "Für das Land TH gilt: {proof} muss befüllt werden.\n\nFür das Land SL gilt: {mail} muss befüllt werden.\n\n"
    reading = read(text + "Für alle anderen Länder gilt: {phone} muss befüllt werden.")
    assert written(reading.effects)[-1] == 'require phone: not(town.land = "TH" or town.land = "SL")'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{phone} muss befüllt sein.", "Bitte füllen Sie „Telefon“ aus."),
        ("{pets} muss befüllt sein.", "Bitte beantworten Sie „Halten Sie Haustiere?“."),
        ("{kind} muss befüllt sein.", "Bitte wählen Sie bei „Art des Antrags“ etwas aus."),
        ("{proof} muss befüllt sein.", "Bitte laden Sie „Nachweis“ hoch."),
        ("{pet} muss befüllt sein.", "Bitte machen Sie Angaben zu „Angaben zum Tier“."),
        ("Wenn {pets} = Nein, dann darf {pet} nicht befüllt sein.", "„Angaben zum Tier“ wird hier nicht gebraucht."),
        (
            "Mindestens eines der Felder {phone}, {fax} oder {mail} muss befüllt sein.",
            "Bitte geben Sie Telefon, Telefax oder E-Mail an.",
        ),
        (
            "Entweder {street} oder {box} muss befüllt sein.",
            "Bitte geben Sie entweder Straßenanschrift oder Postfachanschrift an, nur eines davon.",
        ),
        (
            "Wenn {pets} = Ja, zeige {kind}, wobei nur die Codes 001 oder 002 ausgewählt werden dürfen.",
            "Bei „Art des Antrags“ passt hier nur: „Erstantrag“ oder „Folgeantrag“.",
        ),
        (
            "Im Feld {kind} darf die Auswahl 003 nicht ausgewählt werden.",
            "Bei „Art des Antrags“ passt hier nicht: „Änderung“.",
        ),
        ("{begin} muss vor {end} liegen.", "„Beginn“ muss zeitlich vor „Ende“ liegen."),
        ("{end} darf nicht vor {begin} liegen.", "„Ende“ darf nicht vor „Beginn“ liegen."),
    ],
)
def test_the_message_is_a_sentence_for_the_citizen(text: str, message: str) -> None:
    (effect,) = read(text).effects
    assert effect.message == message
