"""XML from strangers is read without harm or refused with a sentence."""

import pytest

from stadtamt.kernel.xml import XmlRefused, parse_xml

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [ <!ENTITY lol "lol"> <!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;"> ]>
<lolz>&lol1;</lolz>"""


@pytest.mark.parametrize(
    ("data", "sentence", "line"),
    [
        (b"", "leer", 1),
        (b" \n ", "leer", 1),
        (LAUGHS, "DOCTYPE", 2),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "DOCTYPE", 1),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1/">]><a>&x;</a>', "DOCTYPE", 1),
        (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]><a/>', "DOCTYPE", 1),
        (b"<a>\n&unbekannt;</a>", "nicht wohlgeformt (Zeile 2): ein K", 2),
        (b"<a>\n<b></a>", "nicht wohlgeformt (Zeile 2): ein Element", 2),
        (b"<a/><b/>", "nach dem Ende folgt noch etwas", 1),
        (b"<a x='1' x='2'/>", "zweimal", 1),
        (b"<x:a/>", "Namensraum", 1),
        (b"<a>", "endet zu fr", 1),
        (b"hallo", "kein XML", 1),
        ("<a>ä</a>".encode("utf-16"), "UTF-8", 1),
        ("<a>ä</a>".encode("utf-16-le"), "UTF-8", 1),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe4</a>', "UTF-8", 1),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "UTF-8", 1),
        (b"<?xml version='1.0' encoding='cp037'?><a/>", "UTF-8", 1),
        (b"<a>\n\n\xff</a>", "UTF-8 gespeichert sein (Zeile 3)", 3),
        (b"<a>\0</a>", "UTF-8", 1),
        (b"<a>" * 101 + b"</a>" * 101, "tiefer als 100 Ebenen", 1),
    ],
)
def test_hostile_and_broken_files_are_refused(data: bytes, sentence: str, line: int) -> None:
    with pytest.raises(XmlRefused) as caught:
        parse_xml(data)
    assert sentence in caught.value.sentence
    assert caught.value.line == line


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(XmlRefused, match=r"größer als 5\.000\.000 Bytes"):
        parse_xml(b"<" * 5_000_001)
    assert parse_xml(b"<a/>", max_bytes=4).tag == "a"


def test_depth_is_counted_not_elements() -> None:
    assert len(parse_xml(b"<a>" + b"<b/>" * 5000 + b"</a>")) == 5000
    assert parse_xml(b"<a>" * 100 + b"</a>" * 100).tag == "a"
    with pytest.raises(XmlRefused, match="tiefer als 2 Ebenen"):
        parse_xml(b"<a><b><c/></b></a>", max_depth=2)


def test_comments_and_instructions_are_dropped() -> None:
    root = parse_xml(b"<?eins?><!-- zwei --><a><!-- drei --><b/><?vier?></a>")
    assert [child.tag for child in root.iter()] == ["a", "b"]


def test_an_include_of_another_file_is_refused() -> None:
    data = b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>'
    with pytest.raises(XmlRefused, match="XInclude, Zeile 1"):
        parse_xml(data)


def test_letters_cdata_and_a_byte_order_mark_survive() -> None:
    data = "\ufeff<?xml version='1.0' encoding='UTF-8'?><a n='Ǧ'><![CDATA[<!DOCTYPE ẞ &]]></a>".encode()
    root = parse_xml(data)
    assert (root.text, root.get("n")) == ("<!DOCTYPE ẞ &", "Ǧ")
