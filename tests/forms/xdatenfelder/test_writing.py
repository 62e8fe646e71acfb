"""What is written can be read again, and says the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from forms.xdatenfelder.generated import documents
from forms.xdatenfelder.invented import coded, field, group, message, small, structure
from stadtamt.forms.xdatenfelder import XdfRefused, read_document, write_document
from stadtamt.forms.xdatenfelder.model import Common, Document, Field, Group, Identity, Structure


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_every_document_survives_being_written_and_read(document: Document) -> None:
    written = write_document(document)
    again = read_document(written)
    assert again == document
    assert write_document(again) == written


def test_lines_and_generation_do_not_make_a_difference() -> None:
    spread = message(group("G1", "\n\n" + structure(field("F1"))))
    assert read_document(spread) == read_document(small())
    assert read_document(spread).root.parts[0].element.common.line == 5


def test_a_limit_that_is_no_number_stays_as_it_was_written() -> None:
    document = read_document(small(more='<x:praezisierung minValue="1900-01-01" maxValue="9"/>'))
    written = write_document(document)
    assert b'minValue="1900-01-01"' in written
    assert read_document(written) == document


def test_parts_stand_in_the_order_of_the_library() -> None:
    more = "<x:maxSize>1</x:maxSize><x:inhalt>a</x:inhalt><x:praezisierung minLength='1'/><x:vorbefuellung>"
    root = etree.fromstring(write_document(read_document(small(more=f"{more}<code>keine</code></x:vorbefuellung>"))))
    (written,) = root.iter("{*}datenfeld")
    assert [etree.QName(child).localname for child in written] == [
        *("identifikation", "name", "freigabestatus", "bezeichnungEingabe", "feldart", "datentyp"),
        *("praezisierung", "inhalt", "vorbefuellung", "maxSize"),
    ]


def test_codes_name_their_lists() -> None:
    root = etree.fromstring(write_document(read_document(small())))
    (kind,) = root.iter("{*}feldart")
    assert kind.get("listURI") == "urn:xoev-de:fim:codeliste:xdatenfelder.feldart"
    assert kind.get("listVersionID") == "2.0"
    assert [(child.tag, child.text) for child in kind] == [("code", "input")]


def test_signs_that_xml_cannot_carry_are_refused() -> None:
    common = Common(Identity("G1"), "A", status="3", label_in="\x07")
    with pytest.raises(XdfRefused, match="Steuerzeichen"):
        write_document(Document("3.0.0", "n", "", Group(common)))


def test_a_document_made_by_hand_can_be_written_and_read() -> None:
    element = Field(Common(Identity("F1"), "Farbe", label_in="Farbe"))
    document = Document(
        "3.0.0", "n", "2026", Group(Common(Identity("G1"), "Rad"), parts=(Structure(0, None, element),))
    )
    again = read_document(write_document(document))
    assert again == document
    assert {warning.sentence for warning in again.warnings} == {
        "Im Element „datenfeld“ fehlt „freigabestatus“.",
        "Im Element „datenfeldgruppe“ fehlt „freigabestatus“.",
        "Im Element „datenfeldgruppe“ fehlt „bezeichnungEingabe“.",
    }


def test_an_exclusive_group_stays_one() -> None:
    written = write_document(read_document(message(group("G1", more=coded("art", "X")))))
    assert isinstance(root := read_document(written).root, Group)
    assert root.art == "X"
