"""A large file is walked through: its elements come one by one and are freed, and nothing hostile comes at all."""

import pytest

from stadtamt.kernel.xml import XmlRefused, iterate_xml


def walked(data: bytes, *tags: str, max_signs: int = 1_000_000) -> list[tuple[str, str, str | None]]:
    events = iterate_xml(data, tags=tags, max_signs=max_signs)
    return [(event, str(element.tag), element.text if event == "end" else None) for event, element in events]


def test_the_root_and_the_elements_asked_for_come_in_order() -> None:
    data = b"<r><a>1</a><b>2</b><c><a>3</a></c></r>"
    assert walked(data, "a") == [
        ("start", "r", None),
        ("start", "a", None),
        ("end", "a", "1"),
        ("start", "a", None),
        ("end", "a", "3"),
        ("end", "r", None),
    ]


def test_a_name_can_be_asked_for_in_any_namespace() -> None:
    data = b'<r xmlns="urn:r" xmlns:s="urn:s"><a/><s:a/></r>'
    assert [tag for event, tag, _ in walked(data, "{*}a") if event == "end"] == ["{urn:r}a", "{urn:s}a", "{urn:r}r"]


def test_what_was_looked_at_is_freed_and_what_was_not_asked_for_stays() -> None:
    data = b"<r><a n='1'><b/>x</a>y<c>z</c></r>"
    for event, element in iterate_xml(data, tags=("a",)):
        if (event, element.tag) == ("end", "r"):
            first, second = element
            assert (len(first), first.text, dict(first.attrib), first.tail) == (0, None, {}, "y")
            assert second.text == "z"
    assert len(element) == 0


def test_texts_longer_than_a_piece_of_the_file_stay_whole() -> None:
    long = "ä€𝔸" * 50_000
    data = f"\ufeff<?xml version='1.0' encoding='UTF-8'?><!-- {long} --><r><a>{long}</a>{long}<a/></r>".encode()
    assert walked(data, "a")[2] == ("end", "a", long)
    assert walked(data, "a")[-1] == ("end", "r", None)


@pytest.mark.parametrize(
    ("data", "sentence", "line"),
    [
        (b"", "leer", 1),
        (b"<r>\n&unbekannt;</r>", "nicht wohlgeformt (Zeile 2): ein K", 2),
        (b"\n<!DOCTYPE r><r/>", "DOCTYPE, Zeile 2", 2),
        (b"<!--" + b" " * 70_000 + b"--><!DOCTYPE r><r/>", "DOCTYPE", 1),
        (b"<r>\n<b></r>", "nicht wohlgeformt (Zeile 2): ein Element", 2),
        (b"<r><a/>", "endet zu fr", 1),
        (b"<r>" + b" " * 70_000, "endet zu fr", 1),
        (b"<r/>" + b" " * 70_000 + b"<r/>", "nach dem Ende folgt noch etwas", 1),
        (b"<!-- nur -->", "endet zu fr", 1),
        (b"<r>\0</r>", "UTF-8", 1),
        (b"<r>" * 257 + b"</r>" * 257, "tiefer als 256 Ebenen", 1),
        (b'<r>\n<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="a"/></r>', "XInclude, Zeile 2", 2),
        (b"<r>" + b"a" * 10_000_001 + b"</r>", "ein Teil ist zu gro", 1),
    ],
)
def test_hostile_and_broken_files_are_refused_on_the_way(data: bytes, sentence: str, line: int) -> None:
    with pytest.raises(XmlRefused) as caught:
        walked(data, "a")
    assert sentence in caught.value.sentence
    assert caught.value.line == line


def test_size_elements_and_attributes_are_bounded() -> None:
    with pytest.raises(XmlRefused, match=r"größer als 20\.000\.000 Bytes"):
        walked(b" " * 20_000_001)
    for data in (b"<r>" + b"<a/>" * 9 + b"</r>", b"<r a='' b='' c='' d='' e='' f=''/>"):
        with pytest.raises(XmlRefused, match="zu viele Elemente oder Attribute"):
            walked(data, max_signs=10)
    assert len(walked(b"<r a='' b='' c='' d='' e=''><a/><a/></r>", "a", max_signs=10)) == 6
