"""Reading genericode: what is taken over, which column is which, and what is refused where."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.codelists.lists import FRUITS, URI, genericode
from stadtamt.forms.codelists import CodeListRefused, read_genericode

NOTE = '<x:{0} xmlns:x="http://xoev.de/schemata/genericode/3">{1}</x:{0}>'
NO_KEY = '<Key Id="k"><ColumnRef Ref="code"/></Key>'


def refusal(data: bytes, **wanted: str) -> CodeListRefused:
    with pytest.raises(CodeListRefused) as refused:
        read_genericode(data, **wanted)
    return refused.value


def test_a_list_says_what_it_is() -> None:
    read = read_genericode(genericode())
    assert (read.uri, read.version, read.version_uri) == (URI, "2", f"{URI}_2")
    assert (read.name, read.short_name, read.agency) == ("Früchte des Landes", "Fruechte", "Obstamt Entenhausen")
    assert [(entry.code, entry.name) for entry in read.entries] == list(FRUITS)


@pytest.mark.parametrize("name", ["validFrom", "datumGueltigkeitAb", "datumgueltigkeitab"])
def test_the_first_day_is_read_in_every_generation_of_the_handbook(name: str) -> None:
    assert read_genericode(genericode(notes=NOTE.format(name, "2024-08-01"))).valid_from == date(2024, 8, 1)


def test_the_version_may_stand_in_the_uri_only() -> None:
    identity = f"<CanonicalUri>{URI}</CanonicalUri><CanonicalVersionUri>{URI}_2.4</CanonicalVersionUri>"
    assert read_genericode(genericode(identity=identity)).version == "2.4"


def test_the_code_is_the_recommended_key_and_not_the_first_column() -> None:
    read = read_genericode(genericode(("Apfel", "A"), ("Birne", "B"), columns=("name", "code")))
    assert (read.code_column, read.name_column) == ("code", "name")
    assert read.entries[0].code == "A"


def test_without_a_recommendation_the_first_key_has_the_codes() -> None:
    assert read_genericode(genericode(("x", "A"), columns=("name", "code"), keys=NO_KEY)).code_column == "code"


def test_without_any_key_a_column_called_so_has_the_codes() -> None:
    read = read_genericode(genericode(("x", "A"), columns=("Bezeichnung", "Schluessel"), keys=""))
    assert (read.code_column, read.name_column) == ("Schluessel", "Bezeichnung")


@pytest.mark.parametrize(
    ("columns", "rows", "name"),
    [
        (("code", "art", "Bezeichnung-lang"), [("1", "Obst", "Apfel"), ("2", "Obst", "Birne")], "Bezeichnung-lang"),
        (("code", "kurz-name", "begriff"), [("1", "", "Apfel"), ("2", "B", "Birne")], "begriff"),
        (("code", "begriff", "Fruechte"), [("1", "Baum", "Apfel"), ("2", "Strauch", "Beere")], "Fruechte"),
        (("code", "bezeichnung", "begriff"), [("1", "Obst", "Apfel"), ("2", "Obst", "Birne")], "begriff"),
        (("code", "a", "b"), [("1", "Apfel", "x"), ("2", "Birne", "x")], "a"),
    ],
)
def test_the_name_is_the_column_that_tells_entries_apart(
    columns: tuple[str, ...], rows: list[tuple[str, ...]], name: str
) -> None:
    assert read_genericode(genericode(*rows, columns=columns)).name_column == name


def test_a_column_may_be_asked_for_by_its_id_or_by_its_key() -> None:
    keys = NO_KEY + '<Key Id="HelpKey"><ColumnRef Ref="help"/></Key>'
    data = genericode(("1", "Apfel", "rund"), columns=("code", "name", "help"), keys=keys)
    assert read_genericode(data, name_column="help").entries[0].name == "rund"
    assert read_genericode(data, name_column="HelpKey").entries[0].name == "rund"
    assert "keine Spalte „Farbe“" in refusal(data, name_column="Farbe").sentence


def test_where_the_name_is_a_dash_another_column_stands_in() -> None:
    rows = [(str(at), f"Name {at}", f"Wort {at}") for at in range(30)] + [("99", "–", "unbekannt")]
    read = read_genericode(genericode(*rows, columns=("code", "name", "begriff")))
    assert (read.name_column, read.entries[-1].name) == ("name", "unbekannt")


def test_an_entry_without_any_name_is_called_by_its_code() -> None:
    assert read_genericode(genericode(("1", ""), ("2", "Birne"))).entries[0].name == "1"


def test_other_names_are_kept_for_finding_and_remarks_are_not() -> None:
    rows = [("1", "Apfel", "APF", "17", "Apfel"), ("2", "Birne", "BIR", "18", "Birnen")]
    entry = read_genericode(genericode(*rows, columns=("code", "name", "kurz", "alt", "lang"))).entries[0]
    assert entry.also == ("APF",)
    assert entry.more == {"kurz": "APF", "alt": "17", "lang": "Apfel"}


def test_days_of_an_entry_are_read_and_unreadable_ones_stay_as_text() -> None:
    columns, types = ("code", "name", "gueltig-ab", "gueltig-bis"), ("string", "string", "date", "date")
    rows = [("1", "Apfel", "2001-01-01", "31.12.2020"), ("2", "Birne", "irgendwann", "")]
    apple, pear = read_genericode(genericode(*rows, columns=columns, types=types)).entries
    assert (apple.valid_from, apple.valid_to) == (date(2001, 1, 1), date(2020, 12, 31))
    assert (pear.valid_from, pear.more["gueltig-ab"]) == (None, "irgendwann")


def test_a_value_without_a_column_belongs_to_the_next_one() -> None:
    value = "<Value><SimpleValue>{}</SimpleValue></Value>"
    read = read_genericode(genericode(body=f"<Row>{value.format('1')}{value.format('Apfel')}</Row>"))
    assert (read.entries[0].code, read.entries[0].name) == ("1", "Apfel")


def test_letters_are_composed_and_blanks_of_a_name_are_one() -> None:
    assert read_genericode(genericode(("1", " A\u0308pfel \n  neu "))).entries[0].name == "Äpfel neu"


def test_the_same_code_twice_is_refused_with_both_lines() -> None:
    refused = refusal(genericode(("1", "Apfel"), ("2", "Birne"), ("1", "Quitte")))
    assert (refused.line, refused.sentence) == (8, "Der Code „1“ steht zweimal in der Codeliste (Zeilen 6 und 8).")


@pytest.mark.parametrize("body", ['<Row><Value ColumnRef="name"><SimpleValue>x</SimpleValue></Value></Row>', "<Row/>"])
def test_an_empty_code_is_refused(body: str) -> None:
    assert refusal(genericode(body=body)).sentence == "Ein Eintrag der Codeliste hat keinen Code (Zeile 6)."


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "leer"),
        (b"<a/>", "keine Codeliste"),
        (genericode().replace(b"Identification>", b"Other>"), "Identification"),
        (genericode().replace(b"ColumnSet>", b"ColumnSetRef>"), "keine eigenen Spalten"),
        (genericode().replace(b"SimpleCodeList>", b"Other>"), "enthält keine Einträge"),
        (genericode(body=" "), "enthält keine Einträge"),
        (genericode(identity="<Version>1</Version>"), "CanonicalUri"),
        (genericode(keys='<Key Id="k"><ColumnRef Ref="nowhere"/></Key>'), "Spalte, die es nicht gibt"),
        (genericode(columns=("code", "code")), "keine eigene Kennung"),
        (genericode(body='<Row><Value ColumnRef="nowhere"/></Row>'), "gehört zu keiner Spalte"),
        (genericode(body='<Row><Value ColumnRef="code"/><Value ColumnRef="code"/></Row>'), "zwei Werte"),
        (genericode(body="<Row><Value/><Value/><Value/></Row>"), "gehört zu keiner Spalte"),
        (genericode(("c" * 201, "x")), "zu lang"),
        (genericode(("c", "x" * 10_001)), "länger als 10000"),
        (genericode(body="<Row/>" * 60_001), "mehr als 60.000"),
        (genericode(body="<a/>" * 1_500_001), "zu viele Elemente"),
        (genericode(("x",) * 101, columns=[f"c{at}" for at in range(101)], keys=""), "mehr als 100 Spalten"),
        (genericode(notes="<a>" * 60 + "</a>" * 60), "verschachtelt"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]>' + genericode().partition(b"\n")[2], "DOCTYPE"),
        (genericode(("1", "&e;")), "nicht wohlgeformt"),
    ],
)
def test_what_is_no_list_or_hostile_is_refused_with_a_sentence(data: bytes, part: str) -> None:
    refused = refusal(data)
    assert part in refused.sentence
    assert refused.line >= 1


@given(st.binary(max_size=60), st.integers(0, 1_500), st.integers(0, 60))
def test_a_damaged_file_is_read_or_refused(noise: bytes, at: int, cut: int) -> None:
    whole = genericode()
    with suppress(CodeListRefused):
        assert read_genericode(whole[:at] + noise + whole[at + cut :]).entries
