"""What a town set stays through the author's next version, or is asked about by name."""

# ruff: noqa: E501 - tables in one line each

from __future__ import annotations

from typing import Any

import pytest

from stadtamt.packages.format.layer import Layer
from stadtamt.packages.merging import Merge, merge
from support.small_package import PARAMETERS, RULES, small_package, town_layer

FEE = 'key = "fee"\ntype = "money"\ndefault = 1500\nmax = 100000\n'


def merged(parameters: str, values: dict[str, Any], answers: dict[str, Any] | None = None) -> Merge:
    new = small_package(parameters=parameters, rules=_rules("fee" if 'key = "fee"' in parameters else "days"))
    return merge(small_package(), new, town_layer(values), answers or {})


def _rules(key: str) -> str:
    return RULES.replace("parameters.fee", f"parameters.{key}")


def test_a_town_keeps_its_fee_whatever_the_author_proposes() -> None:
    result = merged(PARAMETERS.replace("default = 1500", "default = 2500"), {"fee": 900})
    assert result.ready
    assert result.layer.values["fee"] == 900
    change = next(one for one in result.changes if one.kind == "parameter-default")
    assert (change.before, change.after) == (900, 900)
    assert "bleibt es bei 9,00\N{NO-BREAK SPACE}€" in change.sentence


def test_who_set_nothing_sees_what_counts_from_now_on() -> None:
    result = merged(PARAMETERS.replace("default = 1500", "default = 2500"), {})
    change = next(one for one in result.changes if one.kind == "parameter-default")
    assert result.ready
    assert (change.before, change.after) == (1500, 2500)


def test_a_renamed_setting_keeps_its_value_and_its_source() -> None:
    new = small_package(parameters=PARAMETERS.replace(FEE, FEE.replace('"fee"', '"price"\nrenamed_from = "cost, fee"')))
    result = merge(small_package(), new, Layer({"place": "A", "fee": 900}, {"fee": "§ 5 Abs. 1"}))
    assert result.ready
    assert result.layer.values == {"place": "A", "price": 900}
    assert result.layer.sources == {"price": "§ 5 Abs. 1"}


def test_a_setting_that_is_gone_is_named_and_stops_the_update() -> None:
    without = PARAMETERS.replace(FEE, 'key = "price"\ntype = "money"\ndefault = 1500\n')
    result = merged(without, {"fee": 900})
    conflict = result.conflicts[0]
    assert not result.ready
    assert (conflict.id, conflict.town, conflict.after, conflict.answers) == (
        "parameter:fee:gone",
        900,
        None,
        ("theirs",),
    )
    assert "9,00\N{NO-BREAK SPACE}€" in conflict.sentence
    assert not merged(without, {"fee": 900}, {"parameter:fee:gone": "mine"}).ready
    assert merged(without, {"fee": 900}, {"parameter:fee:gone": "theirs"}).ready


@pytest.mark.parametrize(
    ("before", "after", "values"),
    [
        ("max = 100000", "max = 800", {"fee": 900}),
        ('choices = ["innen", "außen"]', 'choices = ["innen", "rand"]', {"zone": "außen"}),
        ('label = "Zone", type = "text" }', 'label = "Zone", type = "text" }, { key = "size", label = "Größe", type = "integer" }', {"places": [{"value": "a", "label": "A", "zone": "b"}]}),
        ("min = 1\nmax = 30", "min = 5\nmax = 30", {"days": 3}),
        ('type = "date"\ndefault = 2026-01-01', 'type = "integer"\ndefault = 1', {"valid_from": "2026-05-01"}),
    ],
)  # fmt: skip
def test_a_value_that_no_longer_fits_is_asked_about(before: str, after: str, values: dict[str, Any]) -> None:
    parameters = PARAMETERS.replace(before, after)
    if "size" in after:
        parameters = parameters.replace('zone = "innen" }]', 'zone = "innen", size = 1 }]')
    parameters = parameters.replace("default = 1500", "default = 500").replace("default = 3\n", "default = 7\n")
    (key, value) = next(iter(values.items()))
    conflict = merged(parameters, values).conflicts[0]
    assert conflict.id == f"parameter:{key}:unfit"
    assert conflict.town == value
    assert conflict.answers == ("theirs", "value")
    answered = merged(parameters, values, {conflict.id: "theirs"})
    assert answered.ready
    assert key not in answered.layer.values


def test_a_value_given_in_answer_must_fit_itself() -> None:
    parameters = PARAMETERS.replace("max = 100000", "max = 2000")
    wrong = merged(parameters, {"fee": 90000}, {"parameter:fee:unfit": {"value": 2001}})
    assert not wrong.ready
    assert wrong.conflicts[0].fault == "Der Wert darf höchstens 2000 sein."
    right = merged(parameters, {"fee": 90000}, {"parameter:fee:unfit": {"value": 1999, "source": "§ 4"}})
    assert right.ready
    assert (right.layer.values["fee"], right.layer.sources["fee"]) == (1999, "§ 4")


def test_a_number_that_would_become_an_amount_of_cents_is_asked_about_although_it_fits() -> None:
    parameters = PARAMETERS.replace('key = "days"\ntype = "integer"', 'key = "days"\ntype = "money"')
    result = merged(parameters, {"days": 5})
    assert result.conflicts[0].id == "parameter:days:type"
    assert merged(parameters, {"days": 5}, {"parameter:days:type": "mine"}).layer.values["days"] == 5


def test_a_new_setting_without_default_is_a_question() -> None:
    parameters = PARAMETERS + '[[parameter]]\nkey = "seat"\ntype = "text"\nlabel = "Sitz"\nparagraph = "§ 7"\n'
    result = merged(parameters, {})
    assert (result.ready, result.conflicts[0].answers) == (False, ("value",))
    assert "Bitte tragen Sie „Sitz“ ein." in result.conflicts[0].sentence
    assert merged(parameters, {}, {"parameter:seat:needed": {"value": "Rathaus"}}).layer.values["seat"] == "Rathaus"


def test_a_setting_that_lost_its_default_may_keep_what_counted_so_far() -> None:
    result = merged(PARAMETERS.replace("default = 3\n", ""), {}, {"parameter:days:needed": "mine"})
    assert result.ready
    assert result.layer.values["days"] == 3


def test_two_settings_that_became_one_are_asked_about_unless_they_agree() -> None:
    parameters = PARAMETERS.replace('key = "days"\n', 'key = "days"\nrenamed_from = "zone"\n').replace(
        'key = "zone"\n', 'key = "area"\n'
    )
    result = merged(parameters, {"zone": "innen", "days": 4})
    assert result.conflicts[0].id == "parameter:zone:twice"
    assert result.conflicts[0].town == {"zone": "innen", "days": 4}
    assert (
        merged(parameters, {"zone": "innen", "days": 4}, {"parameter:zone:twice": "theirs"}).layer.values["days"] == 4
    )


def test_what_another_face_of_the_matter_reads_is_left_alone() -> None:
    assert merged(PARAMETERS, {"tag_fee": 500}).layer.values["tag_fee"] == 500
