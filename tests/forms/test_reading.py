"""Reading form.yaml: every mistake is refused with its place and a sentence."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from stadtamt.conf import demo
from stadtamt.forms.schema import FormProblem, read_form

FORM = """
form: test
version: 1.0.0
groups:
  - id: hund
    title: Ihr Hund
    questions:
      - id: name
        title: Wie heißt Ihr Hund?
        fields:
          - {id: name, label: Name, type: text}
"""


def broken(old: str, new: str) -> FormProblem:
    assert old in FORM
    with pytest.raises(FormProblem) as problem:
        read_form(FORM.replace(old, new))
    return problem.value


def test_a_small_form_is_read() -> None:
    schema = read_form(FORM)
    assert (schema.key, schema.version) == ("test", "1.0.0")
    assert list(schema.fields) == ["hund.name"]
    field = schema.fields["hund.name"]
    assert (field.type, field.required, field.max_length) == ("text", True, 120)


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        ("form: test", "form: test\nfarbe: rot", "", "„farbe“ gibt es hier nicht"),
        ("title: Ihr Hund", "title: Ihr Hund\n    icon: x", "hund", "„icon“ gibt es hier nicht"),
        ("type: text}", "type: text, script: x}", "hund.name", "„script“ gibt es hier nicht"),
        ("form: test", "form: ''", "", "„form“ fehlt"),
        ("version: 1.0.0", "version: 1.0", "", "„version“ fehlt"),
        ("id: hund", "id: Hünd", "Hünd", "Buchstaben ohne Umlaute"),
        ("id: hund", "id: ''", "", "Buchstaben ohne Umlaute"),
        ("id: hund", "id: " + "a" * 41, "a" * 41, "Buchstaben ohne Umlaute"),
        ("title: Ihr Hund", "short: x", "hund", "„title“ fehlt"),
        ("type: text}", "type: farbe}", "hund.name", "Feldtyp „farbe“"),
        ("type: text}", "type: choice}", "hund.name", "choices"),
        ("type: text}", "type: choice, choices: []}", "hund.name", "choices"),
        ("type: text}", "type: text, when: hund.}", "hund.name", "„when“"),
        ("type: text}", "type: text, when: fremd.a = 1}", "hund-name", "„fremd“ kennt das Formular nicht"),
        ("type: text}", "type: text, hint: 'Zu {fremd.a}'}", "hund-name", "„fremd“ kennt das Formular nicht"),
        ("title: Wie heißt", "title: '{' #", "hund.name", "„title“"),
        ("type: text}", "type: integer, min: eins}", "hund.name", "ganze Zahl"),
        ("label: Name", "label: ''", "hund.name", "„label“ fehlt"),
        ("{id: name, label: Name, type: text}", "name", "hund.?", "benannte Angaben"),
        ("- {id: name, label: Name, type: text}", "[]", "hund.name", "mindestens einem Eintrag"),
        ("form: test\nversion: 1.0.0", "form: &a test\nversion: *a", "", "Verweise"),
        ("form: test", "form: test\nform: zwei", "", "zweimal"),
        ("form: test", "form: [", "", "Zeile"),
        ("form: test", "form: !!python/object/apply:os.system [ls]", "", ""),
    ],
)
def test_every_mistake_has_its_place_and_sentence(old: str, new: str, place: str, sentence: str) -> None:
    problem = broken(old, new)
    assert problem.place == place
    assert sentence in problem.sentence
    assert re.search(r"[.!]$|Zeile", problem.sentence) or not sentence


@pytest.mark.parametrize(
    "source", ["", "- a", "form", "null", "42", "groups: []", "\x00", "a: b: c", "[" * 2000, "? " * 500]
)
def test_what_is_no_form_is_refused(source: str) -> None:
    with pytest.raises(FormProblem):
        read_form(source)


@pytest.mark.parametrize(
    "group",
    [
        "null",
        "[]",
        "{}",
        "{id: hund}",
        "{id: hund, title: x, questions: {}}",
        "{id: hund, title: x, questions: [null]}",
    ],
)
def test_a_group_of_the_wrong_shape_is_refused(group: str) -> None:
    with pytest.raises(FormProblem):
        read_form(f"form: test\nversion: 1.0.0\ngroups:\n  - {group}\n")


@pytest.mark.parametrize(
    "extra",
    [
        "choices: [a]",
        "choices: 7",
        "choices: [{value: a}]",
        "choices: [{label: a}]",
        "max_length: viele",
        "max_length: [1]",
        "accept: 7",
        "required: [x]",
    ],
)
def test_an_entry_of_the_wrong_shape_is_refused(extra: str) -> None:
    problem = broken("type: text}", f"type: choices, {extra}}}")
    assert problem.place == "hund.name"


def test_a_kind_of_file_that_cannot_be_inspected_is_refused() -> None:
    assert broken("type: text}", "type: file, accept: [exe]}").place == "hund.name"


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        ("{id: c, field: name, message: x}", "„refuse“ oder „ask“"),
        ("{id: c, refuse: 'true', ask: 'true', field: name, message: x}", "„refuse“ oder „ask“"),
        ("{id: c, refuse: null, field: name, message: x}", "keine Bedingung"),
        ("{id: c, refuse: 'true', field: farbe, message: x}", "gibt es auf dieser Seite nicht"),
        ("{id: c, refuse: 'true', field: name}", "„message“ fehlt"),
        ("{id: c, refuse: 'true', message: x}", "„field“ fehlt"),
        ("{id: c, refuse: 'os.system(1)', field: name, message: x}", ""),
    ],
)
def test_every_mistake_in_a_check_is_refused(check: str, sentence: str) -> None:
    problem = broken("type: text}", f"type: text}}\n        checks:\n          - {check}")
    assert sentence in problem.sentence


def test_a_field_or_question_named_twice_is_refused() -> None:
    field = "- {id: name, label: Name, type: text}"
    assert "zweimal" in broken(field, f"{field}\n          {field}").sentence


def test_two_groups_of_the_same_name_are_refused() -> None:
    group = FORM[FORM.index("  - id: hund") :]
    other = group.replace("id: name", "id: anders")
    with pytest.raises(FormProblem, match="zweimal"):
        read_form(FORM + other)


def test_two_checks_of_the_same_name_are_refused() -> None:
    check = "- {id: c, refuse: 'false', field: name, message: x}"
    with pytest.raises(FormProblem, match="zweimal"):
        read_form(FORM + f"        checks:\n          {check}\n          {check}\n")


@pytest.mark.parametrize("name", ["today", "town", "parameters"])
def test_a_group_cannot_take_the_name_of_something_known(name: str) -> None:
    """The group would hide the town's parameters from every condition."""
    assert broken("id: hund", f"id: {name}").place == name


def test_a_group_condition_is_held_against_the_known_names_too() -> None:
    assert "fremd" in broken("title: Ihr Hund", "title: Ihr Hund\n    when: fremd.a").sentence


def test_the_dog_form_is_sound() -> None:
    schema = read_form((settings.SERVICES / demo.PACKAGE / "form.yaml").read_text())
    assert len(schema.groups) > 5
    for field in schema.fields.values():
        assert field.purpose, f"{field.path} asks without saying why."
