"""What an officer types for a setting, and what is understood."""

from __future__ import annotations

from typing import Any

import pytest

from stadtamt.packages.format.parameters import Column, Parameter
from stadtamt.web.desk.offering import codec
from stadtamt.web.desk.offering.fields import read_all, tidy, typed_of

GOOD = [
    ("money", "120,00", 12000),
    ("money", "120", 12000),
    ("money", "1.234,5", 123450),
    ("money", "1.200", 120000),
    ("money", "7,50 €", 750),
    ("money", "80,–", 8000),
    ("money", "0", 0),
    ("integer", "12", 12),
    ("integer", "-2", -2),
    ("date", "1.1.2027", "2027-01-01"),
    ("date", "2027-01-31", "2027-01-31"),
    ("date", "29.2.2028", "2028-02-29"),
    ("period", "14 D", "P14D"),
    ("period", "1 M", "P1M"),
    ("boolean", "true", True),
    ("list", "78462\n\n 78464 ", ["78462", "78464"]),
    ("text", "  Amt  ", "Amt"),
]
BAD = [
    *(("money", text) for text in ("zwölf", "1.20", "12,345", "-5", "1,2,3", "12.34.56", "١٢")),
    *(("integer", text) for text in ("1,5", "drei", "1e3", "9" * 13)),
    *(("date", text) for text in ("31.2.2026", "29.2.2027", "1.13.2026", "morgen", "1.1.26", "0.1.2026")),
    *(("period", text) for text in ("D", "viel D", "14", "-1 D")),
    ("boolean", "ja"),
    ("text", "x" * 4001),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_what_people_write_is_understood(kind: str, text: str, value: Any) -> None:
    assert codec.read(kind, text) == value


@pytest.mark.parametrize(("kind", "text"), BAD)
def test_what_cannot_be_is_refused_with_a_sentence(kind: str, text: str) -> None:
    with pytest.raises(codec.Wrong, match=r"\."):
        codec.read(kind, text)


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, _, value in GOOD])
def test_what_is_shown_reads_back_as_the_same(kind: str, value: Any) -> None:
    assert codec.read(kind, codec.write(kind, value)) == value


def parameter(kind: str, **given: Any) -> Parameter:
    return Parameter(key="one", type=kind, label="Eins", explanation="", paragraph="", **given)


def test_lists_of_numbers_stay_numbers() -> None:
    one, value = parameter("list", default=[-2, 1]), [-2, 1, 39]
    typed = typed_of(one, value)
    assert read_all([one], typed, {"one": value}).values == {"one": value}
    assert read_all([one], typed, {"one": ["-2"]}).values == {"one": ["-2", "1", "39"]}


def test_a_row_gets_its_key_from_its_name_and_no_two_rows_share_it() -> None:
    one = parameter("places", columns=(Column("zone", "text", "Zone", optional=True),))
    sent = {"n.one": ["3"], **{f"p.one.{n}.label": ["Am Müller-Platz"] for n in range(3)}}
    typed = tidy([one], sent, {})
    rows = read_all([one], typed, {}).values["one"]
    assert [row["value"] for row in rows] == ["am-mueller-platz", "am-mueller-platz-2", "am-mueller-platz-3"]


def test_limits_are_said_as_people_write_them() -> None:
    one = parameter("money", minimum=100, maximum=100000)
    errors = read_all([one], {"p.one": ["1.000,01"]}, {}).errors
    assert errors == {"p-one": "Der Wert darf höchstens 1.000,00 Euro sein."}
    assert read_all([one], {"p.one": ["0,99"]}, {}).errors == {"p-one": "Der Wert muss mindestens 1,00 Euro sein."}


def test_an_unusual_period_is_kept_as_it_is() -> None:
    one = parameter("period", default="P1M14D")
    assert read_all([one], typed_of(one, "P1M14D"), {}).values == {"one": "P1M14D"}


def test_thousands_of_claimed_rows_cost_nothing() -> None:
    one = parameter("table", columns=(Column("a", "text", "A"),))
    assert tidy([one], {"n.one": ["999999999999"]}, {})["n.one"] == ["0"]
    assert tidy([one], {"n.one": ["99999"], "p.one.5000.a": ["x"]}, {})["n.one"] == ["0"]
