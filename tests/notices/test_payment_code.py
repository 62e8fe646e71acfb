"""The payment code: what a banking app reads from it, and what it refuses."""

from __future__ import annotations

import pytest
import segno

from stadtamt.notices.errors import PaymentDataRefused
from stadtamt.notices.payment_code import code_image, code_svg, in_groups, is_creditor_reference, is_iban, payment_code

DATA = {
    "creditor": "Stadt Konstanz",
    "iban": "DE02 1203 0000 0000 2020 51",
    "bic": "",
    "amount_cents": 7005,
    "reference": "RF18 5390 0754 7034",
}


def test_a_banking_app_reads_creditor_account_amount_and_reference() -> None:
    lines = payment_code(**DATA).split("\n")
    assert lines == [
        "BCD",
        "002",
        "1",
        "SCT",
        "",
        "Stadt Konstanz",
        "DE02120300000000202051",
        "EUR70.05",
        "",
        "RF18539007547034",
    ]


def test_the_symbol_holds_exactly_this_text_with_correction_level_m(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, segno.QRCode]] = []
    make = segno.make_qr
    monkeypatch.setattr(segno, "make_qr", lambda text, **how: made.append((text, make(text, **how))) or made[-1][1])
    code = payment_code(**{**DATA, "creditor": "Gemeinde Wört"})
    code_svg(code)
    [(text, symbol)] = made
    assert text == code
    assert (symbol.error, symbol.mode, symbol.is_micro) == ("M", "byte", False)
    assert int(symbol.version) <= 13


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"iban": "DE03120300000000202051"}, "IBAN"),
        ({"reference": "RF19539007547034"}, "RF-Referenz"),
        ({"reference": "2026-000123"}, "RF-Referenz"),
        ({"amount_cents": 0}, "Betrag"),
        ({"creditor": " "}, "Name"),
    ],
)
def test_data_a_bank_would_refuse_never_becomes_a_code(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(PaymentDataRefused, match=sentence):
        payment_code(**{**DATA, **change})


def test_a_name_longer_than_seventy_letters_is_cut_as_the_standard_wants() -> None:
    assert payment_code(**{**DATA, "creditor": "ä" * 90}).split("\n")[5] == "ä" * 70


def test_check_digits_find_a_swapped_pair() -> None:
    assert is_iban("GB82 WEST 1234 5698 7654 32")
    assert not is_iban("GB82 WEST 1234 5698 7645 32")
    assert is_creditor_reference("RF18539007547034")
    assert not is_creditor_reference("RF18539007547043")


def test_an_account_is_read_in_groups_of_four() -> None:
    assert in_groups("de02120300000000202051") == "DE02 1203 0000 0000 2020 51"


def test_the_image_needs_neither_style_nor_script() -> None:
    code = payment_code(**DATA)
    assert code_image(code).startswith("data:image/svg+xml")
    assert "style=" not in code_svg(code)
    assert "<script" not in code_svg(code)
