"""Reads XML from strangers: UTF-8 only, no document type, no entities, no network, bounded in size and depth.

A first pass by expat refuses what is dangerous at the byte where it begins, before anything is built; then lxml builds
the tree. XInclude is refused; comments and processing instructions are dropped. Large files are walked instead
(:func:`iterate_xml`): expat sees what stands before the root, libxml2 keeps its own bounds, and a sentence is looked
for only when it gives up.
"""

import re
from collections.abc import Collection, Iterator
from typing import cast
from xml.parsers import expat

from lxml import etree

_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_XINCLUDE = "http://www.w3.org/2001/XInclude "
_XINCLUDED = "{http://www.w3.org/2001/XInclude}*"
_CHUNK = 65_536
_DEEPEST = 256  # what libxml2 allows without its option for huge trees
_FAULTS = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: "die Datei endet zu früh",
    expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: "ein Element wird anders geschlossen als geöffnet",
    expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]: (
        "ein Zeichen ist hier nicht erlaubt; in Texten und Ausdrücken schreibt man < als &lt; und & als &amp;"
    ),
    expat.errors.codes[expat.errors.XML_ERROR_SYNTAX]: "hier steht kein XML",
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: "eine Klammer wird nicht geschlossen",
    expat.errors.codes[expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: "ein Attribut steht zweimal da",
    expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: "nach dem Ende folgt noch etwas",
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "ein Kürzel mit „&“ ist nicht bekannt",
    expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]: "ein Präfix ist keinem Namensraum zugeordnet",
}


class XmlRefused(Exception):
    """Die XML-Datei wird nicht angenommen."""

    def __init__(self, sentence: str, *, line: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


def parse_xml(data: bytes, *, max_bytes: int = 5_000_000, max_depth: int = 100) -> etree._Element:
    """The root element; XmlRefused with a sentence and a line for anything hostile, broken or too large."""
    _check_size(data, max_bytes)
    _check_encoding(data)
    _first_pass(data, max_depth)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise _broken("der Aufbau stimmt nicht", fault.lineno or 1) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(1)
    return root


def iterate_xml(
    data: bytes, *, tags: Collection[str], max_bytes: int = 20_000_000, max_signs: int = 1_000_000
) -> Iterator[tuple[str, etree._Element]]:
    """("start" | "end", element) for the root and for every element with one of the `tags` ("{*}a": any namespace).

    At "start" only the name, the attributes and the ancestors are known. After "end" has been looked at, the content of
    the element is freed: keep no part of it (freeing is slow as long as one is held). `max_signs` bounds how often
    < may occur, and = half as often, and so elements, attributes and memory. XmlRefused as for :func:`parse_xml`, at
    the latest when the walk comes to its end.
    """
    _check_size(data, max_bytes)
    _check_encoding(data)
    if data.count(b"<") > max_signs or data.count(b"=") > max_signs // 2:
        raise XmlRefused("Die XML-Datei hat zu viele Elemente oder Attribute.")
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=(*tags, _root_tag(data), _XINCLUDED),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for begin in range(0, len(data), _CHUNK):
        try:
            parser.feed(data[begin : begin + _CHUNK])
            if begin + _CHUNK >= len(data):
                parser.close()
        except etree.XMLSyntaxError as fault:
            raise _explained(data, fault) from fault
        for event, element in parser.read_events():
            if not isinstance(element, etree._Element):  # only of other events than these two
                continue
            if str(element.tag).startswith(_XINCLUDED[:-1]):
                raise _included(cast("int | None", element.sourceline) or 1)
            yield event, element
            if event == "end":
                element.clear(keep_tail=True)  # type: ignore[call-arg] # the tail may still be growing


def _root_tag(data: bytes) -> str:
    """The name of the root as lxml writes it; reads no further than it must, and refuses a document type before it."""
    parser = expat.ParserCreate("utf-8", "}")
    found: list[str] = []

    def refuse(*_: object) -> None:
        raise _doctype(parser.CurrentLineNumber)

    parser.StartElementHandler = lambda name, _: found.append(name)
    parser.StartDoctypeDeclHandler = refuse
    try:
        for begin in range(0, len(data), _CHUNK):
            parser.Parse(data[begin : begin + _CHUNK], begin + _CHUNK >= len(data))
            if found:
                break
    except expat.ExpatError as fault:
        raise _broken(_FAULTS.get(fault.code, "der Aufbau stimmt nicht"), fault.lineno) from fault
    return f"{{{found[0]}" if "}" in found[0] else found[0]


def _explained(data: bytes, fault: etree.XMLSyntaxError) -> XmlRefused:
    try:
        _first_pass(data, _DEEPEST)
    except XmlRefused as refused:
        return refused
    return _broken("ein Teil ist zu groß, oder der Aufbau stimmt nicht", fault.lineno or 1)


def _check_size(data: bytes, max_bytes: int) -> None:
    if len(data) > max_bytes:
        raise XmlRefused(f"Die XML-Datei ist größer als {max_bytes:,} Bytes.".replace(",", "."))


def _check_encoding(data: bytes) -> None:
    if not data.strip():
        raise XmlRefused("Die XML-Datei ist leer.")
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")) or name not in ("utf-8", "utf8", "us-ascii"):
        raise XmlRefused("Die XML-Datei muss in UTF-8 gespeichert sein.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise XmlRefused(f"Die XML-Datei muss in UTF-8 gespeichert sein (Zeile {line}).", line=line) from fault


def _first_pass(data: bytes, max_depth: int) -> None:
    parser = expat.ParserCreate("utf-8", " ")
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > max_depth:
            line = parser.CurrentLineNumber
            sentence = f"Die XML-Datei ist tiefer als {max_depth} Ebenen verschachtelt (Zeile {line})."
            raise XmlRefused(sentence, line=line)
        if name.startswith(_XINCLUDE):
            raise _included(parser.CurrentLineNumber)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise _doctype(parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        raise _broken(_FAULTS.get(fault.code, "der Aufbau stimmt nicht"), fault.lineno) from fault


def _doctype(line: int) -> XmlRefused:
    return XmlRefused(
        f"Die XML-Datei enthält eine Dokumenttyp-Angabe (DOCTYPE, Zeile {line}); das ist nicht erlaubt.", line=line
    )


def _included(line: int) -> XmlRefused:
    return XmlRefused(
        f"Die XML-Datei bindet eine andere Datei ein (XInclude, Zeile {line}); das ist nicht erlaubt.", line=line
    )


def _broken(what: str, line: int) -> XmlRefused:
    return XmlRefused(f"Die XML-Datei ist nicht wohlgeformt (Zeile {line}): {what}.", line=line)
