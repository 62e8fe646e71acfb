"""Every letter of DIN 91379 can be written (C19): names survive from the form to the letter."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from notices.pdf_text import text_of
from notices.samples import decision, probe
from stadtamt.notices.rendering import render_pdf
from stadtamt.notices.rendering.pool import FONTS

REAL = Path(os.environ.get("STADTAMT_REAL_DATA", Path(__file__).parents[3] / "shared" / "real"))
LIST = REAL / "codelists" / "din91379-latinchars.xml"
GROUNDS = '{letter: probe, subject: Namen, blocks: [{kind: paragraph, text: "{decision.grounds}"}]}'
NORMATIVE = ("bll", "bnlreq", "bnl", "bnlopt", "bnlnot", "dc")

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not LIST.exists(), reason="STADTAMT_REAL_DATA names no folder with codelists/din91379-latinchars.xml"
    ),
]


def signs(*groups: str) -> list[str]:
    """The characters and sequences of the groups, without the controls."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    entries = etree.parse(LIST, parser).getroot().iterfind("{*}*[@group]")
    found = [
        "".join(chr(int(part, 16)) for part in each.findtext("{*}cp").split())
        for each in entries
        if each.get("group") in groups
    ]
    return [sign for sign in found if not unicodedata.category(sign[0]).startswith("C")]


@pytest.mark.parametrize("cut", ["Regular", "Bold"])
def test_no_letter_of_a_european_name_is_missing(cut: str) -> None:
    known = TTFont(FONTS / f"NotoSans-{cut}.ttf").getBestCmap()
    wanted = signs(*NORMATIVE, "gl", "cl")
    assert len(wanted) > 800
    assert [sign for sign in wanted if any(ord(part) not in known for part in sign)] == []


def test_the_letters_come_out_of_the_pdf_as_they_went_in() -> None:
    wanted = [sign for sign in signs("bll") if unicodedata.normalize("NFC", sign) == sign]
    letter = probe(GROUNDS, decision=decision(grounds=" ".join(wanted)))
    found = text_of(render_pdf(letter=letter))
    assert len(wanted) > 600
    # Typst names a sequence whose mark sits raised twice, once for each glyph; nothing is lost or exchanged by it.
    assert [
        sign for sign in wanted if sign not in found.split() and f"{sign}{sign}" not in found.replace(" ", "")
    ] == []
    assert [sign for sign in wanted if len(sign) == 1 and sign not in found.split()] == []
