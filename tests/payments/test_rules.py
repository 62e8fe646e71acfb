"""The creditor reference after ISO 11649, which banks check before they send."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtamt.kernel.ids import readable_code
from stadtamt.payments.rules import creditor_reference


def remainder(reference: str) -> int:
    """As a bank checks it: first four signs to the end, letters as 10 to 35, modulo 97."""
    moved = reference[4:] + reference[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("539007547034", "RF18539007547034"),  # the example of the standard
        ("A", "RF25A"),  # A RF00 = 10 27 15 00; 10271500 mod 97 = 73; 98 - 73 = 25
    ],
)
def test_known_references_are_made(text: str, reference: str) -> None:
    assert creditor_reference(text) == reference


def test_the_number_of_a_case_becomes_a_reference() -> None:
    reference = creditor_reference("2026-4F7K-2M9X")
    assert reference.endswith("20264F7K2M9X")
    assert remainder(reference) == 1


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz -", min_size=1, max_size=40))
def test_every_reference_passes_the_banks_check(text: str) -> None:
    reference = creditor_reference(text)
    assert remainder(reference) == 1
    assert re.fullmatch(r"RF[0-9]{2}[0-9A-Z]{0,21}", reference)


@given(st.integers(2000, 2999), st.integers(0, 15), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_mistyped_sign_is_noticed(year: int, place: int, sign: str) -> None:
    """A digit for a digit, a letter for a letter; the check of the standard promises no more."""
    reference = creditor_reference(f"{year}-{readable_code()}")
    wrong = reference[:place] + sign + reference[place + 1 :]
    if place >= 4 and wrong != reference and sign.isdigit() == reference[place].isdigit():
        assert remainder(wrong) != 1


def test_signs_outside_of_ascii_are_left_out() -> None:
    assert creditor_reference("Ä²1") == creditor_reference("1")
