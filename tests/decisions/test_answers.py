"""The answers as the rules see them, also of groups in groups and of fields outside of all."""

from __future__ import annotations

from datetime import date

from stadtamt.decisions.assessing import answers_in
from stadtamt.forms.schema import Situation, read_form

FORM = """
form: test
version: 1.0.0
groups:
  - {id: aussen, path: "", title: Außen, questions: [{id: q, title: Q?, fields: [{id: tag, label: Tag, type: date}]}]}
  - {id: a, title: A, questions: [{id: q, title: Q?, fields: [{id: f, label: F, type: text}]}]}
  - {id: b, path: a.b, count: "0:*", title: B, questions: [{id: q, title: Q?, fields: [{id: f, label: F, type: text}]}]}
"""


def test_the_rules_see_groups_in_groups_and_fields_outside_of_all() -> None:
    answers = {"tag": "2026-05-11", "a": {"f": "x", "b": [{"f": "y"}, {}]}}
    seen = answers_in(Situation(read_form(FORM), answers, {}, date(2026, 5, 11)))
    assert seen == {"tag": date(2026, 5, 11), "a": {"f": "x", "b": [{"f": "y"}, {"f": None}]}}
