"""One page answered: fields that appear, checks that refuse or ask back, and nothing typed is lost."""

from __future__ import annotations

from forms.forms import answer, form, only_question, situation
from stadtamt.forms.schema import answer_page
from support.cases import given

MORE = form(
    "{id: more, label: Mehr?, type: boolean}\n{id: count, label: Wie viele, type: integer, when: g.more = true}"
)
PAIR = form(
    "{id: a, label: A, type: integer}\n{id: b, label: B, type: integer}",
    checks=(
        "{id: order, refuse: g.a > g.b, field: b, message: 'B ist kleiner als {g.a}.'}\n"
        "{id: big, ask: g.b > 100, field: b, message: 'Wirklich {g.b}?'}\n"
        "{id: odd, ask: 'modulo(g.a, 2) = 1', field: a, message: 'Ungerade?'}"
    ),
)


def test_a_complete_page_is_accepted() -> None:
    outcome = answer(PAIR, {"a": "2", "b": "3"})
    assert outcome.accepted
    assert outcome.values == {"g.a": 2, "g.b": 3}


def test_a_field_that_does_not_apply_is_not_asked() -> None:
    outcome = answer(MORE, {"more": "false", "count": "7"})
    assert outcome.accepted
    assert outcome.values == {"g.more": False}


def test_a_field_that_appears_by_this_answer_is_shown_first() -> None:
    """The person has not seen it yet, so it is no mistake to have left it empty."""
    outcome = answer(MORE, {"more": "true"}, shown=frozenset({"g.more"}))
    assert not outcome.accepted
    assert outcome.appeared == ("g.count",)
    assert outcome.errors == ()


def test_a_field_that_appeared_and_was_left_empty_is_asked_for() -> None:
    outcome = answer(MORE, {"more": "true"}, shown=frozenset({"g.more", "g.count"}))
    assert [path for path, _ in outcome.errors] == ["g.count"]


def test_a_field_that_a_script_showed_at_once_is_read_at_once() -> None:
    outcome = answer(MORE, {"more": "true", "count": "2"}, shown=frozenset({"g.more"}))
    assert outcome.accepted
    assert outcome.values == {"g.more": True, "g.count": 2}


def test_every_mistake_of_a_page_is_told_at_once_in_its_order() -> None:
    outcome = answer(PAIR, {"a": "x", "b": ""})
    assert [path for path, _ in outcome.errors] == ["g.a", "g.b"]


def test_what_could_be_read_is_kept_beside_a_mistake() -> None:
    outcome = answer(PAIR, {"a": "2", "b": "x"})
    assert outcome.values == {"g.a": 2}


def test_a_check_that_refuses_speaks_with_the_answers() -> None:
    outcome = answer(PAIR, {"a": "4", "b": "2"})
    assert outcome.errors == (("g.b", "B ist kleiner als 4."),)
    assert outcome.asks == ()


def test_a_refusal_cannot_be_confirmed_away() -> None:
    assert not answer(PAIR, {"a": "4", "b": "2"}, confirmed=("g.order",)).accepted


def test_what_is_asked_back_may_be_confirmed() -> None:
    asked = answer(PAIR, {"a": "3", "b": "200"})
    assert [(ask.id, ask.message) for ask in asked.asks] == [("g.big", "Wirklich 200?"), ("g.odd", "Ungerade?")]
    assert not answer(PAIR, {"a": "3", "b": "200"}, confirmed=("g.big",)).accepted
    assert answer(PAIR, {"a": "3", "b": "200"}, confirmed=("g.big", "g.odd")).accepted


def test_checks_wait_until_every_field_is_right() -> None:
    outcome = answer(PAIR, {"a": "3", "b": "x"})
    assert [path for path, _ in outcome.errors] == ["g.b"]


def test_a_required_file_is_asked_for() -> None:
    schema = form("{id: a, label: Nachweis, type: file}")
    outcome = answer(schema, {})
    assert outcome.errors == (("g.a", "Bitte laden Sie eine Datei hoch: Nachweis."),)


def test_a_refused_file_tells_why() -> None:
    outcome = answer(form("{id: a, label: Nachweis, type: file}"), {}, file_errors={"g.a": "Diese Datei ist leer."})
    assert outcome.errors == (("g.a", "Diese Datei ist leer."),)


def test_what_does_not_belong_to_the_page_is_ignored() -> None:
    outcome = answer(PAIR, {"a": "2", "b": "3", "c": "4", "__class__": "x"})
    assert outcome.values == {"g.a": 2, "g.b": 3}


def test_a_choice_may_come_from_the_towns_parameters() -> None:
    schema = form("{id: a, label: Ort, type: choice, choices_from: parameters.places}")
    places = [{"value": "x", "label": "Dorf"}, "Stadt"]
    here = situation(schema, places=places)
    outcome = answer_page(here, only_question(schema), given({"g.a": "Stadt"}), confirmed=frozenset())
    assert outcome.values == {"g.a": "Stadt"}
    assert not answer_page(here, only_question(schema), given({"g.a": "Dorf"}), confirmed=frozenset()).accepted


def test_a_parameter_that_is_no_list_offers_nothing() -> None:
    schema = form("{id: a, label: Ort, type: choice, choices_from: parameters.places}")
    for places in (None, "Stadt", 7, {"a": 1}, [{"name": "ohne Beschriftung"}]):
        here = situation(schema, places=places)
        assert not answer_page(here, only_question(schema), given({"g.a": "x"}), confirmed=frozenset()).accepted
