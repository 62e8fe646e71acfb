"""The letters of names, held against the published list of String.Latin+ 1.2 (DIN 91379)."""

from __future__ import annotations

import unicodedata

import pytest

from stadtamt.forms.schema.din91379 import LETTERS, SEQUENCES, SIGNS, foreign_signs
from stadtamt.kernel.xml import parse_xml
from support.real import real_file

SPACE = "{http://xoev.de/latinchars}"


def published(kind: str, group: str) -> set[str]:
    root = parse_xml(real_file("codelists/din91379-latinchars.xml").read_bytes())
    return {
        "".join(chr(int(point, 16)) for point in (entry.findtext(f"{SPACE}cp") or "").split())
        for entry in root.iter(f"{SPACE}{kind}")
        if entry.get("group") == group
    }


@pytest.mark.real_data
def test_the_letters_are_those_of_the_list() -> None:
    assert published("char", "bll") == LETTERS


@pytest.mark.real_data
def test_the_sequences_are_those_of_the_list() -> None:
    assert {unicodedata.normalize("NFC", entry) for entry in published("sequence", "bll")} == SEQUENCES


@pytest.mark.real_data
def test_the_other_signs_are_those_that_names_need() -> None:
    assert published("char", "bnlreq") == SIGNS


def test_there_are_as_many_as_the_standard_counts() -> None:
    assert (len(LETTERS), len(SEQUENCES), len(SIGNS)) == (499, 147, 18)


def test_every_letter_and_sequence_alone_is_a_name() -> None:
    assert not [sign for sign in LETTERS | SEQUENCES | SIGNS if foreign_signs(sign)]


def test_every_letter_is_composed_already() -> None:
    """Names are stored composed; a letter that composing changes could never be typed."""
    changed = [sign for sign in LETTERS | SEQUENCES | SIGNS if unicodedata.normalize("NFC", sign) != sign]
    assert not changed


@pytest.mark.parametrize("text", ["\u0308", "a\u0336", "ж", "€", "1", "\u212b\u0489"])
def test_what_is_not_in_the_list_is_named_once(text: str) -> None:
    assert len(foreign_signs(text * 3)) == 1
