"""A town's deviations and cases under the author's next version."""

from __future__ import annotations

from typing import Any

import pytest

from stadtamt.forms.schema import read_form
from stadtamt.packages.format.addresses import texts_of
from stadtamt.packages.format.layer import Override
from stadtamt.packages.merging import Merge, merge
from support.small_package import FORM, LETTER, PROCESS, override, small_package, town_layer

ADDRESS = "form.stand.ort.title"
OWN = override("text", address=ADDRESS, was="Wo steht der Stand?", text="Wo bauen Sie auf?")
QUESTION: dict[str, Any] = {"id": "neu", "title": "Neu?", "fields": [{"id": "neu", "label": "Neu", "type": "boolean"}]}
ASK = override("add", after="stand-bemerkung", question=QUESTION)
CASE: dict[str, Any] = {
    "name": "Drei Tage",
    "answers": {"stand": {"tage": 3, "foto": "x.png"}, "_confirmed": []},
    "parameters": {"fee": 100},
    "process": {"tasks": ["decide"]},
    "letter": {"id": "bescheid"},
}


def merged(
    *overrides: Override, answers: dict[str, Any] | None = None, cases: tuple[Any, ...] = (), **new: str
) -> Merge:
    return merge(small_package(), small_package(**new), town_layer({}, *overrides, cases=cases), answers or {})


def test_a_version_that_touches_nothing_of_the_town_keeps_everything() -> None:
    overrides = (
        OWN,
        ASK,
        override("hide", field="person.telefon"),
        override("four-eyes"),
        override("unit", name="Amt"),
    )
    result = merged(*overrides, cases=(CASE,), form=FORM.replace("Wer Sie sind", "Zu Ihnen"))
    assert result.ready
    assert result.layer.overrides == overrides
    assert result.layer.cases == (CASE,)
    assert "stand.neu" in read_form(result.package.form).fields
    assert sum(one.kind == "kept-override" for one in result.kept) == 5


def test_a_text_that_town_and_author_changed_is_shown_with_all_three_wordings() -> None:
    conflict = merged(OWN, form=FORM.replace("Wo steht der Stand?", "An welchem Platz?")).conflicts[0]
    assert conflict.id == "override:text:differs"
    assert (conflict.town, conflict.before, conflict.after) == (
        "Wo bauen Sie auf?",
        "Wo steht der Stand?",
        "An welchem Platz?",
    )


@pytest.mark.parametrize(
    ("answer", "said"),
    [("mine", "Wo bauen Sie auf?"), ("theirs", "An welchem Platz?"), ({"value": "Wo genau?"}, "Wo genau?")],
)
def test_the_answer_decides_whose_words_count_and_the_next_update_asks_no_more(answer: Any, said: str) -> None:
    form = FORM.replace("Wo steht der Stand?", "An welchem Platz?")
    result = merged(OWN, answers={"override:text:differs": answer}, form=form)
    assert result.ready
    assert texts_of(result.package)[ADDRESS] == said
    assert all(one.data["was"] == "An welchem Platz?" for one in result.layer.overrides)
    new = small_package(form=form)
    assert not merge(new, new, result.layer).conflicts


def test_a_text_without_the_authors_old_words_is_still_compared_with_them() -> None:
    own = override("text", address=ADDRESS, text="Wo bauen Sie auf?")
    assert merged(own, form=FORM.replace("Wo steht der Stand?", "An welchem Platz?")).conflicts
    assert not merged(own, form=FORM.replace("Wo steht der Stand?", "Wo bauen Sie auf?")).conflicts


def test_a_text_that_is_gone_is_named() -> None:
    gone = override("text", address="letter.bescheid.hinweise.items.1", text="Bitte räumen Sie auf.")
    result = merged(gone, letter=LETTER.replace("id: hinweise", "id: tipps"))
    assert (result.conflicts[0].id, result.conflicts[0].answers) == ("override:text:gone", ("theirs", "value"))
    moved = {"override:text:gone": {"value": {"address": "letter.bescheid.tipps.items.1"}}}
    assert merged(gone, answers=moved, letter=LETTER.replace("id: hinweise", "id: tipps")).ready


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("label: Telefon, type: text, required: false", "label: Telefon, type: text", "required"),
        ("id: telefon", "id: rufnummer", "gone"),
        ("help: Sie müssen das nicht sagen.", 'help: "{person.telefon}"', "needed"),
    ],
)
def test_a_hidden_field_that_must_be_asked_again_is_named(before: str, after: str, code: str) -> None:
    form = FORM.replace(before, after)
    result = merged(override("hide", "ohne", field="person.telefon"), form=form)
    assert [(one.id, one.answers) for one in result.conflicts] == [(f"override:ohne:{code}", ("theirs",))]
    assert result.layer.overrides == ()
    answered = merged(
        override("hide", "ohne", field="person.telefon"), answers={result.conflicts[0].id: "theirs"}, form=form
    )
    assert answered.ready


def test_a_question_whose_place_is_gone_goes_to_the_end_of_its_group_or_where_the_town_wants() -> None:
    form = FORM.replace("      - id: bemerkung\n", "      - id: letztes\n")
    result = merged(ASK, form=form)
    assert (result.conflicts[0].id, result.conflicts[0].answers) == ("override:add:gone", ("mine", "theirs", "value"))
    kept = merged(ASK, answers={"override:add:gone": "mine"}, form=form)
    assert kept.layer.overrides[0].data["after"] == "stand-letztes"
    moved = merged(ASK, answers={"override:add:gone": {"value": {"after": "stand-ort"}}}, form=form)
    assert [one.key for one in read_form(moved.package.form).questions()][3] == "stand-neu"
    again = merged(ASK, answers={"override:add:gone": {"value": {"after": "stand-nirgends"}}}, form=form)
    assert "„stand-nirgends“" in again.open[0].fault


def test_a_question_that_the_author_now_asks_too_is_named() -> None:
    form = FORM.replace("id: foto, label: Foto, type: file", "id: neu, label: Von uns, type: file")
    conflict = merged(ASK, form=form).conflicts[0]
    assert conflict.id == "override:add:taken"
    assert conflict.after["label"] == "Von uns"
    other = QUESTION | {"fields": [QUESTION["fields"][0] | {"id": "anders"}]}
    assert merged(ASK, answers={conflict.id: {"value": {"question": other}}}, form=form).ready


def test_a_text_on_a_question_that_is_given_up_is_named_in_its_turn() -> None:
    label = override("text", "wort", address="form.stand.neu.label", text="Ganz neu")
    form = FORM.replace("      - id: bemerkung\n", "      - id: letztes\n")
    result = merged(ASK, label, answers={"override:add:gone": "theirs"}, form=form)
    assert [one.id for one in result.open] == ["override:wort:gone"]
    assert not merged(ASK, label, answers={"override:add:gone": "mine"}, form=form).open


def test_four_eyes_without_a_decision_are_named() -> None:
    result = merged(override("four-eyes"), process=PROCESS.replace("stadtamt:decide", "stadtamt:answer"))
    assert [one.id for one in result.conflicts] == ["override:four-eyes:gone"]


def test_a_towns_case_that_names_what_is_gone_is_kept_without_it_or_given_up() -> None:
    new = {
        "form": FORM.replace("id: foto", "id: bild"),
        "process": PROCESS.replace("decide", "pruefen").replace("stadtamt:pruefen", "stadtamt:decide"),
    }
    conflict = merged(cases=(CASE,), **new).conflicts[0]
    assert conflict.id == "case:Drei Tage:gone"
    assert conflict.before == ["answers.stand.foto", "process.decide"]
    left = merged(cases=(CASE,), answers={conflict.id: "mine"}, **new).layer.cases[0]
    assert (left["answers"], "process" in left) == ({"stand": {"tage": 3}, "_confirmed": []}, False)
    assert merged(cases=(CASE,), answers={conflict.id: "theirs"}, **new).layer.cases == ()
    given = {"value": {"name": "Drei Tage", "answers": {"stand": {"bild": "x.png"}}}}
    assert merged(cases=(CASE,), answers={conflict.id: given}, **new).layer.cases == (given["value"],)


def test_an_answer_that_is_not_possible_or_not_asked_for_changes_nothing() -> None:
    form = FORM.replace("Wo steht der Stand?", "An welchem Platz?")
    result = merged(OWN, answers={"override:text:differs": "vielleicht", "parameter:fee:gone": "theirs"}, form=form)
    assert [one.fault for one in result.open] == ["Diese Antwort ist hier nicht möglich."]
    assert [one.id for one in result.conflicts] == ["override:text:differs"]
