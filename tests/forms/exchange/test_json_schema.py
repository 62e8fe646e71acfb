"""The description of a form's answers for other systems."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from forms.forms import form
from stadtamt.forms.exchange import as_document, as_xdatenfelder, json_schema
from stadtamt.forms.fim import form_source
from stadtamt.forms.schema import read_form
from stadtamt.forms.xdatenfelder import read_document, write_document


def described(fields: str) -> dict[str, Any]:
    return dict(json_schema(form(fields))["properties"]["g"])


def test_keys_are_the_ids_and_objects_are_closed() -> None:
    group = described("{id: F60000000227, label: Name, type: name}")
    assert list(group["properties"]) == ["F60000000227"]
    assert group["required"] == ["F60000000227"]
    assert group["additionalProperties"] is False


def test_what_a_condition_may_take_away_is_not_required() -> None:
    group = described("{id: a, label: A, type: boolean}\n{id: b, label: B, type: text, when: g.a = true}")
    assert group["required"] == ["a"]


def test_types_have_their_names_and_limits() -> None:
    found = described(
        "{id: a, label: A, type: num_int, min: 1, max: 9}\n{id: b, label: B, type: date}\n"
        "{id: c, label: C, type: text, count: '2:5', max_length: 30, pattern: '[A-Z]+'}"
    )["properties"]
    assert found["a"] == {"title": "A", "type": "integer", "minimum": 1, "maximum": 9}
    assert found["b"] == {"title": "B", "type": "string", "format": "date"}
    assert (found["c"]["minItems"], found["c"]["maxItems"]) == (2, 5)
    assert found["c"]["items"]["pattern"] == "^(?:[A-Z]+)$"


def test_files_are_handed_over_by_their_ids() -> None:
    schema = form("{id: f, label: F, type: file, count: '0:*'}\n{id: e, label: E, type: file, count: '1:1'}")
    stored = [{"id": "a1", "name": "x.pdf", "size": 3}]
    document = as_document(schema, {"g": {"f": stored, "e": stored}})
    assert document == {"g": {"f": ["a1"], "e": "a1"}}
    assert jsonschema_rs.is_valid(json_schema(schema), document)


def test_a_form_of_the_house_survives_the_way_through_xdatenfelder() -> None:
    schema = form("{id: F60000000227, label: Name, type: name}\n{id: F60000000231, label: Tag, type: num_int, min: 1}")
    written = write_document(as_xdatenfelder(schema, title="Probe"))
    again = read_form(form_source(written, {}, key="test").source)
    assert [entry.type for entry in again.fields.values()] == ["text_latin", "num_int"]
    assert write_document(read_document(written)) == written
