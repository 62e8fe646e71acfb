"""The notice as a page: the same words as the PDF, accessible, without inline styles or scripts."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from lxml import html

from notices.pdf_text import text_of
from notices.samples import assessment, dog_letter, position, probe
from stadtamt.notices.composing import Letter
from stadtamt.notices.rendering import render_pdf


def page(letter: Letter, **context: Any) -> html.HtmlElement:
    return html.fromstring(render_to_string("notices/letter.html", {"letter": letter, **context}))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_block_of_the_pdf_is_on_the_page() -> None:
    letter = dog_letter("bescheid")
    shown, printed = words(page(letter)), text_of(render_pdf(letter=letter))
    for block in letter.blocks:
        for text in (getattr(block, "text", ""), getattr(block, "title", ""), *getattr(block, "items", ())):
            plain = " ".join(text.split())
            assert plain in shown
            assert plain.replace(" ", "") in printed.replace(" ", "")


def test_the_headings_make_an_outline() -> None:
    assert [each.tag for each in page(dog_letter("bescheid")).xpath("//h1|//h2|//h3")] == ["h1", "h2", "h2", "h2", "h2"]
    inside = page(dog_letter("bescheid"), level=2, sublevel=3)
    assert [each.tag for each in inside.xpath("//h1|//h2|//h3")] == ["h2", "h3", "h3", "h3", "h3"]


def test_the_table_has_a_caption_and_heads_in_both_directions() -> None:
    positions = [position(2025, 12), position(2026, 7)]
    table = page(dog_letter("bescheid", assessment=assessment(positions=positions))).find(".//table")
    assert table is not None
    assert table.findtext("caption") == "So haben wir gerechnet"
    assert [each.get("scope") for each in table.findall("thead/tr/th")] == ["col"] * 5
    assert [each.get("scope") for each in table.findall("tbody/tr/th")] == ["row", "row"]
    assert table.find("tfoot/tr/th").get("colspan") == "4"


def test_the_payment_code_is_a_picture_with_words() -> None:
    [image] = page(dog_letter("bescheid")).findall(".//img")
    assert image.get("src").startswith("data:image/svg+xml")
    assert "70,00" in image.get("alt")


def test_the_page_keeps_to_the_content_security_policy() -> None:
    element = page(dog_letter("bescheid"))
    assert element.xpath("//@style | //script | //style | //@onclick") == []
    classes = {name for value in element.xpath("//@class") for name in value.split()}
    assert {name for name in classes if not name.startswith("letter")} == set()


def test_what_a_citizen_wrote_is_never_markup() -> None:
    letter = probe(answers={"hund": {"name": "<script>alert(1)</script>"}})
    assert page(letter).xpath("//script") == []
    assert "<script>alert(1)</script>" in words(page(letter))


def test_the_page_is_german_and_names_are_left_alone_by_translators() -> None:
    element = page(dog_letter("bescheid"))
    assert element.get("lang") == "de"
    [recipient] = element.xpath("//*[@class='letter-recipient']")
    assert recipient.get("translate") == "no"
