"""The whole dog form looked at before sending, with every way of filling it in."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from forms.forms import answer, form, situation
from stadtamt.conf import demo
from stadtamt.forms.schema import Field, Situation, read_form, review
from stadtamt.forms.wording import answer_groups
from stadtamt.kernel.dates import with_dates
from stadtamt.kernel.expressions import compile_text
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.layer import read_layer
from stadtamt.packages.preparing import prepare

FORM = form("{id: a, label: A, type: boolean}\n{id: b, label: B, type: text, when: g.a = true}")


@cache
def dogs() -> Situation:
    files = files_of_folder(settings.SERVICES / demo.PACKAGE)
    ready = prepare(files, read_layer(files["parameters/konstanz.toml"].decode()))
    schema, parameters = read_form(ready.package.form), with_dates(ready.parameters)
    return Situation(schema, {}, parameters, date(2026, 5, 11), {"name": "Konstanz"})


def answers_to(field: Field) -> st.SearchStrategy[Any]:
    """Values a field may hold in the database, and some it should not."""
    values: dict[str, st.SearchStrategy[Any]] = {
        "boolean": st.booleans(),
        "integer": st.integers(-5, 250),
        "date": st.dates(date(1890, 1, 1), date(2050, 1, 1)).map(str) | st.just("2026-02-30"),
        "choice": st.sampled_from([*(choice.value for choice in dogs().choices(field)), "fremd"]),
        "choices": st.lists(
            st.sampled_from([*(choice.value for choice in dogs().choices(field)), "fremd"]), max_size=4
        ),
        "file": st.just([{"id": "x", "name": "a.pdf", "size": 1}]),
    }
    return st.none() | values.get(field.type, st.text(max_size=12))


@st.composite
def filled(draw: st.DrawFn) -> Situation:
    answers: dict[str, dict[str, Any]] = {}
    for field in dogs().schema.fields.values():
        if draw(st.booleans()):
            answers.setdefault(field.group, {})[field.id] = draw(answers_to(field))
    known = dogs()
    return Situation(known.schema, answers, known.parameters, known.today, known.town)


def test_an_answer_of_a_branch_left_behind_is_not_sent() -> None:
    checked = review(situation(FORM, {"a": False, "b": "geheim"}), confirmed=frozenset())
    assert checked.complete
    assert checked.answers == {"g": {"a": False}}


def test_an_answer_to_a_question_that_is_not_in_the_form_is_not_sent() -> None:
    checked = review(situation(FORM, {"a": False, "z": "x"}), confirmed=frozenset())
    assert checked.answers == {"g": {"a": False}}


def test_what_is_missing_keeps_the_form_open() -> None:
    assert not review(situation(FORM, {"a": True}), confirmed=frozenset()).complete
    assert not review(situation(FORM, {"a": True, "b": ""}), confirmed=frozenset()).complete
    assert review(situation(FORM, {"a": True, "b": "x"}), confirmed=frozenset()).complete


def test_a_voluntary_page_not_seen_yet_keeps_the_form_open() -> None:
    schema = form("{id: a, label: A, type: text, required: false}")
    assert not review(situation(schema), confirmed=frozenset()).complete
    assert review(situation(schema).with_answers(answer(schema, {"a": ""}).values), confirmed=frozenset()).complete


def test_a_confirmation_counts_only_while_its_check_strikes() -> None:
    check = "{id: odd, ask: 'modulo(g.a, 2) = 1', field: a, message: Ungerade?}"
    schema = form("{id: a, label: A, type: integer}", checks=check)
    assert [each.id for each in review(situation(schema, {"a": 3}), confirmed=frozenset()).asks] == ["g.odd"]
    assert review(situation(schema, {"a": 3}), confirmed={"g.odd"}).confirmed == ("g.odd",)
    assert review(situation(schema, {"a": 2}), confirmed={"g.odd", "g.fremd"}).confirmed == ()


def test_an_answer_that_became_wrong_keeps_the_form_open() -> None:
    """A deadline may pass between answering and sending."""
    check = "{id: late, refuse: g.a < today, field: a, message: Zu spät.}"
    schema = form("{id: a, label: A, type: date}", checks=check)
    assert review(situation(schema, {"a": "2026-05-11"}), confirmed=frozenset()).complete
    assert not review(situation(schema, {"a": "2026-05-10"}), confirmed=frozenset()).complete


@effort(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(filled())
def test_no_way_of_filling_in_breaks_the_review(here: Situation) -> None:
    checked = review(here, confirmed=frozenset())
    keys = [question.key for question in checked.open_questions]
    assert len(keys) == len(set(keys))
    assert checked.complete == (not keys and not checked.asks)


@effort(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(filled())
def test_every_answer_that_is_sent_is_shown_exactly_once(here: Situation) -> None:
    sent = {
        f"{group}.{name}" for group, values in review(here, confirmed=frozenset()).answers.items() for name in values
    }
    shown = [row.path for group in answer_groups(here) for row in group.rows]
    assert len(shown) == len(set(shown))
    assert sent <= set(shown)


@effort(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(filled())
def test_what_is_sent_reviews_to_itself(here: Situation) -> None:
    """The office sees the same form that the person saw: nothing sent opens or closes a branch."""
    checked = review(here, confirmed=frozenset())
    again = review(
        Situation(here.schema, checked.answers, here.parameters, here.today, here.town), confirmed=frozenset()
    )
    assert again.answers == checked.answers


def test_a_title_that_would_compute_for_ever_says_nothing() -> None:
    """A town or an author may have written it; the person still gets a page."""
    endless = compile_text("{for i in 1..99999 return for k in 1..99999 return i * k}")
    assert dogs().words(endless) == ""
