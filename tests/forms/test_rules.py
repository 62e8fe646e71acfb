"""Rules of a form: what they require, take away, refuse and fill in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from forms.forms import TODAY
from stadtamt.forms.schema import FormProblem, Given, Schema, Situation, answer_page, read_form, review

YES = {"equal": [{"identifier": "g.a"}, True]}
NO = {"equal": [{"identifier": "g.a"}, False]}


def effect(kind: str, target: str, condition: Any, **more: Any) -> dict[str, Any]:
    return {"effect": kind, "target": target, "condition": condition, "message": "So nicht.", **more}


def form(*effects: dict[str, Any], status: str = "machine") -> Schema:
    fields = [{"id": "a", "label": "A", "type": "bool"}, {"id": "b", "label": "B", "type": "text", "count": "0:1"}]
    inner = {"id": "h", "title": "H", "count": "0:1", "questions": [page({"id": "c", "label": "C", "type": "text"})]}
    groups = [{"id": "g", "title": "G", "questions": [page(*fields)]}, inner]
    rules = [{"id": "R1", "text": "…", "status": status, "effects": list(effects)}]
    return read_form(json.dumps({"form": "f", "version": "1.0.0", "groups": groups, "rules": rules}))


def page(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"id": "q", "title": "Q", "fields": list(fields)}


def person(schema: Schema, answers: dict[str, Any]) -> Situation:
    return Situation(schema, answers, {}, TODAY)


def open_pages(schema: Schema, answers: dict[str, Any]) -> list[str]:
    return [one.key for one in review(person(schema, answers), confirmed=frozenset()).open_questions]


def test_a_field_is_required_only_where_the_rule_says_so() -> None:
    schema = form(effect("require", "g.b", YES))
    assert open_pages(schema, {"g": {"a": True, "b": None}, "h": None}) == ["g-q"]
    assert open_pages(schema, {"g": {"a": False, "b": None}, "h": None}) == []


def test_what_becomes_required_by_an_answer_on_the_same_page_is_asked_at_once() -> None:
    situation = person(form(effect("require", "g.b", YES)), {})
    texts = {"g.a": ["true"], "g.b": [""]}
    outcome = answer_page(situation, situation.pages()[0], Given(texts), confirmed=frozenset())
    assert outcome.errors == (("g.b", "Bitte füllen Sie dieses Feld aus: B."),)


def test_a_forbidden_field_is_neither_asked_nor_sent() -> None:
    situation = person(form(effect("forbid", "g.b", NO)), {"g": {"a": False, "b": "alt"}, "h": None})
    assert [entry.id for entry in situation.fields(situation.pages()[0])] == ["a"]
    assert review(situation, confirmed=frozenset()).answers == {"g": {"a": False}}


def test_requiring_goes_before_forbidding() -> None:
    schema = form(effect("forbid", "g.b", True), effect("require", "g.b", YES))
    assert open_pages(schema, {"g": {"a": True}, "h": None}) == ["g-q"]
    assert open_pages(schema, {"g": {"a": False}, "h": None}) == []


def test_a_required_group_is_not_offered_but_asked() -> None:
    schema = form(effect("require", "h", YES), effect("forbid", "h", NO))
    assert [one.key for one in person(schema, {"g": {"a": True}}).pages()] == ["g-q", "h-q"]
    assert [one.key for one in person(schema, {"g": {"a": False}}).pages()] == ["g-q"]


def test_what_is_not_valid_is_refused_on_the_last_page_that_asks_for_it() -> None:
    both = {"or": [{"not": {"is_empty": {"identifier": "g.b"}}}, {"not": {"is_empty": {"identifier": "h.c"}}}]}
    schema = form(effect("valid", "g.b", both))
    assert open_pages(schema, {"g": {"a": True, "b": None}, "h": None}) == ["h-_wahl"]
    assert open_pages(schema, {"g": {"a": True, "b": "x"}, "h": None}) == []


def test_of_groups_of_which_one_is_to_be_given_one_is_chosen() -> None:
    empty = [{"not": {"is_empty": {"identifier": name}}} for name in ("h", "i")]
    data = json.loads(json.dumps({"form": "f", "version": "1.0.0"}))
    fields = page({"id": "c", "label": "C", "type": "text"})
    data["groups"] = [{"id": name, "title": name, "count": "0:1", "questions": [fields]} for name in ("h", "i")]
    data["rules"] = [{"id": "R1", "text": "…", "effects": [effect("valid", "h", {"xor": empty})]}]
    offered = person(read_form(json.dumps(data)), {}).pages()[0].fields[0]
    assert (offered.type, offered.least, offered.most) == ("select", 1, 1)


def test_a_preset_field_is_not_asked_and_sent_with_its_value() -> None:
    schema = form(effect("preset", "g.b", True, value="001"))
    assert review(person(schema, {"g": {"a": True}, "h": None}), confirmed=frozenset()).answers["g"]["b"] == "001"


def test_an_unclear_rule_does_nothing_and_is_kept() -> None:
    schema = form(effect("forbid", "g.b", True), status="unclear")
    assert schema.rules[0].status == "unclear"
    assert "g.b" in [entry.path for entry in person(schema, {}).fields(person(schema, {}).pages()[0])]


@pytest.mark.parametrize("wrong", [{"effect": "delete"}, {"condition": {"lt": []}}, {"target": ""}, {"value": 1}])
def test_an_effect_that_is_none_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(FormProblem, match="Regel R1"):
        form({**effect("forbid", "g.b", True), **wrong})
