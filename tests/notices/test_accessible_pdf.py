"""PDF/UA and PDF/A by the smoke test of the house, before and after the seal. veraPDF stays the judge by hand."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from functools import cache

import pikepdf
import pytest

from notices.samples import dog_letter
from stadtamt.notices.rendering import Attachment, render_pdf
from stadtamt.notices.seal import make_demo_certificate, seal_pdf

WHEN = dt.datetime(2026, 5, 9, 12, 30, tzinfo=dt.UTC)


@cache
def _file(sealed: bool) -> bytes:
    attachment = Attachment("berechnung.json", b"{}", "application/json", "Berechnung in Maschinenform")
    pdf = render_pdf(letter=dog_letter("bescheid"), attachments=[attachment], when=WHEN)
    return seal_pdf(pdf=pdf, credentials=make_demo_certificate("Wört"), reason="Bescheid", when=WHEN) if sealed else pdf


@pytest.fixture(params=[False, True], ids=["rendered", "sealed"])
def document(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(_file(request.param))) as opened:
        yield opened


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All elements of a structure tree in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kinds(document: pikepdf.Pdf) -> list[str]:
    return [str(each.S) for each in elements(document.Root.StructTreeRoot)]


def test_the_document_is_marked_titled_and_has_a_language(document: pikepdf.Pdf) -> None:
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "de"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Hundesteuerbescheid für Ihren Hund Bello"


def test_it_declares_pdf_a_3a_and_pdf_ua_1(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
    assert document.Root.OutputIntents[0].DestOutputProfile
    assert document.Root.AF[0].AFRelationship == "/Data"


def test_headings_tables_and_lists_are_what_they_look_like(document: pikepdf.Pdf) -> None:
    found = kinds(document)
    assert [kind for kind in found if kind in ("/H1", "/H2", "/H3")] == ["/H1", "/H2", "/H2", "/H2", "/H2"]
    assert found.count("/Table") == 1
    assert found.count("/TH") == 5
    assert found.count("/L") == 1
    assert found.count("/LI") == 3
    assert "/Link" in found


def test_every_picture_says_what_it_shows(document: pikepdf.Pdf) -> None:
    figures = [each for each in elements(document.Root.StructTreeRoot) if each.S == "/Figure"]
    assert len(figures) == 1
    assert "Zahlcode für Ihre Banking-App: 70,00" in str(figures[0].Alt)


def test_every_font_is_embedded_and_can_be_read_back(document: pikepdf.Pdf) -> None:
    fonts = [font for page in document.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_pages_with_fields_or_links_name_their_tab_order(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        if "/Annots" in page:
            assert page.Tabs == "/S"


def test_the_field_of_the_seal_is_printable_out_of_sight_and_has_a_name() -> None:
    with pikepdf.open(io.BytesIO(_file(True))) as document:
        [field] = document.Root.AcroForm.Fields
        assert int(field.F) & 0b111 == 0b100
        left, bottom, right, top = (float(side) for side in field.Rect)
        assert (left, bottom) == (right, top)
        assert right < 0
        assert str(field.TU) == "Elektronisches Siegel"


def test_fold_marks_and_page_numbers_are_not_read_aloud(document: pikepdf.Pdf) -> None:
    marks = [
        str(operands[1].get("/Type"))
        for operands, operator in pikepdf.parse_content_stream(document.pages[0])
        if str(operator) == "BDC" and operands[0] == "/Artifact" and isinstance(operands[1], pikepdf.Dictionary)
    ]
    assert "/Background" in marks
    assert "/Pagination" in marks
