"""Deviations from forms whose sections lie in one another, and from what their rules say."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from packages.nested import NESTED, nested_package
from stadtamt.forms.schema import Schema, read_form
from stadtamt.packages.format.addresses import texts_of, with_texts
from stadtamt.packages.overrides import OverrideRefused, apply
from support.small_package import override

CONDITION = {"equal": [{"identifier": "verein.art"}, "ev"]}
PHONE = {"effect": "require", "target": "verein.vorstand.telefon", "condition": CONDITION}
SETTLED = {"rule": "R3", "at": "verein.vorstand", "decision": "machine", "effects": [PHONE]}


def form(*overrides: Any, source: str = NESTED) -> Schema:
    return read_form(apply(nested_package(form=source), overrides).form)


def refusal(*overrides: Any, source: str = NESTED) -> OverrideRefused:
    with pytest.raises(OverrideRefused) as refused:
        apply(nested_package(form=source), overrides)
    return refused.value


def test_a_section_that_is_asked_for_on_wish_can_go_with_all_in_it() -> None:
    changed = form(override("hide", group="konto"))
    assert "verein.konto" not in changed.group_at
    assert "verein.konto.iban" not in changed.fields
    assert "verein.vorstand" in changed.group_at


def test_what_rules_only_speak_of_may_go_and_their_effects_go_with_it() -> None:
    effects = [
        one.target for rule in form(override("hide", field="verein.anschrift.zusatz")).rules for one in rule.effects
    ]
    assert effects == ["verein.anschrift", "bemerkung"]
    assert [len(rule.effects) for rule in form(override("hide", group="anschrift")).rules] == [0, 1, 0]


def test_what_a_condition_of_a_rule_looks_at_must_stay() -> None:
    refused = refusal(override("hide", field="fax"))
    assert (refused.code, "die Regel R2 des Formulars" in refused.reason) == ("needed", True)


def test_a_section_that_a_rule_asks_about_must_keep_something() -> None:
    empty = NESTED.replace("{is_empty: {identifier: fax}}", "{is_empty: {identifier: verein.konto}}")
    assert refusal(override("hide", group="konto"), source=empty).code == "needed"


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        ({"group": "verein"}, "required", "„Ihr Verein“"),
        ({"group": "vorstand"}, "required", "„Ein Vorstandsmitglied“"),
        ({"group": "garten"}, "gone", "„garten“"),
        ({"field": "verein.anschrift.ort"}, "required", "(verein.anschrift.ort)"),
        ({"field": "anschrift.zusatz"}, "gone", "„anschrift.zusatz“"),
    ],
)
def test_what_is_not_optional_cannot_be_left_out(data: dict[str, str], code: str, reason: str) -> None:
    refused = refusal(override("hide", **data))
    assert (refused.code, reason in refused.reason) == (code, True), refused.reason


def test_an_inner_field_that_a_letter_reads_as_part_of_a_whole_section_is_needed() -> None:
    package = nested_package(
        letter=nested_package().letters[0].words.replace("answers.verein.art", "string(answers.verein).zusatz")
    )
    with pytest.raises(OverrideRefused, match="der Brief"):
        apply(package, [override("hide", field="verein.anschrift.zusatz")])


def test_pages_stand_in_another_order_within_their_section() -> None:
    changed = form(override("order", question="verein-name", after="verein-art"))
    assert [one.key for one in changed.questions()][:3] == ["verein-art", "verein-name", "vorstand-wer"]


def test_a_section_moves_with_all_in_it_behind_another_one_beside_it() -> None:
    changed = form(override("order", group="verein", after="schluss"))
    assert [group.id for group in changed.groups] == ["schluss", "verein", "vorstand", "anschrift", "konto"]
    changed = form(override("order", group="vorstand", after="konto"))
    assert [group.id for group in changed.groups] == ["verein", "anschrift", "konto", "vorstand", "schluss"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"question": "verein-name", "after": "vorstand-wer"}, "wrong"),
        ({"group": "vorstand", "after": "schluss"}, "wrong"),
        ({"group": "schluss", "after": "verein"}, "wrong"),
        ({"group": "vorstand", "after": "vorstand"}, "wrong"),
        ({"group": "vorstand"}, "wrong"),
        ({"question": "verein-nie", "after": "verein-art"}, "gone"),
        ({"question": "verein-art", "after": "verein-nie"}, "gone"),
        ({"group": "nie", "after": "verein"}, "gone"),
    ],
)
def test_an_order_that_cannot_be_is_refused(data: dict[str, str], code: str) -> None:
    assert refusal(override("order", **data)).code == code


def test_an_added_page_can_be_moved_and_follows_a_moved_anchor() -> None:
    question = {"id": "neu", "title": "Neu?", "fields": [{"id": "neu", "label": "Neu", "type": "bool"}]}
    add = override("add", after="verein-name", question=question)
    moved = form(add, override("order", question="verein-name", after="verein-art"))
    assert [one.key for one in moved.questions()][:3] == ["verein-art", "verein-name", "verein-neu"]
    moved = form(add, override("order", question="verein-neu", after="verein-art"))
    assert [one.key for one in moved.questions()][:3] == ["verein-name", "verein-art", "verein-neu"]
    assert "verein.neu" in moved.fields


def test_an_unclear_rule_is_settled_by_what_follows_from_it() -> None:
    rule = form(override("rule", **SETTLED)).rules[2]
    assert (rule.status, rule.effects[0].target) == ("machine", "verein.vorstand.telefon")
    assert form(override("rule", **SETTLED)).fields["verein.vorstand.telefon"].requires


def test_an_unclear_rule_is_settled_by_saying_why_nothing_follows() -> None:
    none = SETTLED | {"decision": "none", "effects": [], "reason": "Das prüfen wir am Schreibtisch."}
    rule = form(override("rule", **none)).rules[2]
    assert (rule.status, rule.effects, rule.reason) == ("machine", (), "Das prüfen wir am Schreibtisch.")


def test_a_rule_that_was_read_wrongly_gets_other_effects() -> None:
    other = {"rule": "R2", "decision": "none", "reason": "Beides ist erlaubt."}
    assert not form(override("rule", **other)).fields["bemerkung"].forbids


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        ({"rule": "R9"}, "gone", "„R9“"),
        ({"at": ""}, "gone", "„R3“"),
        ({"decision": "none"}, "wrong", "„reason“"),
        ({"effects": []}, "wrong", "„effects“"),
        ({"effects": [PHONE | {"effect": "explode"}]}, "wrong", "require"),
        ({"effects": [PHONE | {"condition": {"exec": 1}}]}, "wrong", "„exec“"),
        ({"effects": [PHONE | {"target": "verein.vorstand.fax"}]}, "names", "„verein.vorstand.fax“"),
        ({"effects": [PHONE | {"condition": {"is_empty": {"identifier": "x.y"}}}]}, "names", "„x.y“"),
        ({"was": "Der Vorstand schweigt."}, "differs", "telefoniert"),
        ({"was": "Der Vorstand"}, "differs", "telefoniert"),
    ],
)
def test_a_rule_settled_in_a_way_that_does_not_fit_is_refused(change: dict[str, Any], code: str, reason: str) -> None:
    refused = refusal(override("rule", **(SETTLED | change)))
    assert (refused.code, reason in refused.reason) == (code, True), refused.reason


def test_the_beginning_of_a_rule_is_enough_where_it_is_marked() -> None:
    assert form(override("rule", **(SETTLED | {"was": "Der Vorstand telefoniert, …"})))


def test_a_field_gets_what_a_data_schema_does_not_say() -> None:
    about = {"purpose": "Für Eiliges.", "autocomplete": "email", "format": "email"}
    changed = form(override("field", field="verein.mail", **about)).fields["verein.mail"]
    assert (changed.purpose, changed.autocomplete, changed.format, changed.least) == (
        "Für Eiliges.",
        "email",
        "email",
        0,
    )
    assert refusal(override("field", field="verein.zahl", format="email")).code == "wrong"
    assert refusal(override("field", field="verein.fax", purpose="x")).code == "gone"
    assert refusal(override("field", field="verein.mail")).code == "wrong"


def test_every_text_of_a_nested_form_has_an_address_and_can_be_said_otherwise() -> None:
    package = nested_package()
    known = texts_of(package)
    wanted = {
        "form.verein.help",
        "form.verein.hinweis.content",
        "form.vorstand.name.output",
        "rule.R1.verein.2.message",
    }
    assert wanted <= known.keys()
    changed = with_texts(package, dict.fromkeys(wanted, "Anders {1}"))
    assert {texts_of(changed)[address] for address in wanted} == {"Anders {1}"}
    read_form(changed.form.replace("help: Anders {1}", ""))


def test_deviations_in_any_order_give_the_same_form() -> None:
    overrides = [
        override("order", "eins", question="verein-name", after="verein-art"),
        override("order", "zwei", group="anschrift", after="konto"),
        override("order", "drei", group="vorstand", after="anschrift"),
        override("hide", field="verein.mail"),
        override("rule", **SETTLED),
        override("field", field="bemerkung", purpose="Für alles."),
    ]
    package = nested_package()
    expected = apply(package, overrides)
    assert [group.id for group in read_form(expected.form).groups] == [
        "verein",
        "konto",
        "anschrift",
        "vorstand",
        "schluss",
    ]
    assert all(apply(package, one) == expected for one in list(permutations(overrides))[::23])


def test_a_section_with_an_own_question_of_the_town_is_not_left_out() -> None:
    question = {"id": "neu", "title": "Neu?", "fields": [{"id": "neu", "label": "Neu", "type": "bool"}]}
    refused = refusal(override("add", after="konto-nummer", question=question), override("hide", group="konto"))
    assert (refused.override, refused.code) == ("hide", "needed")
    assert "„Neu?“" in refused.reason


def test_words_are_held_against_those_of_the_author_not_of_another_deviation() -> None:
    purpose = override("field", field="verein.mail", purpose="Für Eiliges.")
    own = override("text", address="form.verein.mail.purpose", was="Für Rückfragen.", text="Für Fragen.")
    assert form(purpose, own).fields["verein.mail"].purpose == "Für Fragen."


def test_the_same_thing_is_not_settled_twice() -> None:
    assert refusal(override("rule", "eins", **SETTLED), override("rule", "zwei", **SETTLED)).code == "twice"
