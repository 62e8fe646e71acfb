"""Golden cases say no when something is not as expected, and say what was expected and what was found."""

# ruff: noqa: E501 - one expectation to a line

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache

import pytest

from stadtamt.packages.format.layer import Layer, Override, read_layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import Outcome, assess_all, cases_of, read_cases, run, run_for_author, run_for_layer
from stadtamt.packages.overrides import apply
from stadtamt.packages.skeleton import skeleton

TOWN = {"place": "Oberdorf", "objection_body": "Gemeinde Oberdorf", "bylaw_title": "Gebührensatzung", "fee": 1250}
CASE = """
[[case]]
name = "Zwei Bescheinigungen"
today = 2026-05-12
complete = true
[case.answers]
person = { vorname = "Eva", nachname = "Müller", strasse = "Lindenweg 3", plz = "12345", ort = "Oberdorf" }
antrag = { anzahl = 2 }
kontakt = { elektronisch = false }
[case.expect]
codes = []
total_cents = 2500
[case.process]
tasks = ["decide", "post-notice"]
[case.letter]
id = "bescheid"
contains = ["25,00 €"]
lacks = ["Wir lehnen"]
[case.deadlines]
decide_by = 2026-05-26
announced_on = 2026-05-18
"""
WRONG = {
    "total_cents = 2500": ("total_cents = 2400", "total_cents: erwartet 2400, gefunden 2500."),
    "codes = []": ('codes = ["missing"]', 'codes: erwartet ["missing"], gefunden [].'),
    "total_cents = 2500\n": ("summe = 1\n", "summe: erwartet 1, aber das gibt es im Ergebnis nicht."),
    "antrag = { anzahl = 2 }": ("antrag = { anzahl = 2, farbe = 1 }", "Die Antwort „antrag.farbe“ gibt es im Formular nicht."),
    ', ort = "Oberdorf" }': (" }", "complete: Die Seite „Wo wohnen Sie?“ (person-anschrift) ist noch offen."),
    "complete = true": ("complete = false", "erwartet war das Gegenteil"),
    '["decide", "post-notice"]': ('["decide"]', 'process.tasks: erwartet ["decide"], gefunden ["decide", "post-notice"].'),
    'id = "bescheid"': ('id = "ablehnung"', 'letter.id: erwartet "ablehnung", gefunden "bescheid".'),
    '["25,00 €"]': ('["24,00 €"]', "letter.contains: „24,00 €“ steht nicht im Brief"),
    '["Wir lehnen"]': ('["Wir erteilen"]', "letter.lacks: „Wir erteilen“ steht im Brief"),
    "decide_by = 2026-05-26": ("decide_by = 2026-05-27", 'deadlines.decide_by: erwartet "2026-05-27", gefunden "2026-05-26".'),
    "announced_on = 2026-05-18": ("announced_on = 2026-05-16", 'gefunden "2026-05-18"'),
    "today = 2026-05-12": ('today = "=parameters.fee"', "„today“ muss ein Tag sein"),
    'contains = ["25,00 €"]': ('contains = ["=("]', "Der Ausdruck „=(“ lässt sich nicht berechnen"),
}  # fmt: skip


@cache
def package() -> Package:
    return read_package(skeleton("neue-leistung"))


def outcome(text: str, *, own: bool = True) -> Outcome:
    (found,) = run(package(), read_cases(tomllib.loads(text)["case"], own=own), TOWN, town="oberdorf")
    return found


def test_every_case_of_a_new_package_passes_and_general_ones_run_in_every_town() -> None:
    found = run_for_author(package())
    assert [one for one in found if not one.passed] == []
    assert {one.town for one in found} == {"musterstadt"}
    assert len(found) == len(cases_of(package().files))


def test_a_case_of_a_stranger_passes() -> None:
    assert outcome(CASE) == Outcome("eigene Fälle", "Zwei Bescheinigungen", "oberdorf", True, ())


@pytest.mark.parametrize("right", WRONG)
def test_a_wrong_expectation_is_named_with_both_values(right: str) -> None:
    wrong, sentence = WRONG[right]
    assert right in CASE
    found = outcome(CASE.replace(right, wrong, 1))
    assert not found.passed
    assert any(sentence in one for one in found.differences), found.differences


def test_a_day_that_is_not_written_as_the_form_keeps_it_is_named() -> None:
    files = skeleton("neue-leistung")
    form = files["form.yaml"].replace(
        b"            required: false\n            max_length: 200", b"            required: false"
    )
    dated = read_package(
        {**files, "form.yaml": form.replace(b"(freiwillig)\n            type: text", b"?\n            type: date")}
    )
    text = CASE.replace("anzahl = 2 }", 'anzahl = 2, zweck = "29.05.2026" }')
    (found,) = run(dated, read_cases(tomllib.loads(text)["case"], own=True), TOWN, town="oberdorf")
    assert 'Die Antwort „antrag.zweck“ muss ein Tag sein wie 2026-05-12, nicht "29.05.2026".' in found.differences


def test_a_refusal_takes_the_other_letter_with_the_words_of_the_clerk() -> None:
    text = CASE.replace("complete = true", 'outcome = "refused"\ngrounds = "Sie wohnen woanders."')
    text = text.replace('id = "bescheid"', 'id = "ablehnung"').replace('["25,00 €"]', '["Sie wohnen woanders."]')
    assert outcome(text.replace('["Wir lehnen"]', '["25,00 €"]')).differences == ()


def test_a_question_back_is_walked() -> None:
    tasks = '["decide", "answer", "decide", "post-notice"]'
    assert outcome(CASE.replace('["decide", "post-notice"]', tasks)).passed


def test_a_parameter_that_does_not_fit_fails_the_case_with_a_sentence() -> None:
    found = outcome(CASE.replace("complete = true", "parameters = { fee = -1 }"))
    assert found.differences == (
        "„Gebühr für eine Bescheinigung“ (fee): Erwartet wird ein Betrag in ganzen Cent, nicht negativ.",
    )


def test_a_town_runs_the_general_cases_and_its_own() -> None:
    layer = read_layer((skeleton("neue-leistung")["parameters/musterstadt.toml"]).decode() + CASE)
    found = run_for_layer(package(), layer, town="musterstadt")
    assert [one.passed for one in found if one.file == "tests/faelle.toml"] == [True] * 6
    (own,) = [one for one in found if one.file == "eigene Fälle"]
    assert "total_cents: erwartet 2500, gefunden 1600." in own.differences
    assert run_for_layer(package(), layer, own_only=True) == (replace(own, town=""),)


def test_overrides_of_a_town_do_not_break_the_cases_of_the_author() -> None:
    overrides = (
        Override("augen", "four-eyes", {}),
        Override("zweck", "hide", {"field": "antrag.zweck"}),
        Override("gruss", "text", {"address": "letter.ablehnung.kosten.text", "was": "Sie müssen keine Gebühr zahlen.", "text": "Das ist umsonst."}),
    )  # fmt: skip
    own = tomllib.loads(CASE.replace('["decide", "post-notice"]', '["prepare", "decide", "post-notice"]'))["case"]
    found = run_for_layer(apply(package(), overrides), Layer(TOWN, {}, overrides, tuple(own)))
    assert [one.differences for one in found if not one.passed] == []


def test_fees_of_two_versions_can_be_laid_side_by_side() -> None:
    dearer = replace(package(), rules=package().rules.replace("* parameters.fee", "* (parameters.fee + 100)"))
    before, after = assess_all(package(), TOWN), assess_all(dearer, TOWN)
    name = "In jeder Kommune: das Doppelte für zwei"
    assert (before[name]["total_cents"], after[name]["total_cents"]) == (2500, 2700)
    assert before.keys() == after.keys()
