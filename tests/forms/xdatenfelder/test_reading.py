"""Generation 3.0.0: everything named arrives, everything unknown is told, everything doubtful is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.xdatenfelder.invented import coded, field, group, message, small, structure
from stadtamt.forms.xdatenfelder import XdfRefused, read_document
from stadtamt.forms.xdatenfelder.model import (
    CodeListReference,
    Field,
    Group,
    Identity,
    Keyword,
    Precision,
    Reference,
    Relation,
    Value,
)


def only_field(data: bytes) -> Field:
    root = read_document(data).root
    assert isinstance(root.parts[0].element, Field)
    return root.parts[0].element


def test_a_group_is_read_with_its_places() -> None:
    inner = group("G2", structure(field("F1"), "2:5"), coded("art", "X"))
    document = read_document(message(group("G1", structure(inner, "1:*") + structure(field("F2")))))
    assert [(node.path, node.structure.least, node.structure.most) for node in document.nodes()] == [
        (("G1",), 1, 1),
        (("G1", "G2"), 1, None),
        (("G1", "G2", "F1"), 2, 5),
        (("G1", "F2"), 0, 1),
    ]
    assert isinstance(document.root, Group)
    assert isinstance(inner_group := document.root.parts[0].element, Group)
    assert (document.generation, document.message_id, inner_group.art) == ("3.0.0", "n1", "X")


def test_a_field_keeps_its_limits() -> None:
    limits = 'minLength="1" maxLength="9" minValue="-1.50" maxValue="7" pattern=" a+"'
    more = f"<x:praezisierung {limits}>Ganz</x:praezisierung>"
    assert only_field(small(more=more)).precision == Precision(1, 9, Decimal("-1.5"), Decimal(7), " a+", "Ganz")
    assert only_field(small(more="<x:praezisierung/>")).precision is None


def test_a_limit_that_is_no_number_is_kept_and_told() -> None:
    document = read_document(small(more='<x:praezisierung minValue="1900-01-01" maxLength="9e9"/>'))
    read = document.root.parts[0].element
    assert isinstance(read, Field)
    assert read.precision == Precision(unread=(("maxLength", "9e9"), ("minValue", "1900-01-01")))
    assert [warning.sentence[:20] for warning in document.warnings] == ["„9e9“ in „maxLength“", "„1900-01-01“ in „min"]


def test_values_files_and_keys_are_read() -> None:
    more = (
        "<x:werte><x:wert><x:code>a</x:code><x:name>Rot</x:name><x:hilfe>wie Feuer</x:hilfe></x:wert>"
        "<x:wert><x:code>b</x:code><x:name/></x:wert></x:werte><x:codeKey>k</x:codeKey>"
        "<x:maxSize>20000</x:maxSize><x:mediaType>image/png</x:mediaType><x:mediaType>image/jpeg</x:mediaType>"
    )
    read = only_field(small(more=more))
    assert read.values == (Value("a", "Rot", "wie Feuer"), Value("b", ""))
    assert (read.code_key, read.max_size, read.media_types) == ("k", 20000, ("image/png", "image/jpeg"))


def test_a_code_list_is_referred_to() -> None:
    more = (
        "<x:codelisteReferenz><x:canonicalIdentification>urn:farbe</x:canonicalIdentification><x:version>2</x:version>"
        "<x:canonicalVersionUri>urn:farbe_2</x:canonicalVersionUri></x:codelisteReferenz>"
    )
    assert only_field(small(more=more)).code_list == CodeListReference("urn:farbe", "2", "urn:farbe_2")


def test_references_keywords_and_relations_are_read_with_their_addresses() -> None:
    more = (
        '<x:bezug link="https://example.org/1">§ 1</x:bezug><x:bezug/><x:bezug>  § 2\n</x:bezug>'
        '<x:stichwort uri="u">Rad</x:stichwort>'
        "<x:relation><x:praedikat><code>ABL</code></x:praedikat><x:objekt><x:id>F9</x:id></x:objekt></x:relation>"
        "<x:relation> <x:praedikat><x:code>ERS</x:code></x:praedikat><x:objekt><x:id>F8</x:id>"
        "<x:version>1.1.0</x:version></x:objekt></x:relation>"
    )
    common = only_field(small(more=more)).common
    assert common.references == (Reference("§ 1", "https://example.org/1"), Reference("§ 2"))
    assert common.keywords == (Keyword("Rad", "u"),)
    assert common.relations == (Relation("ABL", Identity("F9")), Relation("ERS", Identity("F8", "1.1.0")))


def test_a_rule_keeps_its_words_and_its_script_unrun() -> None:
    more = (
        "<x:regel><x:identifikation><x:id>R1</x:id></x:identifikation><x:name>Farbe</x:name>"
        f"<x:freitextRegel>WENN F1 = 1, DANN F2</x:freitextRegel>{coded('typ', 'K')}<x:skript>1/0</x:skript></x:regel>"
    )
    (rule,) = only_field(small(more=more)).rules
    assert (rule.identity.id, rule.text, rule.type, rule.script) == ("R1", "WENN F1 = 1, DANN F2", "K", "1/0")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("\n<x:neu>Wert</x:neu>", "Das Element „neu“ in „datenfeld“ ist nicht bekannt („Wert“); es wurde nicht"),
        ("\n<y:inhalt xmlns:y='urn:y'/>", "Das Element „inhalt“ in „datenfeld“ ist nicht bekannt; es wurde nicht"),
        ("\n<x:inhalt art='a'>b</x:inhalt>", "Das Attribut „art“ am Element „inhalt“ ist nicht bekannt"),
        ("\n<x:werte neu='1'/>", "Das Attribut „neu“ („1“) am Element „werte“ ist nicht bekannt"),
        ("\n<x:inhalt>a<b>b</b>c</x:inhalt>", "Im Text von „inhalt“ steht das Element „b“; nur sein Text"),
        ("\n<x:werte>lose</x:werte>", "Im Element „werte“ steht Text, der dort nicht hingehört: „lose“"),
        ("\n<x:inhalt/><x:inhalt>a</x:inhalt>", "Das Element „inhalt“ steht zweimal da, einmal leer"),
        ("\n<x:codelisteReferenz/>", "Der Verweis auf eine Codeliste nennt keine Kennung"),
        ("\n<x:maxSize>5 MB</x:maxSize>", "„5 MB“ in „maxSize“ ist keine ganze Zahl"),
        ("\n<x:vorbefuellung><code>bald</code></x:vorbefuellung>", "Der Code „bald“ ist für „vorbefuellung“ nicht"),
        ("\n<x:struktur/>", "Das Element „struktur“ in „datenfeld“ ist nicht bekannt"),
        ("\n<x:neu><x:struktur/></x:neu>", "Das Element „neu“ in „datenfeld“ ist nicht bekannt"),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(more: str, sentence: str) -> None:
    document = read_document(small(more=more))
    assert [(warning.line, warning.sentence.startswith(sentence)) for warning in document.warnings] == [(4, True)]
    assert len(list(document.nodes())) == 2


def test_text_around_an_unknown_element_is_kept() -> None:
    assert only_field(small(more="<x:inhalt>Rot <b>oder</b> blau</x:inhalt>")).content == "Rot oder blau"


@pytest.mark.parametrize("times", ["5:2", "x:1", "1", "", "-1:1", "1:", "1:**", "1 :2", "9999999:*"])
def test_an_impossible_number_of_times_is_refused(times: str) -> None:
    with pytest.raises(XdfRefused, match=r"^Zeile 3: („.*“ ist keine Anzahl|Die Anzahl)"):
        read_document(small(times))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (group("", structure(field("F1"))), "Die Id ist leer."),
        (group("F 1"), "„F 1“ ist keine Id"),
        (group("../x"), "„../x“ ist keine Id"),
        ("<x:datenfeldgruppe><x:name>A</x:name></x:datenfeldgruppe>", "fehlt „identifikation“"),
        (group("G1", "<x:name>Zweiter</x:name>"), "Das Element „name“ steht zweimal da"),
        (group("G1", "<x:definition/><x:definition/>"), "Das Element „definition“ steht zweimal da"),
        (group("G1", structure(field("F1", kind="knopf"))), "Der Code „knopf“ ist für „feldart“ nicht bekannt"),
        (group("G1", structure(field("F1", data_type="geld"))), "Der Code „geld“ ist für „datentyp“ nicht bekannt"),
        (group("G1", structure("")), "enthält weder Datenfeld noch Datenfeldgruppe"),
        (group("G1", structure(field("F1") + field("F2"))), "Das Element „datenfeld“ steht zweimal da"),
        (group("G1", structure(field("F1") + group("G2"))), "Das Element „datenfeldgruppe“ steht zweimal da"),
        (group("G1", "<x:struktur/>"), "Im Element „struktur“ fehlt „anzahl“"),
        (group("G1") + group("G2"), "Das Element „datenfeldgruppe“ steht zweimal da"),
        ("", "fehlt „datenfeldgruppe“"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_line_and_reason(content: str, sentence: str) -> None:
    with pytest.raises(XdfRefused) as caught:
        read_document(message(content))
    assert sentence in caught.value.sentence
    assert caught.value.line == (3 if content else 1)


def test_other_messages_and_unknown_namespaces_are_refused() -> None:
    with pytest.raises(XdfRefused, match="Dokumentsteckbrief; er beschreibt keine Felder"):
        read_document(message("", name="dokumentsteckbrief.0101"))
    with pytest.raises(XdfRefused, match=r"Die Nachricht „xdatenfelder\.codeliste\.0104“ wird nicht gelesen"):
        read_document(message("", name="codeliste.0104"))
    with pytest.raises(XdfRefused, match="Der Namensraum „urn:y“ ist nicht bekannt"):
        read_document(message("", space="urn:y"))
    with pytest.raises(XdfRefused, match="nennt keinen Namensraum"):
        read_document(b"<struktur/>")


def test_an_empty_code_of_prefilling_means_none() -> None:
    assert only_field(small(more=coded("vorbefuellung", ""))).prefill == only_field(small()).prefill == "keine"


def test_twins_in_one_place_are_told() -> None:
    document = read_document(message(group("G1", structure(field("F1")) + structure(field("F1")))))
    assert [warning.sentence[:2] for warning in document.warnings] == ["F1"]


def test_a_place_outside_of_the_group_does_not_count() -> None:
    document = read_document(message(group("G1") + structure(field("F1"))))
    assert [node.path for node in document.nodes()] == [("G1",)]
    assert "„struktur“" in document.warnings[0].sentence


def test_fields_and_depth_are_bounded() -> None:
    with pytest.raises(XdfRefused, match="mehr als 5000 Felder und Gruppen"):
        read_document(message(group("G1", structure(field("F1")) * 5001)))
    deep = field("F1")
    for number in range(41):
        deep = group(f"G{number}", structure(deep))
    with pytest.raises(XdfRefused, match="tiefer als 40 Ebenen"):
        read_document(message(deep))


def test_warnings_are_bounded() -> None:
    document = read_document(small(more="<x:neu/>" * 2000))
    assert len(document.warnings) == 501
    assert document.warnings[-1].sentence.startswith("Es gibt mehr als 500 Hinweise")


def test_the_prefix_does_not_matter() -> None:
    plain = small().decode().replace("xmlns:x=", "xmlns=").replace("x:", "").encode()
    assert b"<datenfeld>" in plain
    assert read_document(plain) == read_document(small())
