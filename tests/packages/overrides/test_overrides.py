"""A town deviates from the author's package by name, and is told what does not fit."""

# ruff: noqa: E501 - tables in one line each

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from stadtamt.forms.schema import read_form
from stadtamt.notices.composing import read_letter
from stadtamt.packages.format.addresses import in_language, texts_of
from stadtamt.packages.overrides import OverrideRefused, apply
from support.small_package import FORM, override, small_package

QUESTION: dict[str, Any] = {
    "id": "versicherung",
    "title": "Sind Sie versichert?",
    "fields": [{"id": "versichert", "label": "Versichert", "type": "boolean", "purpose": "Für Schäden."}],
}


def refusal(*overrides: Any, **changed: str) -> OverrideRefused:
    with pytest.raises(OverrideRefused) as refused:
        apply(small_package(**changed), overrides)
    assert f"„{refused.value.override}“" in str(refused.value)
    assert refused.value.reason in str(refused.value)
    return refused.value


def test_an_optional_field_is_not_asked_any_more() -> None:
    changed = apply(small_package(), [override("hide", field="person.telefon")])
    assert "person.telefon" not in read_form(changed.form).fields
    assert "person.mail" in read_form(changed.form).fields


def test_a_hidden_question_takes_its_empty_group_and_its_translations_along() -> None:
    whole = small_package(
        form=FORM.replace(
            "  - id: stand\n",
            "  - id: leer\n    title: Leer\n    questions:\n      - {id: a, title: A?, fields: [{id: b, label: B, type: text, required: false}]}\n  - id: stand\n",
        )
    )
    changed = apply(whole, [override("hide", question="leer-a"), override("hide", "zwei", question="person-kontakt")])
    assert [group.id for group in read_form(changed.form).groups] == ["person", "stand"]
    assert "form.person.kontakt.title" not in changed.texts["en"]
    assert in_language(changed, "en").service["title"] == "Register a stall"


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        ({"field": "person.vorname"}, "required", "„Vorname“ (person.vorname) ist eine Pflichtangabe."),
        ({"field": "stand.bemerkung"}, "needed", "eine Regel (rules.dmn)"),
        ({"question": "stand-bemerkung"}, "needed", "eine Regel (rules.dmn)"),
        ({"field": "person.fax"}, "gone", "„person.fax“ gibt es im Formular nicht."),
        ({"field": "person.mail", "question": "person-kontakt"}, "wrong", "eines: „question“, „field“ oder „group“"),
        ({"frage": "person-kontakt"}, "wrong", "„frage“ gibt es hier nicht"),
    ],
)
def test_what_cannot_be_hidden_is_refused_with_the_reason(data: dict[str, str], code: str, reason: str) -> None:
    refused = refusal(override("hide", **data))
    assert refused.code == code
    assert reason in refused.reason


def test_a_field_that_another_question_reads_cannot_be_hidden() -> None:
    form = FORM.replace("id: foto, label: Foto", 'id: foto, label: "Foto {person.mail}"')
    assert (
        "die Frage „Müssen wir noch etwas wissen?“" in refusal(override("hide", field="person.mail"), form=form).reason
    )
    apply(
        small_package(form=form), [override("hide", field="person.mail"), override("hide", "foto", field="stand.foto")]
    )


def test_a_town_asks_one_more_question_behind_another() -> None:
    form = read_form(apply(small_package(), [override("add", after="stand-ort", question=QUESTION)]).form)
    assert [one.key for one in form.questions()][2:] == ["stand-ort", "stand-versicherung", "stand-bemerkung"]
    assert form.fields["stand.versichert"].required


def test_questions_behind_the_same_one_stand_in_the_order_of_the_list() -> None:
    def ask(name: str, after: str) -> Any:
        return override(
            "add", name, after=after, question=QUESTION | {"id": name, "fields": [QUESTION["fields"][0] | {"id": name}]}
        )

    overrides = [ask("c", "stand-a"), ask("a", "stand-ort"), ask("b", "stand-ort")]
    form = read_form(apply(small_package(), overrides).form)
    assert [one.id for one in form.groups[1].questions] == ["ort", "a", "c", "b", "bemerkung"]


@pytest.mark.parametrize(
    ("after", "change", "code", "reason"),
    [
        ("stand-nirgends", {}, "gone", "„stand-nirgends“"),
        ("stand-ort", {"id": "bemerkung"}, "taken", "Die Frage „stand-bemerkung“ gibt es schon."),
        ("stand-ort", {"fields": [QUESTION["fields"][0] | {"id": "tage"}]}, "taken", "„stand.tage“ gibt es schon."),
        ("stand-ort", {"fields": [{"id": "x", "label": "X", "type": "zahl"}]}, "wrong", "Den Feldtyp „zahl“"),
        ("stand-ort", {"when": "stand.laenge > 2"}, "names", "„stand.laenge“"),
        ("stand-ort", {"help": "{parameters.size}"}, "names", "„parameters.size“"),
        ("stand-ort", {"id": ""}, "wrong", "braucht id"),
    ],
)
def test_a_question_that_cannot_be_added_is_refused(after: str, change: dict[str, Any], code: str, reason: str) -> None:
    refused = refusal(override("add", after=after, question=QUESTION | change))
    assert (refused.code, reason in refused.reason) == (code, True), refused.reason


def test_a_town_uses_its_own_words_and_the_old_translation_goes() -> None:
    own = override("text", address="form.stand.ort.title", was="Wo steht\nder Stand?", text="Wo bauen Sie auf?")
    changed = apply(small_package(), [own])
    assert texts_of(changed)["form.stand.ort.title"] == "Wo bauen Sie auf?"
    assert texts_of(in_language(changed, "en"))["form.stand.ort.title"] == "Wo bauen Sie auf?"
    own = override("text", address="form.stand.ort.title", text="Wo bauen Sie auf?", translations={"en": "Where?"})
    assert texts_of(in_language(apply(small_package(), [own]), "en"))["form.stand.ort.title"] == "Where?"


def test_a_letter_in_the_towns_words_is_still_a_letter() -> None:
    own = override(
        "text", address="letter.bescheid.hinweise.items.1", text="Der Platz von {answers.person.vorname} bleibt sauber."
    )
    letter = apply(small_package(), [own]).letters[0]
    assert read_letter(letter.words).blocks[1].items[0].text.source == own.data["text"]


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        ({"address": "form.x.title", "text": "a"}, "gone", "„form.x.title“"),
        ({"address": "form.stand.title", "was": "Der Stand", "text": "a"}, "differs", "„Ihr Stand“"),
        ({"address": "form.stand.title", "text": "{stand"}, "wrong", ""),
        ({"address": "form.stand.title", "text": "{stand.breite}"}, "names", "„stand.breite“"),
        ({"address": "service.summary", "text": "{answers.stand.tage}"}, "names", "„answers“"),
        ({"address": "service.summary", "text": "{parameters.size}"}, "names", "„parameters.size“"),
        ({"address": "letter.bescheid.subject", "text": "{answers.stand.breite}"}, "names", "„answers.stand.breite“"),
        ({"address": "form.stand.title", "text": " "}, "wrong", "braucht"),
    ],
)
def test_words_that_do_not_fit_are_refused(data: dict[str, str], code: str, reason: str) -> None:
    refused = refusal(override("text", **data))
    assert (refused.code, reason in refused.reason) == (code, True), refused.reason


def test_another_letterhead_and_another_unit_are_kept_beside_the_authors_files() -> None:
    head = override("letterhead", office="Bürgeramt", address=["Markt 1", "78462 Konstanz"])
    changed = apply(small_package(), [head, override("unit", name="Bürgeramt", mail="amt@stadt.example")])
    assert changed.letterhead == {"office": "Bürgeramt", "address": ["Markt 1", "78462 Konstanz"]}
    assert changed.unit == {"name": "Bürgeramt", "mail": "amt@stadt.example"}
    assert refusal(override("unit", phone="1")).code == refusal(override("letterhead", office="")).code == "wrong"
    assert refusal(override("letterhead", address="Markt 1")).code == "wrong"


def test_the_same_thing_cannot_be_said_twice() -> None:
    one = override("text", "eins", address="form.stand.title", text="a")
    two = override("text", "zwei", address="form.stand.title", text="b")
    assert (refusal(one, two).override, refusal(one, two).code) == ("zwei", "twice")
    assert refusal(one, one).code == "twice"


def test_deviations_in_any_order_give_the_same_package_and_leave_the_authors_files_alone() -> None:
    overrides = [
        override("add", after="person-kontakt", question=QUESTION),
        override("hide", field="person.telefon"),
        override("hide", "foto", field="stand.foto"),
        override("text", address="form.person.versichert.label", text="Haben Sie eine Versicherung?"),
        override("four-eyes"),
        override("unit", name="Bürgeramt"),
    ]
    package = small_package()
    expected = apply(package, overrides)
    assert all(apply(package, order) == expected for order in list(permutations(overrides))[::37])
    assert expected.files == package.files
    settled = [one for one in overrides if one.kind not in {"add", "hide"}]
    assert apply(expected, settled) == expected
