"""Golden cases and the preview of forms whose sections repeat and lie in one another."""

from __future__ import annotations

from typing import Any

import pytest

from packages.nested import NESTED, boat_files, nested_files, nested_package
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.golden import read_cases, run
from stadtamt.packages.preview import look_at

SAID: dict[str, Any] = {
    "verein": {
        "vorname": "Eva",
        "nachname": "Müller",
        "art": "nv",
        "zahl": 2,
        "vorstand": [{"name": "Kim"}, {"name": "Noor", "telefon": "1"}],
        "anschrift": None,
    },
    "bemerkung": "Danke",
}


FORM = NESTED.replace("title: Wer?", 'title: "Wer hat Telefon {verein.vorstand.telefon}?"')


def differences(answers: Any, **expected: Any) -> tuple[str, ...]:
    (case,) = read_cases([{"name": "Fall", "today": "2026-05-12", "answers": answers, **expected}], own=True)
    return run(nested_package(form=FORM), [case], {"place": "Konstanz"})[0].differences


def test_repeated_sections_and_those_nobody_wanted_are_answers() -> None:
    assert differences(SAID, complete=True, expect={"total_cents": 3000}) == ()


def test_a_missing_answer_of_the_second_occurrence_is_named_by_its_page() -> None:
    open_ = SAID | {"verein": SAID["verein"] | {"vorstand": [{"name": "Kim"}, {"telefon": "1"}]}}
    assert differences(open_, complete=True) == (
        "complete: Die Seite „Wer hat Telefon 1?“ (vorstand-wer-2) ist noch offen.",
    )


def test_a_rule_of_the_form_makes_a_section_needed() -> None:
    needed = SAID | {"verein": SAID["verein"] | {"art": "ev"}}
    assert any("(anschrift-wo)" in one for one in differences(needed, complete=True))


@pytest.mark.parametrize(
    ("strange", "address"),
    [
        ({"garten": 1}, "garten"),
        ({"verein": {"vorstand": [{}, {"fax": "1"}]}}, "verein.vorstand.2.fax"),
        ({"verein": 5}, "verein"),
    ],
)
def test_an_answer_that_the_form_does_not_know_is_named_by_its_address(strange: Any, address: str) -> None:
    assert f"Die Antwort „{address}“ gibt es im Formular nicht." in differences(strange)


def test_the_preview_says_when_sections_and_fields_are_asked_for() -> None:
    case = b'[[case]]\nname = "Fall"\ntoday = 2026-05-12\nanswers = { verein = { art = "nv" } }\n'
    seen = look_at({**nested_files(), "tests/faelle.toml": case}, Layer({"place": "Konstanz"}))
    views = {view.question.key: view for view in seen.pages}
    assert views["konto-nummer"].conditions == ("Das Konto: auf Wunsch",)
    assert views["anschrift-wo"].conditions[1].startswith('nötig, wenn verein.art = "ev"')
    assert [said for label, said in views["schluss-noch"].fields if label == "Bemerkung"] == [
        "entfällt, wenn not(fax = null)"
    ]


def test_a_form_of_a_data_schema_can_be_previewed() -> None:
    assert [view.question.key for view in look_at(boat_files(), Layer()).pages][-1] == "G00000000003-F00000000003"
