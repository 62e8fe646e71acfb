"""Finding by typing: what is found, in which order, and that nothing a person types breaks it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.codelists.lists import code_list, entries
from stadtamt.forms.codelists import Entry, Index, exact, search
from stadtamt.forms.codelists.folding import bare, coarse, plain
from stadtamt.forms.codelists.words import distance

LETTERS = st.sampled_from("abcdeghikmnorstuzAÄBÖÜäöüßẞéèçñøłÅşİıœæ -'.,()1234")
NAMES = st.text(LETTERS, min_size=1, max_size=25).map(str.strip).filter(lambda name: any(map(str.isalnum, name)))
PAIRS = st.lists(st.tuples(st.text("0123456789XY", min_size=1, max_size=4), NAMES), min_size=1, max_size=12)
LISTS = PAIRS.map(dict).map(lambda pairs: entries(*pairs.items()))


def names(listed: tuple[Entry, ...], typed: str) -> list[str]:
    return [entry.name for entry in search(listed, typed)]


def without_accents(name: str) -> str:
    apart = unicodedata.normalize("NFD", name)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@given(LISTS)
def test_every_entry_is_found_by_its_code(listed: tuple[Entry, ...]) -> None:
    for entry in listed:
        assert entry in search(listed, entry.code)[:2]


@given(LISTS, st.sampled_from([str, str.lower, str.upper, str.casefold, without_accents]))
def test_every_entry_is_found_by_its_name_however_written(listed: tuple[Entry, ...], write: type[str]) -> None:
    for entry in listed:
        assert entry in search(listed, write(entry.name), limit=len(listed))


@given(LISTS)
def test_the_exact_name_comes_before_other_names(listed: tuple[Entry, ...]) -> None:
    codes = {entry.code for entry in listed}
    for entry in listed:
        assert entry.name in codes or plain(search(listed, entry.name)[0].name) == plain(entry.name)


@given(LISTS, st.text(max_size=40), st.integers(-1, 5))
def test_no_text_breaks_it_and_the_limit_holds(listed: tuple[Entry, ...], typed: str, limit: int) -> None:
    found = search(listed, typed, limit)
    assert len(found) == len({entry.code for entry in found}) <= max(limit, 0)
    assert exact(listed, typed) in (None, *listed)


@given(LISTS, st.text(LETTERS, max_size=12))
def test_the_same_is_found_in_the_same_order(listed: tuple[Entry, ...], typed: str) -> None:
    assert Index(listed).search(typed) == Index(list(listed)).search(typed)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("äpfel", "Äpfel"),
        ("apfel", "Äpfel"),
        ("AEPFEL", "Äpfel"),
        ("A\u0308pfel", "Äpfel"),
        ("suess kirschen", "Süß-Kirschen"),
        ("süsskirschen", "Süß-Kirschen"),
        ("kirsch", "Süß-Kirschen"),
        ("creme", "Crème-Birnen"),
        ("birnen creme", "Crème-Birnen"),
        ("irne", "Crème-Birnen"),
        ("c3", "Crème-Birnen"),
        ("krischen", "Süß-Kirschen"),
        ("kirschn", "Süß-Kirschen"),
        ("birmen", "Crème-Birnen"),
        ("geriben", "Äpfel, gerieben"),
        ("obst birnen", "Crème-Birnen"),
    ],
)
def test_what_a_person_types_finds_what_is_meant(typed: str, first: str) -> None:
    assert names(entries(), typed)[:1] == [first]


@pytest.mark.parametrize("typed", ["", "  ", "–", "qwxyz", "kx", "banane"])
def test_what_nothing_is_like_finds_nothing(typed: str) -> None:
    assert names(entries(), typed) == []


def test_the_exact_name_comes_first_then_beginnings_then_the_inside() -> None:
    listed = entries(("1", "Xapfel"), ("2", "Zu Apfel"), ("3", "Apfelbaum"), ("4", "Apfel"))
    assert names(listed, "apfel") == ["Apfel", "Apfelbaum", "Zu Apfel", "Xapfel"]


def test_the_inside_of_the_name_comes_before_the_inside_of_other_names() -> None:
    listed = (Entry("1", "Ab", also=("Xapfel",)), Entry("2", "Zu Oberapfel"))
    assert names(listed, "pfe") == ["Zu Oberapfel", "Ab"]


def test_a_word_of_the_name_comes_before_the_beginning_of_other_names() -> None:
    listed = (Entry("1", "Ab", also=("Apfel X",)), Entry("2", "Roter Apfelbaum"))
    assert names(listed, "apf") == ["Roter Apfelbaum", "Ab"]


def test_among_equals_the_shorter_comes_first_then_the_alphabet() -> None:
    listed = entries(("1", "Apfelbaum"), ("2", "Apfel"), ("3", "Apfan"))
    assert names(listed, "apf") == ["Apfan", "Apfel", "Apfelbaum"]


def test_with_a_typo_the_name_that_begins_with_the_word_comes_first() -> None:
    assert names(entries(("1", "b München"), ("2", "München Stadt")), "Mnuchen") == ["München Stadt", "b München"]


def test_no_more_is_found_than_is_asked_for() -> None:
    listed = entries(*((str(at), "Neudorf") for at in range(6)))
    assert [entry.code for entry in search(listed, "neudorf", limit=2)] == ["0", "1"]


def test_an_exact_code_comes_before_a_name() -> None:
    assert names(entries(("1", "DE Entenland"), ("de", "Gansland")), "de") == ["Gansland", "DE Entenland"]


def test_a_right_word_hides_the_similar_ones() -> None:
    assert names(entries(("1", "Kirchen"), ("2", "Kirschen")), "kirschen") == ["Kirschen"]


def test_another_name_finds_the_entry() -> None:
    listed = (Entry("1", "Gesellschaft mit Enten"), Entry("2", "Verein", also=("GmE", "GmE & Co.")))
    assert names(listed, "gme") == ["Verein"]


def test_everyday_names_of_states_are_known() -> None:
    assert names(entries(("231", "Côte d’Ivoire"), ("1", "Elbe")), "Elfenbeinküste") == ["Côte d’Ivoire"]


def test_a_word_for_the_kind_of_thing_does_not_mislead() -> None:
    listed = entries(("1", "Entenkreis"), ("2", "Gansweiler"), ("3", "Kreis Huhn"))
    assert names(listed, "Kreis Gansweiler") == ["Gansweiler"]


@pytest.mark.parametrize(
    ("typed", "code"), [("Äpfel", "A1"), ("aepfel", "A1"), ("apfel", "A1"), ("a1", "A1"), (" A1 ", "A1"), ("äpf", None)]
)
def test_a_whole_code_or_name_is_exact(typed: str, code: str | None) -> None:
    found = exact(code_list(), typed)
    assert (found and found.code) == code


def test_nothing_is_exact_where_two_entries_have_the_name() -> None:
    assert exact(entries(("1", "Neudorf"), ("2", "NEUDORF"), ("3", "x")), "neudorf") is None


def test_nothing_is_exact_where_code_and_name_say_different_things() -> None:
    assert exact(entries(("1", "2"), ("2", "1")), "1") is None


def test_names_that_differ_in_an_e_are_not_taken_for_each_other() -> None:
    found = exact(entries(("1", "Neuenkirchen"), ("2", "Neunkirchen")), "neunkirchen")
    assert found is not None
    assert found.code == "2"


def test_codes_that_differ_in_case_are_told_apart() -> None:
    found = exact(entries(("a", "klein"), ("A", "groß")), "A")
    assert found is not None
    assert found.name == "groß"


def test_signs_alone_are_a_name_too() -> None:
    assert names(entries(("1", "–"), ("2", "Ente")), "–") == ["–"]
    assert exact(entries(("1", "–"), ("2", "Ente")), "!") is None


def test_folding_writes_letters_as_people_type_them() -> None:
    assert (plain("Groß-Gärten"), bare("Groß-Gärten")) == ("gross gaerten", "gross garten")
    assert coarse("Müller") == coarse("Mueller") == coarse("MULLER")
    assert plain("Łódź d’Øre") == "lodz dore"


@pytest.mark.parametrize(
    ("typed", "word", "mistakes"),
    [
        ("ente", "ente", 0),
        ("ente", "entenhausen", 0),
        ("etne", "ente", 1),
        ("enten", "ente", 1),
        ("gans", "ente", None),
    ],
)
def test_mistakes_are_counted_against_the_beginning(typed: str, word: str, mistakes: int | None) -> None:
    assert distance(typed, word, 1) == mistakes
