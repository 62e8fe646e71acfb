"""The public lists: all are read, and what people type finds what they mean, quickly."""

from __future__ import annotations

import time
from datetime import date
from functools import cache

import pytest

from stadtamt.forms.codelists import (
    CodeList,
    CodeListRefused,
    Entry,
    Index,
    exact,
    from_data,
    read_genericode,
    search,
    to_data,
)
from stadtamt.forms.codelists.folding import plain
from support.real import real_file

pytestmark = pytest.mark.real_data

AGS = "AGS_2026-04-30"
DISTRICTS = "Kreis_2026-01-31"
STATES = "DESTATIS Staatenliste_2024-08-01"
NATIONALITIES = "DESTATIS Staatsangehörigkeit_2024-08-01"
FORMS = "Rechtsformen_2.4"
# name of the file: entries, column of the codes, column of the names
LISTS = {
    AGS: (11_227, "SCHLUESSEL", "Bezeichnung"),
    "Bundesland_2010-04-01": (16, "SCHLUESSEL", "Bezeichnung"),
    STATES: (197, "schluessel-staat", "suchbegriff"),
    NATIONALITIES: (211, "DESTATIS-Schluessel-Staatsangehoerigkeit", "Staatsangehoerigkeit"),
    "DSMeld Pass- und Ausweisdokumente (Anlage 3 des DSMeld)_5": (15, "key", "name"),
    "DSMeld_Familienstand_(DSMeld-Blatt_1401)_2": (10, "key", "name"),
    DISTRICTS: (518, "SCHLUESSEL", "Bezeichnung"),
    FORMS: (174, "Code", "Bezeichnung-lang"),
    "XInneres Geschlecht_1": (4, "code", "beschreibung"),
}


@cache
def real(name: str) -> CodeList:
    return read_genericode(real_file(f"codelists/{name}.xml").read_bytes())


def slowest(entries: tuple[Entry, ...], words: list[str]) -> float:
    """Seconds of the slowest word, at its best of three new indexes: they remember nothing, and the machine is busy."""
    indexes = [Index(entries) for _ in range(3)]

    def once(index: Index, word: str) -> float:
        index.search("Xyxyxy")
        start = time.thread_time()
        index.search(word)
        return time.thread_time() - start

    return max(min(once(index, word) for index in indexes) for word in words)


@pytest.mark.parametrize("name", LISTS)
def test_a_real_list_is_read_with_its_columns(name: str) -> None:
    read = real(name)
    assert (len(read.entries), read.code_column, read.name_column) == LISTS[name]
    assert read.version_uri == f"{read.uri}_{read.version}"
    assert read.valid_from is not None
    assert read.agency
    assert all(entry.name for entry in read.entries)


@pytest.mark.parametrize("name", LISTS)
def test_a_real_list_survives_the_compact_form(name: str) -> None:
    again = from_data(to_data(real(name)))
    assert [(e.code, e.name, e.valid_to, e.also) for e in again.entries] == [
        (e.code, e.name, e.valid_to, e.also) for e in real(name).entries
    ]


def test_the_list_of_letters_is_no_code_list() -> None:
    with pytest.raises(CodeListRefused) as refused:
        real("din91379-latinchars")
    assert "keine Codeliste" in refused.value.sentence


def test_nationalities_of_ended_states_are_left_out_today() -> None:
    listed = real(NATIONALITIES)
    gone = set(listed.entries) - set(listed.entries_on(date(2026, 11, 1)))
    assert len(gone) == 7
    assert all(entry.valid_to for entry in gone)


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        (STATES, "Deutshland", "000"),
        (STATES, "oesterreich", "151"),
        (STATES, "tuerkei", "163"),
        (STATES, "Turkei", "163"),
        (STATES, "elfenbein", "231"),
        (STATES, "cote divoire", "231"),
        (STATES, "Bundesrepublik Deutschland", "000"),
        (STATES, "DEU", "000"),
        (STATES, "holland", "148"),
        (STATES, "Nordkorea", "434"),
        (NATIONALITIES, "Afganistan", "423"),
        (DISTRICTS, "kreis konstanz", "08335"),
        (DISTRICTS, "Landkreis Konstans", "08335"),
        (DISTRICTS, "munchen", "09184"),
        (AGS, "Kiel", "01002000"),
        (AGS, "garmisch partenkirchn", "09180117"),
        (FORMS, "aktiengeselschaft", None),
    ],
)
def test_what_people_type_finds_what_they_mean(name: str, typed: str, code: str | None) -> None:
    found = search(real(name), typed)
    assert found
    assert code in (None, found[0].code)


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_found_by_its_code_and_by_its_name(name: str) -> None:
    index = Index(real(name).entries)
    sample = real(name).entries[:: max(1, len(real(name).entries) // 150)]
    for entry in sample:
        assert index.search(entry.code)[0] == entry
        assert plain(index.search(entry.name)[0].name) == plain(entry.name)


def test_a_name_that_several_towns_have_is_not_exact() -> None:
    assert exact(real(AGS), "Neuenkirchen") is None
    assert exact(real(AGS), "01002000") == real(AGS).entry("01002000")


def test_searching_is_quick_enough_to_do_while_somebody_types() -> None:
    words = ["k", "kon", "konstanz", "kreis konstans", "Mnuchen", "an der", "villingen-schwenningn", "qwertzuiop"]
    assert slowest(real(DISTRICTS).entries[:400], words) <= 0.002
    assert slowest(real(AGS).entries, words) <= 0.025
