"""Generation 2 is brought into the shape of 3.0.0; generation 1 is refused by name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.xdatenfelder.invented import SPACE_2, coded, message, old_field, old_schema, structure
from stadtamt.forms.xdatenfelder import XdfRefused, read_document, write_document
from stadtamt.forms.xdatenfelder.generation2 import id_in_3, version_in_3
from stadtamt.forms.xdatenfelder.model import Document, Field, Identity, Precision


def one_field(more: str) -> tuple[Field, Document]:
    document = read_document(old_schema(structure(old_field("F60000227", more))))
    (node,) = document.nodes()
    assert isinstance(node.element, Field)
    return node.element, document


@pytest.mark.parametrize(
    ("old", "new"),
    [("F60000227", "F60000000227"), ("S05001234", "S05000001234"), ("T1234", "T1234"), ("F123", "F123")],
)
def test_a_long_id_gets_three_digits_after_its_range(old: str, new: str) -> None:
    assert id_in_3(old) == new


def test_a_version_of_two_numbers_gets_a_third() -> None:
    assert [version_in_3(version) for version in ("1.2", "1.2.0", "", "3")] == ["1.2.0", "1.2.0", "", "3"]


def test_a_schema_says_the_same_in_the_new_shape() -> None:
    document = read_document(old_schema())
    common = document.root.common
    assert (document.generation, common.identity) == ("2", Identity("S05000001234", "2.1.0"))
    assert (common.status, common.status_set_by, common.status_set_on) == ("6", "Stadt Musterhausen", "2020-02-03")
    assert (common.label_in, common.changed) == ("Rad anmelden", "2026-05-11T08:00:00Z")
    assert "Platzhalter D99000000001" in document.warnings[0].sentence


def test_an_output_label_of_a_schema_is_told_as_it_has_no_place() -> None:
    document = read_document(old_schema("<x:bezeichnungAusgabe>Rad</x:bezeichnungAusgabe>"))
    assert document.root.common.label_out == ""
    assert any("„bezeichnungAusgabe“ in „stammdatenschema“" in warning.sentence for warning in document.warnings)


@pytest.mark.parametrize(("word", "status"), [("aktiv", "6"), ("inVorbereitung", "2"), ("inaktiv", "7")])
def test_the_words_of_status_become_numbers(word: str, status: str) -> None:
    assert read_document(old_schema(status=word)).root.common.status == status


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(XdfRefused, match="Der Code „6“ ist für „status“ nicht bekannt"):
        read_document(old_schema(status="6"))


def test_limits_are_read_from_their_json() -> None:
    more = '<x:praezisierung>{"minLength":"1","maxLength":9,"minValue":-0.5,"pattern":"a","note":"b"}</x:praezisierung>'
    assert one_field(more)[0].precision == Precision(1, 9, Decimal("-0.5"), None, "a", "b")


@pytest.mark.parametrize("written", ["{", "[1]", "bis 9", "[" * 90000, '{"a":' * 90000, "1" * 9999])
def test_limits_that_are_no_json_are_kept_as_a_note(written: str) -> None:
    read, document = one_field(f"<x:praezisierung>{written}</x:praezisierung>")
    assert read.precision == Precision(note=written)
    assert any("ist nicht lesbar; sie wird als Notiz aufbewahrt" in warning.sentence for warning in document.warnings)


def test_unknown_limits_are_told() -> None:
    read, document = one_field('<x:praezisierung>{"laenge":"1","maxValue":{"a":1}}</x:praezisierung>')
    told = [
        warning.sentence for warning in document.warnings if "der Präzisierung ist nicht bekannt" in warning.sentence
    ]
    assert (read.precision, len(told)) == (None, 2)


def test_a_code_list_is_found_in_its_wrapping() -> None:
    more = (
        "<x:codelisteReferenz><x:identifikation><x:id>C00000007</x:id></x:identifikation><x:genericodeIdentification>"
        "<x:canonicalIdentification>urn:farbe</x:canonicalIdentification><x:version>1</x:version>"
        "<x:canonicalVersionUri>urn:farbe_1</x:canonicalVersionUri></x:genericodeIdentification></x:codelisteReferenz>"
    )
    listed = one_field(more)[0].code_list
    assert listed is not None
    assert (listed.uri, listed.version, listed.id) == ("urn:farbe", "1", "C00000007")


RULE = (
    "<x:regel><x:identifikation><x:id>R60000037</x:id><x:version>1.2</x:version></x:identifikation><x:name>Eins</x:name>"
    "<x:bezeichnungEingabe>Eins</x:bezeichnungEingabe><x:definition>Eines genügt.</x:definition>"
    "<x:status><code>aktiv</code></x:status><x:script>while(true){}</x:script></x:regel>"
)


def test_a_rule_keeps_text_and_script_and_tells_what_has_no_place() -> None:
    document = read_document(old_schema(RULE + RULE))
    rule = document.root.rules[0]
    assert (rule.identity, rule.text) == (Identity("R60000000037", "1.2.0"), "Eines genügt.")
    assert (rule.script, rule.type) == ("while(true){}", "K")
    assert [warning.sentence for warning in document.warnings if "Regel" in warning.sentence] == [
        "Das Element „status“ an 2 Regeln kennt XDatenfelder 3.0.0 dort nicht; es wurde nicht übernommen."
    ]


def test_an_old_file_is_written_as_3_0_0() -> None:
    document = read_document(old_schema(RULE + structure(old_field("F60000227"))))
    again = read_document(write_document(document))
    assert (again, again.generation, again.warnings) == (document, "3.0.0", ())


def test_a_single_group_can_be_read_too() -> None:
    old_group = old_field("G60000082", structure(old_field("F60000227"))).replace("datenfeld>", "datenfeldgruppe>", 1)
    content = f"{old_group.removesuffix('</x:datenfeld>')}</x:datenfeldgruppe>"
    for code in (coded("feldart", "select"), coded("datentyp", "text")):
        content = content.replace(code, "", 1)
    document = read_document(message(content, space=SPACE_2))
    assert [node.path for node in document.nodes()] == [("G60000000082",), ("G60000000082", "F60000000227")]
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("name", "space"),
    [
        ("stammdatenschema.0102", "urn:xoev-de:fim:standard:xdatenfelder_1"),
        ("stammdatenschema.0102001", "urn:xoev-de:fim:standard:xdatenfelder_2"),
    ],
)
def test_generation_1_is_refused_by_name(name: str, space: str) -> None:
    content = "<x:stammdatenschema><x:id>S05001234</x:id><x:version>1.0</x:version></x:stammdatenschema>"
    with pytest.raises(XdfRefused, match="Zeile 1: Die Datei ist in Generation 1 von XDatenfelder geschrieben"):
        read_document(message(content, name=name, space=space))
