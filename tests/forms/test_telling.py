"""The elements of a form in words, and what a form asks in figures."""

from __future__ import annotations

from datetime import date

import pytest

from stadtamt.forms.schema import Schema, Situation, read_form
from stadtamt.forms.schema.measuring import Burden, burden_of, extent_of
from stadtamt.forms.schema.telling import Saying, SchemaNames, conditions_of, how_often, type_in_words

FORM = """
form: verein
version: "1"
groups:
  - id: verein
    title: Ihr Verein
    questions:
      - id: wie
        title: Wie heißt er?
        fields:
          - {id: name, label: Name, type: name}
          - {id: art, label: Art, type: select, choices: [{value: "1", label: eingetragen}, {value: "2", label: lose}]}
      - id: extra
        title: Noch mehr?
        when: verein.art = "1"
        fields:
          - {id: fax, label: "Fax (freiwillig)", type: text, required: false}
  - id: sitz
    path: verein.sitz
    count: "0:1"
    title: Sitz
    questions:
      - id: wo
        title: Wo?
        fields:
          - {id: ort, label: Ort, type: text}
          - {id: name, label: Name, type: text}
          - {id: land, label: Land, type: text, count: "0:*"}
rules:
  - id: R1
    effects:
      - {effect: require, target: verein.sitz.land, condition: {not: {is_empty: {identifier: verein.sitz.ort}}}}
      - {effect: forbid, target: verein.sitz.land, condition: {is_empty: {identifier: verein.sitz.ort}}}
      - {effect: require, target: verein.sitz, condition: {equal: [{identifier: verein.art}, "1"]}}
"""


@pytest.fixture
def schema() -> Schema:
    return read_form(FORM)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        ((1, 1), "einmal"),
        ((0, 1), "freiwillig"),
        ((1, 5), "ein- bis fünfmal"),
        ((2, 2), "zweimal"),
        ((0, None), "freiwillig, beliebig oft"),
        ((1, None), "einmal oder öfter"),
        ((0, 3), "freiwillig, bis zu dreimal"),
        ((1, 40), "ein- bis 40mal"),
    ],
)
def test_how_often_is_said_in_words(count: tuple[int, int | None], words: str) -> None:
    assert how_often(*count) == words


def test_a_label_that_occurs_twice_is_told_by_its_group(schema: Schema) -> None:
    names = SchemaNames(schema)
    assert names.label("verein.name") == "„Name“ (in „Ihr Verein“)"
    assert names.label("verein.art") == "„Art“"
    assert names.at("verein.art").label("verein.name") == "„Name“"
    assert names.label("verein.fax") == "„Fax“"


def test_a_value_is_told_by_its_label(schema: Schema) -> None:
    names = SchemaNames(schema)
    assert names.value("verein.art", "2") == "„lose“"
    assert names.value("verein.art", "9") == ""


def test_what_is_asked_and_needed_under_the_same_condition_is_said_once(schema: Schema) -> None:
    said = conditions_of(schema.fields["verein.sitz.land"], SchemaNames(schema))
    assert said == (Saying("Nur wenn zu „Ort“ etwas angegeben ist; dann nötig."),)


def test_an_expression_of_the_house_is_shown_as_it_is_written(schema: Schema) -> None:
    page = next(one for one in schema.questions() if one.id == "extra")
    assert conditions_of(page, SchemaNames(schema)) == (Saying("Nur wenn", 'verein.art = "1"'),)


def test_a_group_says_when_it_is_needed(schema: Schema) -> None:
    said = conditions_of(schema.group_at["verein.sitz"], SchemaNames(schema))
    assert said == (Saying("Nötig, wenn bei „Art“ „eingetragen“ gewählt ist."),)


def test_a_type_is_said_in_words(schema: Schema) -> None:
    assert type_in_words(schema.fields["verein.art"]) == "eine von mehreren Antworten"
    assert type_in_words(schema.fields["verein.sitz.land"]) == "Text, auch mehrere"


def test_a_form_is_measured_by_what_somebody_sees_who_wants_nothing_optional(schema: Schema) -> None:
    burden = burden_of(Situation(schema, {}, {}, date(2026, 5, 11)))
    # The page "wie" with two questions, and one that asks whether the optional section is wanted.
    assert burden == Burden(pages=2, questions=3)
    assert burden.words == "2 Seiten, 3 Fragen"


def test_the_measure_follows_the_answers(schema: Schema) -> None:
    burden = burden_of(Situation(schema, {"verein": {"art": "1"}}, {}, date(2026, 5, 11)))
    # The section is needed now; what depends on the place is not asked yet.
    assert burden == Burden(pages=3, questions=5)


def test_everything_that_may_be_asked_counts_once(schema: Schema) -> None:
    assert extent_of(schema) == Burden(pages=3, questions=6)
