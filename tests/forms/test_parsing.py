"""What people type, read with patience; what cannot be read is said in a sentence."""

from __future__ import annotations

import json
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.forms import answer, form
from stadtamt.forms.schema.din91379 import LETTERS, SIGNS, foreign_signs

DATE = form("{id: a, label: Tag, type: date}")
NAME = form("{id: a, label: Name, type: name}")
TEXT = form("{id: a, label: Text, type: text, max_length: 10}")
EMAIL = form("{id: a, label: E-Mail, type: email}")
POSTCODE = form("{id: a, label: Postleitzahl, type: postcode}")
INTEGER = form("{id: a, label: Zahl, type: integer, min: 1, max: 99}")
BOOLEAN = form("{id: a, label: Ja?, type: boolean}")
CHOICE = form("{id: a, label: Wahl, type: choice, choices: [{value: x, label: X}, {value: y, label: Y}]}")
CHOICES = form("{id: a, label: Wahl, type: choices, choices: [{value: x, label: X}, {value: y, label: Y}]}")
EVERY = [DATE, NAME, TEXT, EMAIL, POSTCODE, INTEGER, BOOLEAN, CHOICE, CHOICES]


def read(schema: Any, text: Any) -> Any:
    outcome = answer(schema, {"a": text})
    assert outcome.accepted, outcome.errors
    return outcome.values["g.a"]


def refused(schema: Any, text: Any) -> str:
    outcome = answer(schema, {"a": text})
    assert len(outcome.errors) == 1, outcome
    assert outcome.errors[0][0] == "g.a"
    assert "a" not in outcome.values
    return outcome.errors[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "9.5.2026",
        "09.05.2026",
        "9. 5. 2026",
        " 9 . 5 . 2026 ",
        "9/5/2026",
        "9-5-2026",
        "9 5 2026",
        "2026-05-09",
        "09\t05\t2026",
        "٩.٥.٢٠٢٦",
    ],
)
def test_a_date_may_be_written_in_many_ways(text: str) -> None:
    assert read(DATE, text) == "2026-05-09"


def test_a_date_may_come_in_three_boxes() -> None:
    outcome = answer(DATE, {"a_day": " 9", "a_month": "05", "a_year": "2026 "})
    assert outcome.values == {"g.a": "2026-05-09"}


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("9", "", "2026"), ("", "5", "2026"), ("9", "5", ""), ("9", "Mai", "2026"), ("9", "5", "26")],
)
def test_boxes_left_empty_or_in_words_are_asked_again(day: str, month: str, year: str) -> None:
    outcome = answer(DATE, {"a_day": day, "a_month": month, "a_year": year})
    assert "Tag, Monat und Jahr" in outcome.errors[0][1]


@pytest.mark.parametrize(
    "text", ["29.2.2025", "31.4.2026", "32.1.2026", "0.1.2026", "1.0.2026", "1.13.2026", "2026-02-30", "1.1.0000"]
)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    assert refused(DATE, text).startswith("Dieses Datum gibt es nicht.")


@pytest.mark.parametrize("text", ["29.2.2024", "29.2.2000"])
def test_a_leap_day_is_a_day(text: str) -> None:
    assert read(DATE, text).endswith("-02-29")


@pytest.mark.parametrize("text", ["1.1.1899", "1899-12-31", "1.1.0026"])
def test_a_year_before_1900_is_asked_back(text: str) -> None:
    assert refused(DATE, text).startswith("Bitte prüfen Sie das Jahr.")


@pytest.mark.parametrize(
    "text", ["heute", "9.5", "9.5.26", "9.5.2026 12:00", "1.1.99999", "20260509", "2026-5-9", "²2.1.2026"]
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    assert "9 5 2026" in refused(DATE, text)


@pytest.mark.parametrize("schema", EVERY)
@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\t\r\n"])
def test_an_empty_answer_is_asked_for_by_its_name(schema: Any, text: str) -> None:
    if schema in {CHOICE, CHOICES} and text:
        return
    sentence = refused(schema, text)
    assert sentence.startswith("Bitte ")
    assert any(name in sentence for name in ("Tag", "Name", "Text", "E-Mail", "Postleitzahl", "Zahl", "Ja", "Wahl"))


@pytest.mark.parametrize(
    "name",
    ["Müller", "Łukasz", "Nguyễn", "O'Brien", "Şahin", "Đặng", "Ẁðå-Ž", "von der Höh’", "K\u035fhalīl", "ẞ"],
)
def test_every_letter_of_a_name_stays(name: str) -> None:
    assert read(NAME, name) == unicodedata.normalize("NFC", name)


def test_decomposed_letters_are_composed() -> None:
    typed = unicodedata.normalize("NFD", "Müller-Ẩnh")
    assert typed != "Müller-Ẩnh"
    assert read(NAME, typed) == "Müller-Ẩnh"


@pytest.mark.parametrize(
    "name", ["Анна", "محمد", "李", "Anna😀", "Anna1", "Anna@", "Anna_M", "a/b", "<b>Anna</b>", "Аnna", "Ⅷ"]
)
def test_a_sign_that_no_register_can_write_is_named(name: str) -> None:
    sentence = refused(NAME, name)
    assert f"„{next(sign for sign in name if sign in foreign_signs(name))}“" in sentence


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("An\u200bna", "Anna"),
        ("\u202eannA\u202c", "annA"),
        ("\ufeffAnna", "Anna"),
        ("Anna\u00ad", "Anna"),
        ("  Anna \u00a0 Maria ", "Anna Maria"),
        ("Anna\nMaria", "Anna Maria"),
        ("An\x00na\x07", "Anna"),
        ("An\u2066na\u2069", "Anna"),
    ],
)
def test_signs_that_cannot_be_seen_are_dropped(typed: str, kept: str) -> None:
    assert read(NAME, typed) == kept


def test_a_text_too_long_is_refused_with_the_limit() -> None:
    assert read(TEXT, "x" * 10) == "x" * 10
    assert "höchstens 10 Zeichen" in refused(TEXT, "x" * 11)


def test_the_length_of_a_text_is_counted_after_cleaning() -> None:
    assert read(TEXT, "   " + "ü" * 10 + "\u200b" * 20) == "ü" * 10


@pytest.mark.parametrize(
    "text", ["anna@beispiel.test", " anna @ beispiel . test ", "a.b+c@sub.beispiel.test", "ä@bücher.test"]
)
def test_a_mail_address_is_taken_without_spaces(text: str) -> None:
    assert read(EMAIL, text) == text.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "anna",
        "anna@",
        "@beispiel.test",
        "anna@beispiel",
        "a@b@c.test",
        "a,b@c.test",
        "a@b.test,c@d.test",
        "<a@b.test>",
        "a;b@c.test",
    ],
)
def test_what_is_no_single_mail_address_is_refused(text: str) -> None:
    assert "vollständig" in refused(EMAIL, text)


def test_a_mail_address_carries_no_second_line() -> None:
    """A line break in an address would be a second header of the mail."""
    outcome = answer(EMAIL, {"a": "anna@beispiel.test\nBcc: b@c.test"})
    assert not outcome.accepted


@pytest.mark.parametrize("text", ["78462", " 78 462 ", "D-78462", "01067"])
def test_a_postcode_has_five_digits(text: str) -> None:
    assert len(read(POSTCODE, text)) == 5


@pytest.mark.parametrize("text", ["7846", "784621", "abcde", "７８４６２", "CH-8280", "-7846"])
def test_what_is_no_postcode_is_refused(text: str) -> None:
    assert "fünf Ziffern" in refused(POSTCODE, text)


@pytest.mark.parametrize(("text", "number"), [("2", 2), (" 2 ", 2), ("99", 99), ("007", 7)])
def test_a_number_is_read(text: str, number: int) -> None:
    assert read(INTEGER, text) == number


@pytest.mark.parametrize("text", ["zwei", "2,5", "1e3", "--2", "٣", "9" * 10, "0x10", "²", "1_0"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    assert "ganze Zahl" in refused(INTEGER, text)


def test_a_decimal_point_does_not_make_a_number_ten_times_as_large() -> None:
    """»2.5« is not 25: a point groups thousands only."""
    assert "ganze Zahl" in refused(INTEGER, "2.5")


@pytest.mark.parametrize(("text", "limit"), [("0", "mindestens 1"), ("-5", "mindestens 1"), ("100", "höchstens 99")])
def test_a_number_out_of_range_is_refused_with_the_limit(text: str, limit: str) -> None:
    assert limit in refused(INTEGER, text)


def test_thousands_may_be_grouped() -> None:
    assert read(form("{id: a, label: Zahl, type: integer}"), "1.234.567") == 1_234_567


def test_yes_and_no_are_read() -> None:
    assert read(BOOLEAN, "true") is True
    assert read(BOOLEAN, "false") is False
    assert "Ja oder Nein" in refused(BOOLEAN, "vielleicht")


def test_only_what_is_offered_can_be_chosen() -> None:
    assert read(CHOICE, "x") == "x"
    assert "angebotenen" in refused(CHOICE, "z")
    assert read(CHOICES, ["y", "x", "x"]) == ["x", "y"]
    assert "angebotenen" in refused(CHOICES, ["x", "z"])


def test_a_voluntary_answer_left_empty_is_noted_as_seen() -> None:
    outcome = answer(form("{id: a, label: Text, type: text, required: false}"), {"a": " "})
    assert outcome.accepted
    assert outcome.values == {"g.a": None}


def test_the_first_of_several_values_counts() -> None:
    assert read(TEXT, ["eins", "zwei"]) == "eins"


@given(schema=st.sampled_from(EVERY), texts=st.lists(st.text(max_size=30), max_size=3))
def test_nothing_that_is_typed_breaks_a_field(schema: Any, texts: list[str]) -> None:
    outcome = answer(schema, {"a": texts, "a_day": texts[:1] or [""], "a_month": ["1"], "a_year": ["2026"]})
    assert outcome.accepted != bool(outcome.errors)
    json.dumps(outcome.values)


@given(st.text(alphabet=st.sampled_from(sorted(LETTERS | SIGNS)), min_size=1, max_size=40))
def test_a_name_of_known_letters_is_never_refused(name: str) -> None:
    outcome = answer(NAME, {"a": name})
    assert outcome.accepted or not name.strip()


@pytest.mark.parametrize("schema", [DATE, NAME, TEXT, EMAIL, POSTCODE, INTEGER], ids=lambda s: s.groups[0].id)
def test_a_flood_of_combining_signs_is_refused_before_it_is_ordered(schema: Any) -> None:
    """Ordering them takes time that grows with the square: a form of 2 MB held a process for minutes."""
    begun = time.process_time()
    assert "zu lang" in refused(schema, "a" + "\u0300\u0316\u0315" * 20_000)
    assert time.process_time() - begun < 0.5


def test_a_decomposed_name_of_the_greatest_length_is_read() -> None:
    assert read(NAME, "u\u0308" * 120) == "ü" * 120


@pytest.mark.parametrize(
    "text",
    [
        *("a:b@c.test", "(a)b@c.test", "a@[1.2.3.4].test", "a\\@c.test", "=?utf-8?q?x?=@c.test", "a..b@c.test"),
        *(".a@c.test", "a@c..test", "a@c.test:25", "a@c.te)st", "a" * 65 + "@c.test", "a@" + "b." * 90),
    ],
)
def test_an_address_that_means_something_else_in_a_header_is_refused(text: str) -> None:
    assert "name@beispiel.de" in refused(EMAIL, text)


def test_several_moments_stand_in_a_line_each() -> None:
    schema = form('{id: f, label: F, type: datetime, count: "0:3"}')
    given = answer(schema, {"f": ["9.5.2026 14:30", "", "10.5.2026 8 Uhr"]})
    assert given.values == {"g.f": ["2026-05-09T14:30:00", "2026-05-10T08:00:00"]}
