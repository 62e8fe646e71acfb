"""Every released schema becomes a form that somebody can fill in, and what is sent fits its JSON Schema."""

from __future__ import annotations

import random
from datetime import date
from functools import cache
from typing import Any

import jsonschema_rs
import pytest

from stadtamt.forms.exchange import as_document, json_schema
from stadtamt.forms.fim import form_source
from stadtamt.forms.schema import Schema, Situation, read_form, review
from support.applicants import Applicant, fill_in
from support.real import real_file

pytestmark = pytest.mark.real_data

NAMES = """
    S00000000362 S00000000364 S00000000367 S00000000371 S00000000373 S00000000374 S00000000379 S00000000380 S00000000387
    S00000000389 S00000000392 S00000000395 S02000000112 S05000001162 S05000001198 S05000001205 S05000001212 S05000001216
    S05000001299 S05000001323 S07000000201 S07000000210 S07000000227 S07000000248 S07000000264
""".split()
TODAY = date(2026, 11, 28)


@cache
def schema(name: str) -> Schema:
    lists = {file.name: file.read_bytes() for file in real_file("codelists").glob("*.xml")}
    return read_form(form_source(real_file(f"fim/{name}.schema.xdf.xml").read_bytes(), lists, key="antrag").source)


def complete(name: str, seed: int, eager: float) -> Situation:
    nobody = Situation(schema(name), {}, {}, TODAY, {"name": "Konstanz", "land": "BW"})
    return fill_in(nobody, Applicant(seed, eager=eager))


def test_the_list_of_schemas_is_the_folder() -> None:
    assert sorted(file.name[:12] for file in real_file("fim").glob("*.xdf.xml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_person_who_says_the_least_completes_the_form(name: str) -> None:
    checked = review(complete(name, seed=1, eager=0.0), confirmed=frozenset())
    assert checked.complete
    assert not faults(name, as_document(schema(name), checked.answers))


@pytest.mark.parametrize("name", NAMES)
def test_a_person_who_says_much_completes_the_form(name: str) -> None:
    checked = review(complete(name, seed=2, eager=0.6), confirmed=frozenset())
    assert checked.complete
    assert not faults(name, as_document(schema(name), checked.answers))


@pytest.mark.parametrize("name", NAMES)
def test_a_field_that_is_always_needed_is_missed_by_schema_and_form_alike(name: str) -> None:
    document = as_document(schema(name), review(complete(name, seed=1, eager=0.0), confirmed=frozenset()).answers)
    chosen = random.Random(7).choice(needed(json_schema(schema(name)), ()))
    holder = document
    for step in chosen[:-1]:
        holder = holder[step]
    del holder[chosen[-1]]
    assert faults(name, document)


def needed(described: dict[str, Any], above: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The ways to all required members that lie in required, not repeated objects."""
    found = []
    for key in described.get("required", ()):
        found.append((*above, key))
        if described["properties"][key].get("type") == "object":
            found += needed(described["properties"][key], (*above, key))
    return found


def faults(name: str, document: dict[str, Any]) -> list[str]:
    validator = jsonschema_rs.Draft202012Validator(json_schema(schema(name)), validate_formats=True)
    return [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(document)]
