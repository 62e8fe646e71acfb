"""The check looks along deep paths: into sections of sections, repeated ones, and what rules read."""

from __future__ import annotations

import pytest

from packages.nested import NESTED, boat_files, nested_files
from stadtamt.packages.checking import check, errors_in
from support.small_package import LETTER, RULES


def found(**changed: str) -> list[str]:
    return [str(one) for one in check(nested_files(**changed))]


def letter(text: str) -> str:
    return LETTER.replace("answers.stand.strom", "answers.verein.art").replace("danach auf.", f"danach auf {{{text}}}.")


def test_a_nested_form_is_without_errors_but_for_its_missing_cases() -> None:
    assert [one.sentence for one in errors_in(check(nested_files()))] == ["Es gibt keine goldenen Fälle."]


@pytest.mark.parametrize("path", ["verein.anschrift.ort", "verein.vorstand.name", "bemerkung", "verein.konto"])
def test_a_letter_may_read_an_answer_at_any_depth(path: str) -> None:
    assert not [one for one in found(letter=letter(f"string(answers.{path})")) if "gibt es hier nicht" in one]


@pytest.mark.parametrize("path", ["verein.anschrift.plz", "anschrift.ort", "verein.vorstand.name2", "fax2"])
def test_what_a_letter_reads_and_nobody_answers_is_named_with_its_whole_path(path: str) -> None:
    (one,) = [one for one in found(letter=letter(f"answers.{path}")) if "gibt es hier nicht" in one]
    assert "letters/bescheid.yaml, Zeile" in one
    assert f"„answers.{path}" in one or path.startswith("anschrift")


def test_a_table_reads_into_sections_too() -> None:
    rules = RULES.replace("answers.stand.tage", "answers.verein.anschrift.plz").replace("answers.stand.", "answers.")
    assert [one for one in found(rules=rules) if "„answers.verein.anschrift.plz“; das gibt es nicht" in one]


def test_a_condition_of_the_form_reads_a_deep_path_or_is_named() -> None:
    good = NESTED.replace("label: IBAN,", "label: IBAN, when: 'verein.anschrift.ort = \"X\"',")
    assert not [one for one in found(form=good) if "gibt es hier nicht" in one]
    bad = good.replace("anschrift.ort =", "anschrift.stadt =")
    assert [
        one for one in found(form=bad) if one.startswith("form.yaml, Zeile 46: ") and "„verein.anschrift.stadt“" in one
    ]


def test_a_fault_deep_in_the_form_has_its_line() -> None:
    twice = NESTED.replace("id: zusatz, label", "id: ort, label")
    assert [one for one in found(form=twice) if one.startswith("form.yaml, Zeile 39: verein.anschrift.ort: ")]


def test_an_answer_that_only_a_rule_of_the_form_reads_is_not_dead() -> None:
    dead = [one for one in found() if "liest keine Regel" in one]
    assert [one for one in dead if "„verein.anschrift.zusatz“" in one]
    assert not [one for one in dead if "„verein.art“" in one or "„fax“" in one or "„verein.hinweis“" in one]


def test_the_person_may_lie_deep_and_must_be_there() -> None:
    deep = nested_files()["service.toml"].decode().replace("verein.vorname", "verein.anschrift.ort")
    assert not [one for one in found(service=deep) if "person." in one]
    assert [
        one for one in found(service=deep.replace("anschrift.ort", "anschrift.plz")) if "„verein.anschrift.plz“" in one
    ]


def test_a_rule_of_the_wrong_shape_is_named_with_its_place() -> None:
    (one,) = [one for one in found(form=NESTED.replace("effect: forbid", "effect: hide")) if "effects" in one]
    assert "rules[2].effects[1].effect: Erwartet wird einer dieser Texte" in one


def test_an_added_question_in_the_adjustments_reads_the_form() -> None:
    question = '{ id = "q", title = "Q {%s}", fields = [{ id = "f", label = "F", type = "text" }] }'
    add = f'\n[[override]]\nid = "x"\nkind = "add"\nafter = "G00000000001-F60000000227"\nquestion = {question}\n'
    good, bad = (boat_files(adjustments=add % path) for path in ("G00000000001.F60000000227", "G00000000001.F6"))
    assert not errors_in(check(good))
    assert [one for one in errors_in(check(bad)) if one.file == "form.toml" and "„G00000000001.F6“" in one.sentence]
