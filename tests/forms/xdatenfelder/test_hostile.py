"""Files made to do harm end with a sentence, in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.xdatenfelder.invented import field, group, message, old_field, old_schema, small, structure
from stadtamt.forms.xdatenfelder import XdfRefused, read_document

LAUGHS = b'<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;&b;&b;">]>\n'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>\n'
INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
FILE = small(more="<x:inhalt>Grün &amp; Blau</x:inhalt><x:praezisierung maxLength='9'/>")
OLD_FILE = old_schema(structure(old_field("F60000227", '<x:praezisierung>{"minLength":"1"}</x:praezisierung>')))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (LAUGHS + FILE.replace(b"&amp;", b"&c;"), "Zeile 1: Die XML-Datei enthält eine Dokumenttyp-Angabe"),
        (OUTSIDE + FILE.replace(b"&amp;", b"&b;"), "Zeile 1: Die XML-Datei enthält eine Dokumenttyp-Angabe"),
        (small(more=INCLUDE), "Zeile 3: Die XML-Datei bindet eine andere Datei ein (XInclude)"),
        (small(more="<x:neu>" * 300 + "</x:neu>" * 300), "Zeile 3: Die XML-Datei ist tiefer als 256 Ebenen"),
        (small(more=f"<x:inhalt a='{'a' * 11_000_000}'/>"), "ein Teil ist zu groß"),
        (FILE.replace(b"Gr", b"Gr\0"), "Zeile 1: Die XML-Datei muss in UTF-8"),
        (FILE.replace(b"Gr", b"Gr\xff"), "Zeile 3: Die XML-Datei muss in UTF-8"),
        (FILE.decode().encode("utf-16"), "Zeile 1: Die XML-Datei muss in UTF-8"),
        (FILE[:-40], "Zeile 3: Die XML-Datei ist nicht wohlgeformt"),
        (FILE + b"<a/>", "nach dem Ende folgt noch etwas"),
        (FILE.replace(b"&amp;", b"&unbekannt;"), "Zeile 3: Die XML-Datei ist nicht wohlgeformt"),
        (b"", "Die XML-Datei ist leer"),
        (b"hallo", "hier steht kein XML"),
        (b" " * 20_000_001, "größer als 20.000.000 Bytes"),
        (small(more="<x:neu/>" * 1_000_000), "zu viele Elemente oder Attribute"),
    ],
)
def test_what_is_hostile_or_broken_is_refused(data: bytes, sentence: str) -> None:
    begin = time.monotonic()
    with pytest.raises(XdfRefused) as caught:
        read_document(data)
    assert sentence in str(caught.value)
    assert time.monotonic() - begin < 10


def test_a_smaller_bound_can_be_asked_for() -> None:
    with pytest.raises(XdfRefused, match="größer als 99 Bytes"):
        read_document(FILE, max_bytes=99)


def test_comments_and_instructions_split_no_text() -> None:
    data = FILE.replace(b" &amp; ", b"<!-- x --> &amp;<?php x?> ")
    assert read_document(data) == read_document(FILE)


def read_or_refused(data: bytes) -> None:
    refusal: XdfRefused | None = None
    try:
        read_document(data)
    except XdfRefused as fault:
        refusal = fault
    assert refusal is None or (refusal.line >= 1 and refusal.sentence.endswith("."))


@settings(max_examples=400, deadline=2000, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from((FILE, OLD_FILE)),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=6)), min_size=1, max_size=4),
)
def test_any_change_of_bytes_is_read_or_refused(data: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    for place, length, instead in changes:
        begin = place % len(data)
        data = data[:begin] + instead + data[begin + length :]
    read_or_refused(data)


PIECES = st.sampled_from(
    (
        *("<x:struktur>", "</x:struktur>", "<x:enthaelt>", "</x:enthaelt>", "<x:anzahl>0:1</x:anzahl>", "<x:regel/>"),
        *(field("F1"), group("G1"), structure(field("F2")), structure(group("G2")), "<x:relation/>", "Text"),
        *("<x:datenfeldgruppe>", "</x:datenfeldgruppe>", "<neu>", "</neu>", "<x:werte/>", "<x:bezug>a</x:bezug>"),
    )
)


@settings(max_examples=400, deadline=2000, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=12))
def test_any_heap_of_known_elements_is_read_or_refused(pieces: list[str]) -> None:
    read_or_refused(message("".join(pieces)))
    read_or_refused(message(group("G1", "".join(pieces))))
