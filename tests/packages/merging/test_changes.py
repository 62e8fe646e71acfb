"""What an update changes is told before it is taken, one sentence for each change."""

# ruff: noqa: E501 - tables in one line each

from __future__ import annotations

import pytest

from stadtamt.packages.merging import Change, changes_between
from support.small_package import FORM, LETTER, PARAMETERS, PROCESS, RULES, SERVICE, small_package

SOURCES = {
    "form": FORM,
    "letter": LETTER,
    "process": PROCESS,
    "rules": RULES,
    "service": SERVICE,
    "parameters": PARAMETERS,
}


def changes(file: str, before: str, after: str) -> list[Change]:
    assert before in SOURCES[file]
    return list(changes_between(small_package(), small_package(**{file: SOURCES[file].replace(before, after)})))


def test_the_same_version_changes_nothing_even_when_it_is_laid_out_otherwise() -> None:
    assert changes_between(small_package(), small_package()) == ()
    assert changes("form", "title: Wer Sie sind", "title: >-\n      Wer\n      Sie sind") == []
    assert changes("rules", 'id="l1"><text>if refused', 'id="l9"><text>\n   if refused') == []


@pytest.mark.parametrize(
    ("file", "before", "after", "kind", "said"),
    [
        ("form", "title: Wo steht der Stand?", "title: Wo?", "question-changed", "bisher „Wo steht der Stand?“, jetzt „Wo?“"),
        ("form", "type: email, required: false", "type: email", "field-changed", "Pflicht: bisher nein, jetzt ja"),
        ("form", "- {id: mail, label: E-Mail", "- {id: fax, label: Fax, type: text}\n          - {id: mail, label: E-Mail", "field-new", "„Fax“ (Pflichtangabe)"),
        ("form", "          - {id: foto, label: Foto, type: file, required: false, purpose: Zur Ansicht.}\n", "", "field-removed", "„Foto“"),
        ("form", "refuse: stand.tage > parameters.days", "refuse: stand.tage >= parameters.days", "check-changed", "Bedingung"),
        ("form", "      - id: kontakt\n", "      - id: kontakt\n        when: stand.tage > 1\n", "question-changed", "Bedingung: bisher (leer), jetzt „stand.tage > 1“"),
        ("letter", "id: entscheidung\n    text: Sie dürfen", "id: entscheidung\n    text: Sie können", "letter-block-changed", "jetzt „Sie können"),
        ("letter", "  - kind: closing\n    text: Dieser Bescheid gilt ohne Unterschrift.\n", "", "letter-block-removed", "Absatz entfällt"),
        ("letter", "subject: Ihr Stand", "subject: Stand", "letter-subject", "Betreff"),
        ("process", 'name="Entscheiden"', 'name="Prüfen"', "step-renamed", "„Entscheiden“ heißt jetzt „Prüfen“"),
        ("process", 'targetRef="issue"', 'targetRef="end"', "path-new", "„Entscheiden“ → „Fertig“"),
        ("rules", "* parameters.fee", "* parameters.fee + 100", "rule-changed", "„fee“ rechnet anders"),
        ("service", "processing_days = 14", "processing_days = 21", "deadline", "bisher 14, jetzt 21"),
        ("service", "enabled = true", "enabled = false", "automation", "bisher ja, jetzt nein"),
        ("service", '"§ 16 StrG"', '"§ 17 StrG"', "legal-basis", "§ 17 StrG"),
        ("service", "eine Skizze", "zwei Skizzen", "text", "service.needed.1"),
        ("parameters", 'paragraph = "§ 5"', 'paragraph = "§ 6"', "parameter-words", "„Längste Dauer“"),
        ("parameters", "max = 30", "max = 20", "parameter-limits", "andere Werte"),
    ],
)  # fmt: skip
def test_every_change_is_told(file: str, before: str, after: str, kind: str, said: str) -> None:
    told = changes(file, before, after)
    assert [one for one in told if one.kind == kind and said in one.sentence], told


def test_a_new_and_a_removed_step_are_told_with_their_paths() -> None:
    told = changes(
        "process", '<serviceTask id="issue" name="Bescheid ausstellen"', '<serviceTask id="write" name="Schreiben"'
    )
    assert {"step-new", "step-removed"} <= {one.kind for one in told}


def test_a_letter_block_put_in_between_does_not_make_the_others_changed() -> None:
    told = changes("letter", "  - kind: remedy", "  - kind: paragraph\n    text: Neu.\n  - kind: remedy")
    assert [(one.kind, one.after["text"]) for one in told] == [("letter-block-new", "Neu.")]
