"""Words and facts become the finished letter; a letter with a hole does not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from notices.samples import decision, dog_letter, probe, scope
from stadtamt.notices.composing import Letter
from stadtamt.notices.composing.letter import Closing, Heading, Items, Operative, Paragraph, Payment, Remedy, Table
from stadtamt.notices.errors import LetterIncomplete, PaymentDataRefused


def letter_of(block: str, **other: Any) -> Letter:
    return probe(f"letter: x\nsubject: Betreff\nblocks:\n  - {block}\n", **other)


def test_a_block_whose_condition_does_not_hold_is_left_out() -> None:
    block = '{kind: heading, text: Spät, when: "assessment.late"}'
    assert letter_of(block).blocks == ()
    assert letter_of(block, assessment={"late": True}).blocks == (Heading("Spät"),)


def test_a_text_without_words_makes_no_block() -> None:
    assert letter_of('{kind: closing, text: "{decision.grounds}"}').blocks == ()


def test_free_text_keeps_its_paragraphs_and_its_braces() -> None:
    grounds = "Erster Grund {town.iban}.\nZweite Zeile.\n\nZweiter Grund."
    letter = letter_of(
        '{kind: paragraph, text: "{decision.grounds}", paragraph: § 1}', decision=decision(grounds=grounds)
    )
    assert letter.blocks == (
        Paragraph("Erster Grund {town.iban}.\nZweite Zeile.", "§ 1"),
        Paragraph("Zweiter Grund."),
    )


def test_a_needed_text_that_is_missing_says_what_to_do() -> None:
    block = '{kind: paragraph, text: "{decision.grounds}", needed: Bitte begründen Sie die Ablehnung.}'
    with pytest.raises(LetterIncomplete, match="Bitte begründen Sie"):
        letter_of(block)


def test_a_place_without_a_value_stops_the_letter() -> None:
    with pytest.raises(LetterIncomplete, match=r"„\{answers.hund.rufname\}“ leer"):
        letter_of('{kind: closing, text: "Ihr Hund {answers.hund.rufname}"}')


def test_items_fall_away_one_by_one_and_the_list_with_the_last() -> None:
    block = '{kind: list, text: Bitte, items: [{text: A, when: "assessment.late"}, "%s"]}'
    assert letter_of(block % "B").blocks == (Items(("B",), "Bitte"),)
    assert letter_of(block % "{decision.grounds}").blocks == ()


def test_a_table_has_a_row_for_each_entry_and_a_total_only_when_wanted() -> None:
    [table] = [block for block in dog_letter("bescheid").blocks if isinstance(block, Table)]
    assert table.rows == (("2026", "erster Hund (§ 5 Abs. 2 Satz 1 Nr. 1)", "120,00\xa0€", "7", "70,00\xa0€"),)
    assert table.total is None
    assert [column.align for column in table.columns] == ["left", "left", "right", "right", "right"]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"person": {"name": [], "address": ["X"]}}, "person.name"),
        ({"person": {"name": ["X"], "address": [" "]}}, "person.address"),
        ({"town": {**scope()["town"], "office": ""}}, "town.office"),
        ({"decision": decision(date=None)}, "decision.date"),
        ({"remedy": {**scope()["remedy"], "seat": ""}}, "remedy.seat"),
    ],
)
def test_a_letter_without_sender_recipient_date_or_remedy_stays_in_the_house(
    change: dict[str, Any], missing: str
) -> None:
    with pytest.raises(LetterIncomplete, match=missing):
        probe(**change)


def test_payment_data_with_a_wrong_digit_stop_the_letter() -> None:
    payment = {**scope()["payment"], "reference": "RF00539007547034"}
    with pytest.raises(PaymentDataRefused):
        letter_of("{kind: payment}", payment=payment)
    with pytest.raises(LetterIncomplete):
        letter_of("{kind: payment}", payment={**payment, "amount_cents": None})


def test_the_code_and_the_words_name_the_same_payment() -> None:
    [payment] = [block for block in dog_letter("bescheid").blocks if isinstance(block, Payment)]
    entries = {entry.label: entry.value for entry in payment.entries}
    assert entries["Betrag"] == "70,00\xa0€"
    assert "EUR70.00" in payment.code
    assert entries["Verwendungszweck"].replace(" ", "") in payment.code
    assert entries["IBAN"] == "DE02 1203 0000 0000 2020 51 (Sparkasse Bodensee)"


def test_the_remedy_names_body_seat_period_and_forms() -> None:
    [remedy] = [block for block in probe().blocks if isinstance(block, Remedy)]
    assert "innerhalb eines Monats nach Bekanntgabe" in remedy.text
    assert "Kämmerei – Steueramt, Kanzleistraße 15, 78462 Konstanz." in remedy.text
    assert "§ 3a Abs. 2 VwVfG" in remedy.text
    elsewhere = probe(remedy={**scope()["remedy"], "seat": "Freiburg"}).blocks[-1]
    assert isinstance(elsewhere, Remedy)
    assert "(Sitz: Freiburg)" in elsewhere.text


def test_a_letter_reads_back_from_its_data_as_it_was() -> None:
    letter = dog_letter("bescheid")
    data = json.loads(json.dumps(letter.as_data()))
    assert Letter.from_data(data) == letter
    assert {type(block) for block in letter.blocks} >= {Operative, Paragraph, Table, Payment, Remedy, Items, Closing}


def test_a_letter_of_a_later_release_with_more_fields_can_still_be_read() -> None:
    data = probe().as_data()
    data["blocks"][0]["emphasis"] = "strong"
    assert Letter.from_data({**data, "watermark": "x"}) == probe()


def test_a_letter_says_who_worked_on_it() -> None:
    def entry(label: str, **other: Any) -> str:
        return next(each.value for each in probe(decision=decision(**other)).reference if each.label == label)

    assert entry("Bearbeitung") == "automatisch erstellt"
    assert entry("Bearbeitung", automated=False, clerk="Jürgen Großmann") == "Jürgen Großmann"
