"""The author's next version of a form of a data schema, and of one whose sections lie in one another."""

from __future__ import annotations

from typing import Any

from packages.nested import NESTED, RULE_TEXT, another_field, boat_files, nested_package, schema
from stadtamt.forms.schema import read_form
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.merging import Merge, merge
from support.small_package import override

COLOUR = "G00000000002.F00000000004"
PLACE = {"place": "Konstanz"}
SETTLED = {"rule": "R00000000001", "decision": "none", "reason": "Schönheit prüft niemand."}


def boat(**changed: Any) -> Package:
    return read_package(boat_files(schema(**changed)))


def update(new: Package, *overrides: Override, answers: Any = None, cases: tuple[Any, ...] = ()) -> Merge:
    return merge(boat(), new, Layer({}, {}, overrides, cases), answers or {})


def test_a_new_schema_is_taken_and_the_town_keeps_what_it_set() -> None:
    overrides = (
        override("hide", field=COLOUR),
        override("rule", **SETTLED),
        override("text", address="form.G00000000002.title", was="Boot", text="Ihr Boot"),
    )
    result = update(boat(more=another_field()), *overrides)
    assert result.ready
    form = read_form(result.package.form)
    assert ("G00000000002.F00000000009" in form.fields, COLOUR in form.fields) == (True, False)
    assert form.rules[0].status == "machine"
    assert "Angabe neu: „Länge (freiwillig)“ (freiwillig)." in [one.sentence for one in result.changes]


def test_a_settled_rule_with_other_words_is_asked_about() -> None:
    new = boat(rule="Wenn das Boot sehr schön ist, dann doch.")
    (conflict,) = update(new, override("rule", **SETTLED)).conflicts
    assert (conflict.kind, conflict.before, conflict.after) == (
        "rule-differs",
        RULE_TEXT,
        "Wenn das Boot sehr schön ist, dann doch.",
    )
    kept = update(new, override("rule", **SETTLED), answers={conflict.id: "mine"})
    assert kept.ready
    assert kept.layer.overrides[0].data["was"] == "Wenn das Boot sehr schön ist, dann doch."
    assert not merge(new, new, kept.layer).conflicts


def test_an_answer_by_value_settles_the_rule_anew() -> None:
    new = boat(rule="Anders.")
    value = {"value": {"reason": "Auch das prüft niemand."}}
    result = update(new, override("rule", **SETTLED), answers={"override:rule:differs": value})
    assert read_form(result.package.form).rules[0].reason == "Auch das prüft niemand."


def test_an_order_without_its_page_and_a_field_that_is_gone_are_named() -> None:
    new = nested_package(form=NESTED.replace("- id: art\n", "- id: kind\n"))
    layer = Layer(PLACE, {}, (override("order", question="verein-name", after="verein-art"),), ())
    (conflict,) = merge(nested_package(), new, layer).conflicts
    assert (conflict.kind, conflict.place, conflict.answers) == ("order-gone", "verein-name", ("theirs",))


def test_rules_lists_and_counts_that_are_new_are_told() -> None:
    changed = NESTED.replace('count: "1:3"', 'count: "1:5"').replace("[nv, nicht", "[xx, Neues], [nv, nicht")
    changed = changed.replace("sofern nötig.", "immer.")
    told = {one.place: one.sentence for one in merge(nested_package(), nested_package(form=changed), Layer()).changes}
    assert told["form.vorstand.count"].endswith("Anzahl: bisher „1:3“, jetzt „1:5“.")
    assert "Zahl der Einträge: bisher 2, jetzt 3." in told["form.urn:arten.size"]
    assert "Der Vorstand telefoniert, immer." in told["form.R3 verein.vorstand.text"]


def test_a_case_with_a_repeated_section_loses_only_what_is_gone() -> None:
    members = [{"name": "Eva", "telefon": "1"}, {"name": "Kim"}]
    case = {"name": "Fall", "answers": {"verein": {"vorstand": members, "anschrift": None}, "bemerkung": "x"}}
    new = nested_package(form=NESTED.replace("id: telefon", "id: handy"))
    layer = Layer(PLACE, {}, (), (case,))
    (conflict,) = merge(nested_package(), new, layer).conflicts
    assert conflict.before == ["answers.verein.vorstand.telefon"]
    (kept,) = merge(nested_package(), new, layer, {conflict.id: "mine"}).layer.cases
    left = {"vorstand": [{"name": "Eva"}, {"name": "Kim"}], "anschrift": None}
    assert kept["answers"] == {"verein": left, "bemerkung": "x"}
