"""The four letters of the dog tax: legally complete, and in the tone of the house."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from notices.pdf_text import page_count
from notices.samples import assessment, decision, dog_letter, position, words_of
from stadtamt.notices.composing import Letter
from stadtamt.notices.composing.letter import Operative, Payment, Remedy
from stadtamt.notices.errors import LetterIncomplete
from stadtamt.notices.rendering import render_pdf

HELD = dt.date(2026, 5, 6)
BELLO = {"name": "Bello", "rasse": "Dackel", "liste": "nein", "gehalten_seit": HELD}
RELIEF = {"hund": BELLO, "besonderes": {"umstaende": ["befreiung"]}, "befreiung": {"art": "assistenzhund"}}
GROUNDS = "Im Ausweis ist das Merkzeichen „G“ eingetragen. Die Satzung verlangt aG, B, Bl, Gl oder H."
BY_HAND = decision(automated=False, clerk="Jürgen Großmann")


def notice(**other: Any) -> Letter:
    return dog_letter("bescheid", **other)


def refusal(**other: Any) -> Letter:
    given = {"answers": RELIEF, "decision": {**BY_HAND, "outcome": "refused", "grounds": GROUNDS}, **other}
    return dog_letter("ablehnung", **given)


def exemption() -> Letter:
    exempt = assessment(kind="exempt", positions=[], total_cents=0)
    return dog_letter("befreiung", answers=RELIEF, decision=BY_HAND, assessment=exempt, payment=None)


def no_tax() -> Letter:
    answers = {
        "hund": {"name": "Rex"},
        "besonderes": {"umstaende": ["diensthund"]},
        "diensthund": {"stelle": "polizei"},
    }
    free = assessment(kind="not_taxed", positions=[], total_cents=0, begin=None, paragraphs=["§ 1 Abs. 4"])
    return dog_letter("steuerfrei", answers=answers, assessment=free, payment=None)


def operative(letter: Letter) -> str:
    assert isinstance(letter.blocks[0], Operative)
    return letter.blocks[0].text.replace("\xa0", " ")


def test_the_notice_says_first_what_is_decided() -> None:
    assert operative(notice()) == "Für Ihren Hund Bello setzen wir die Hundesteuer für das Jahr 2026 auf 70,00 € fest."


def test_several_years_are_named_once_each() -> None:
    positions = [position(2025, 3), position(2025, 4), position(2026, 12)]
    letter = notice(assessment=assessment(positions=positions, total_cents=19000))
    assert "für die Jahre 2025 und 2026 auf 190,00 € fest" in operative(letter)
    assert "Festgesetzte Hundesteuer" in words_of(letter)


def test_the_notice_names_debtor_begin_due_day_and_legal_bases() -> None:
    words = words_of(notice())
    for needed in (
        "Sie halten Bello seit dem 6. Mai 2026 und schulden deshalb die Steuer",
        "beginnt am 1. Juni 2026",
        "§ 2 Abs. 1, § 3 Abs. 1",
        "bis zum 15. Juni 2026. Das ist innerhalb eines Monats nach Bekanntgabe",
        "voraussichtlich am 13. Mai 2026 als bekannt gegeben",
        "Satzung über die Erhebung der Hundesteuer in der Stadt Konstanz vom 29. Mai 2008",
        "§ 80 Abs. 2 Satz 1 Nr. 1 VwGO",
        "vollständig automatisch erlassen (§ 155 Abs. 4 AO) und ist ohne Unterschrift gültig (§ 119 Abs. 3 AO)",
    ):
        assert needed in words


def test_a_full_year_needs_no_word_about_twelfths_and_a_late_keeper_gets_one() -> None:
    letter = notice(assessment=assessment(positions=[position(2026, 12)], late=True))
    assert "Zwölftel" not in words_of(letter)
    assert "bis zum 6. Juni 2026 anmelden" in words_of(letter)
    assert "Zwölftel" in words_of(notice())
    assert "anmelden" not in words_of(notice())


def test_a_notice_by_a_person_does_not_claim_a_machine() -> None:
    assert "automatisch" not in words_of(notice(decision=BY_HAND))


def test_a_refusal_refuses_assesses_and_gives_the_grounds() -> None:
    letter = refusal()
    assert operative(letter) == (
        "Ihren Antrag auf Befreiung von der Hundesteuer für Bello lehnen wir ab und setzen die Hundesteuer "
        "für das Jahr 2026 auf 70,00 € fest."
    )
    assert GROUNDS in words_of(letter)
    assert "§ 6 Abs. 1 Nr. 1" in words_of(letter)
    assert any(isinstance(block, Payment) for block in letter.blocks)


def test_a_refusal_without_grounds_cannot_leave() -> None:
    with pytest.raises(LetterIncomplete, match="begründen Sie die Ablehnung"):
        refusal(decision={**BY_HAND, "outcome": "refused", "grounds": ""})


def test_a_refused_kennel_tax_is_called_by_its_name() -> None:
    letter = refusal(
        answers={"hund": BELLO | {"name": "Asta"}, "besonderes": {"umstaende": ["zwinger"]}, "befreiung": {}}
    )
    assert operative(letter).startswith("Ihren Antrag auf Zwingersteuer für Asta lehnen wir ab")
    assert "§ 7 Abs. 1" in words_of(letter)


def test_an_exemption_sets_the_tax_to_nothing_and_asks_for_no_money() -> None:
    letter = exemption()
    assert operative(letter) == (
        "Wir befreien Ihren Hund Bello ab dem 1. Juni 2026 von der Hundesteuer und setzen die Steuer auf 0,00 € fest."
    )
    assert "Schutz und der Hilfe hilfsbedürftiger Personen" in words_of(letter)
    assert not any(isinstance(block, Payment) for block in letter.blocks)


def test_a_service_dog_is_not_taxed() -> None:
    letter = no_tax()
    assert operative(letter) == "Für Ihren Hund Rex erheben wir keine Hundesteuer."
    assert "im Dienst (Polizei)" in words_of(letter)
    assert "§ 1 Abs. 4" in words_of(letter)


def test_a_further_dog_and_a_listed_one_read_why_their_rate_applies() -> None:
    further = position() | {"rate_text": "weiterer Hund"}
    answers = {"hund": BELLO, "weitere": {"vorhanden": True, "anzahl": 1}, "besonderes": {"umstaende": None}}
    letter = notice(answers=answers, assessment=assessment(positions=[further]))
    assert "leben nach Ihren Angaben 2 Hunde in Ihrem Haushalt" in words_of(letter)
    listed = notice(answers={**answers, "hund": BELLO | {"liste": "ja", "rasse": "Bullterrier"}})
    assert "für die ein höherer Satz gilt (Bullterrier)" in words_of(listed)
    assert "höherer Satz" not in words_of(letter)


def test_a_kennel_is_assessed_as_a_kennel() -> None:
    kennel = position() | {"rate_text": "Zwinger mit 7 Hunden"}
    letter = notice(assessment=assessment(positions=[kennel]))
    assert operative(letter).startswith("Für Ihren Zwinger setzen wir die Zwingersteuer für das Jahr 2026")
    assert "Zwei Steuermarken" in words_of(letter)


def test_a_service_dog_that_is_none_is_refused_by_its_name() -> None:
    letter = refusal(answers={"hund": BELLO, "besonderes": {"umstaende": ["diensthund"]}, "befreiung": {}})
    assert "Antrag auf Steuerfreiheit als Diensthund für Bello" in operative(letter)
    assert "§ 1 Abs. 4" in words_of(letter)


def test_the_notice_of_a_clear_case_fits_on_one_page() -> None:
    assert page_count(render_pdf(letter=notice())) == 1


@pytest.mark.parametrize("letter", [notice, refusal, exemption, no_tax])
def test_every_letter_has_a_remedy_keeps_the_tone_and_fits_on_two_pages(letter: Any) -> None:
    made = letter()
    assert any(isinstance(block, Remedy) for block in made.blocks)
    assert "!" not in words_of(made)
    assert not re.search(r"\{|\}\}|None|null", " ".join(getattr(block, "text", "") for block in made.blocks))
    assert page_count(render_pdf(letter=made)) <= 2
