"""Groups in groups, optional groups, repeated groups: which pages there are, and what is sent."""

from __future__ import annotations

from typing import Any

import pytest

from forms.forms import TODAY
from stadtamt.forms.schema import FormProblem, Given, Schema, Situation, answer_page, as_seen, read_form, review
from stadtamt.forms.wording import answer_groups

FAMILY = """
form: familie
version: 1.0.0
groups:
  - id: antrag
    title: Antrag
    questions:
      - {id: wer, title: Wer?, fields: [{id: name, label: Name, type: name}]}
  - id: kinder
    title: Kinder
    count: "0:3"
    questions:
      - id: kind
        title: Wie heißt das Kind?
        fields:
          - {id: name, label: Name, type: name}
          - {id: krippe, label: Krippe?, type: boolean}
          - {id: seit, label: Seit wann?, type: date, when: kinder.krippe = true}
  - id: schule
    path: kinder.schule
    title: Schule
    count: "0:1"
    questions:
      - {id: s, title: Schule, fields: [{id: ort, label: Ort, type: text}]}
  - id: notiz
    title: Notiz
    count: "0:1"
    questions:
      - {id: n, title: Notiz, fields: [{id: text, label: Text, type: text}]}
"""


def family() -> Schema:
    return read_form(FAMILY)


def person(answers: dict[str, Any]) -> Situation:
    return Situation(family(), answers, {}, TODAY)


def keys(situation: Situation) -> list[str]:
    return [page.key for page in situation.pages()]


def answered(situation: Situation, key: str, texts: dict[str, list[str]]) -> Situation:
    page = next(page for page in situation.pages() if page.key == key)
    outcome = answer_page(situation, page, Given(texts), confirmed=frozenset())
    assert outcome.accepted, outcome
    return situation.with_answers(outcome.values)


def test_neighbouring_optional_groups_are_offered_on_one_page() -> None:
    assert keys(person({})) == ["antrag-wer", "kinder-_wahl"]
    offered = person({}).pages()[1].fields[0]
    assert [choice.value for choice in offered.choices] == ["kinder", "notiz"]


def test_a_wanted_group_brings_its_pages_and_another_one_may_be_added() -> None:
    wanted = answered(person({}), "kinder-_wahl", {"kinder._wahl": ["kinder"]})
    assert keys(wanted) == ["antrag-wer", "kinder-_wahl", "kinder-kind-1", "schule-_wahl-1", "kinder-_mehr"]
    assert wanted.answers == {"kinder": [{}], "notiz": None}


def test_nobody_adds_more_than_the_form_allows() -> None:
    assert "kinder-_mehr" not in keys(person({"kinder": [{}, {}, {}]}))


def test_a_condition_means_the_occurrence_it_stands_in() -> None:
    both = person({"kinder": [{"krippe": True}, {"krippe": False}]})
    first, second = (page for page in both.pages() if page.id == "kind")
    assert [entry.address for entry in both.fields(first)][-1] == "kinder.1.seit"
    assert [entry.address for entry in both.fields(second)][-1] == "kinder.2.krippe"


def test_an_answer_stands_at_its_address() -> None:
    texts = {"kinder.2.name": ["Ida"], "kinder.2.krippe": ["false"]}
    found = answered(person({"kinder": [{"name": "Ole"}, {}]}), "kinder-kind-2", texts)
    assert found.answers["kinder"] == [{"name": "Ole"}, {"name": "Ida", "krippe": False}]


def test_what_is_sent_holds_no_group_that_was_declined() -> None:
    declined = person({"antrag": {"name": "Anna"}, "kinder": [], "notiz": None})
    checked = review(declined, confirmed=frozenset())
    assert checked.complete
    assert checked.answers == {"antrag": {"name": "Anna"}}


def test_a_wanted_group_must_be_filled_in() -> None:
    wanted = person({"antrag": {"name": "Anna"}, "kinder": [{}], "notiz": None})
    assert [page.key for page in review(wanted, confirmed=frozenset()).open_questions] == [
        "kinder-kind-1",
        "schule-_wahl-1",
    ]


def test_whether_optional_groups_are_wanted_is_asked_before_sending() -> None:
    asked = review(person({"antrag": {"name": "Anna"}}), confirmed=frozenset())
    assert [page.key for page in asked.open_questions] == ["kinder-_wahl"]
    assert review(as_seen(person({"antrag": {"name": "Anna"}})), confirmed=frozenset()).complete


def test_answers_read_again_stand_under_their_occurrence() -> None:
    kinder = [
        {"name": "Ole", "krippe": False, "schule": None},
        {"name": "Ida", "krippe": False, "schule": {"ort": "Ulm"}},
    ]
    groups = answer_groups(person({"antrag": {"name": "Anna"}, "kinder": kinder, "notiz": None}))
    assert [group.title for group in groups] == ["Antrag", "Kinder (1)", "Kinder (2)", "Schule"]
    assert [group.rows[0].value for group in groups] == ["Anna", "Ole", "Ida", "Ulm"]


@pytest.mark.parametrize("count", ["2", "3:2", "0:0", "-1:2", "x:*", "1:99999", ""])
def test_a_count_says_least_and_most(count: str) -> None:
    with pytest.raises(FormProblem, match="„count“ sagt, wie oft"):
        read_form(FAMILY.replace('count: "0:3"', f'count: "{count}"'))


def test_a_group_lies_in_a_group_that_is_there() -> None:
    with pytest.raises(FormProblem, match="„hunde“ darüber gibt es nicht"):
        read_form(FAMILY.replace("path: kinder.schule", "path: hunde.schule"))
