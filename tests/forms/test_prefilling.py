"""What an earlier application said is not asked again."""

from __future__ import annotations

from typing import Any

from forms.forms import TODAY, form, situation
from stadtamt.forms.schema import Schema, Situation, read_form
from stadtamt.forms.schema.prefilling import prefilled

OLD = form(
    "{id: a, label: A, type: name}\n{id: b, label: B, type: date}\n{id: c, label: C, type: boolean}\n"
    "{id: n, label: N, type: num_currency}\n{id: d, label: D, type: file, required: false}"
)
GIVEN = {"a": "Anna", "b": "2020-02-29", "c": False, "n": 12.5, "d": [{"id": "1", "name": "x.pdf", "size": 1}]}
SHARED = """
form: {key}
version: 1.0.0
groups:
  - id: {group}
    title: Person
    questions:
      - id: q
        title: Q
        fields: [{{id: F60000000227, label: Name, type: name}}, {{id: F05000000001, label: X, type: text}}]
"""


def taken(new: Schema, old: Schema, given: dict[str, Any]) -> Any:
    return prefilled(Situation(new, {}, {}, TODAY), old, given)


def test_the_same_form_takes_over_everything_but_files() -> None:
    assert taken(OLD, OLD, {"g": GIVEN}) == {"g": {key: GIVEN[key] for key in "abcn"}}


def test_what_the_form_no_longer_accepts_is_asked_anew() -> None:
    new = form(
        "{id: a, label: A, type: name, max_length: 3}\n{id: b, label: B, type: text}\n{id: c, label: C, type: boolean}"
    )
    assert taken(new, OLD, {"g": GIVEN}) == {"g": {"c": False}}


def test_another_form_takes_over_shared_fields_of_the_same_group_only() -> None:
    one, other = (read_form(SHARED.format(key=key, group="G60000000001")) for key in ("a", "b"))
    strange = read_form(SHARED.format(key="c", group="G05000000001"))
    given = {"G60000000001": {"F60000000227": "Müller", "F05000000001": "geheim"}}
    assert taken(other, one, given) == {"G60000000001": {"F60000000227": "Müller"}}
    assert taken(strange, one, given) == {}


def test_nothing_taken_over_leaves_the_form_as_it_is() -> None:
    assert prefilled(situation(OLD), OLD, {}) == {"g": {}}
