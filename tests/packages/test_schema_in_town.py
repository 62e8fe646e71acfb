"""A town with a service whose form is a data schema: it settles, hides, updates, and moves running cases."""

from __future__ import annotations

from typing import Any

import pytest

from packages.nested import another_field, boat_files, schema
from stadtamt.forms.schema import Schema, read_form
from stadtamt.kernel import audit
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import install
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.models import Installation
from stadtamt.packages.moving import plan_move
from stadtamt.packages.officer.deviating import deviate, deviate_in_all, deviating
from stadtamt.packages.updating import update
from support.life_package import ANSWERS, FORM, KEY, life_files, next_version, running
from support.small_package import override, town_layer

OFFICER = audit.Actor("staff", "1", "Jana Beispiel")
COLOUR = "G00000000002.F00000000004"
SETTLED = {"rule": "R00000000001", "decision": "none", "reason": "Schönheit prüft niemand."}
TRAILER = """
  - id: anhaenger
    count: "0:1"
    title: Ihr Anhänger
    questions: [{id: welcher, title: Welcher?, fields: [{id: zeichen, label: Kennzeichen, type: text, purpose: x}]}]
"""


def boat(**files: bytes) -> Installation:
    return install(files=boat_files(**files), layer=Layer())


def form_in_force() -> Schema:
    return read_form(deviating(Installation.objects.get(key="boot-anmelden")).present.form)


def test_an_officer_sees_what_is_unclear_and_what_can_be_left_out(konstanz: Municipality) -> None:
    with within(konstanz):
        now = deviating(boat())
        assert [(rule.id, rule.status) for rule in now.unclear_rules()] == [("R00000000001", "unclear")]
        assert [(one.key, one.words) for one in now.hideable_groups()] == [("G00000000003", "Anhänger")]
        assert (COLOUR, "Farbe (freiwillig)", "Boot") in [(one.key, one.words, one.group) for one in now.hideable()]


def test_a_settled_rule_is_unclear_no_more_and_settling_it_again_replaces_it(konstanz: Municipality) -> None:
    with within(konstanz):
        installation = deviate(installation=boat(), override=override("rule", **SETTLED), actor=OFFICER)
        again = override("rule", **(SETTLED | {"reason": "Das prüft ein Mensch."}))
        installation = deviate(installation=installation, override=again, actor=OFFICER)
        assert not deviating(installation).unclear_rules()
        assert [one.data["reason"] for one in installation.layer.overrides] == ["Das prüft ein Mensch."]


def test_many_deviations_are_put_into_force_together_or_not_at_all(konstanz: Municipality) -> None:
    with within(konstanz):
        installation = boat()
        both = [override("hide", field=COLOUR), override("hide", group="G00000000003")]
        needed = override("hide", field="G00000000002.F00000000002")
        with pytest.raises(PackageProblem, match="Pflichtangabe"):
            deviate_in_all(installation=installation, overrides=[*both, needed], actor=OFFICER)
        assert COLOUR in form_in_force().fields
        deviate_in_all(installation=installation, overrides=both, actor=OFFICER)
        assert [one.id for one in Installation.objects.get(key="boot-anmelden").layer.overrides] == ["hide", "hide-2"]
        assert not {COLOUR, "G00000000003.F00000000003"} & form_in_force().fields.keys()


def test_the_next_edition_of_the_schema_is_taken_and_what_the_town_settled_stays(konstanz: Municipality) -> None:
    with within(konstanz):
        deviate(installation=boat(), override=override("rule", **SETTLED), actor=OFFICER)
        service = boat_files()["service.toml"].replace(b'version = "0.1.0"', b'version = "0.2.0"')
        update(key="boot-anmelden", files=boat_files(schema(more=another_field()), **{"service.toml": service}))
        form = form_in_force()
        assert "G00000000002.F00000000009" in form.fields
        assert form.rules[0].reason == "Schönheit prüft niemand."


def skipped(old: str, new: str) -> tuple[str, ...]:
    install(files=life_files(form=old), layer=town_layer())
    running(ANSWERS | {"anhaenger-_wahl": {"anhaenger._wahl": "false"}})
    update(key=KEY, files=next_version(form=new, cases=NO_LETTERS))
    (move,) = plan_move(package=KEY)
    return move.skipped


NO_LETTERS = '[[case]]\nname = "Nichts"\ntoday = 2026-05-11\n'


def test_a_section_that_was_not_wanted_is_no_new_question_to_a_running_case(konstanz: Municipality) -> None:
    with within(konstanz):
        assert skipped(FORM + TRAILER, FORM + TRAILER) == ()


def test_a_new_section_on_wish_is_one(konstanz: Municipality) -> None:
    with within(konstanz):
        assert skipped(FORM, FORM + TRAILER) == ("Möchten Sie Angaben machen zu: Ihr Anhänger?",)


def test_a_form_of_a_schema_that_does_not_change_keeps_its_edition(konstanz: Municipality) -> None:
    with within(konstanz):
        first: Any = boat().edition
        assert install(files=boat_files(), layer=Layer()).edition == first
