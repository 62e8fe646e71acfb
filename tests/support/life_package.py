"""The small package with golden cases and later versions of it, and cases under it: for tests of a package's life."""

from __future__ import annotations

from typing import Any

from stadtamt.cases.models import Case
from stadtamt.catalogue.queries import service_by_key
from stadtamt.forms import actions as forms
from stadtamt.forms import queries
from stadtamt.forms.models import Draft
from stadtamt.packages.format.files import Files, checked
from stadtamt.processes.actions import start_for
from support.cases import given
from support.jobs import work_off
from support.small_package import FORM as SMALL_FORM
from support.small_package import PROCESS, RULES, SERVICE, small_files

KEY = "stand-anmelden"
ADDRESS = """
      - id: anschrift
        title: Wo wohnen Sie?
        fields:
          - {id: strasse, label: Straße, type: text, purpose: Für den Bescheid.}
          - {id: plz, label: Postleitzahl, type: text, purpose: Für den Bescheid.}
          - {id: wohnort, label: Ort, type: text, purpose: Für den Bescheid.}
"""
FORM = SMALL_FORM.replace("      - id: kontakt", ADDRESS.lstrip("\n") + "      - id: kontakt", 1)
_SERVICE = SERVICE.replace('title = "Stand', 'unit = "parameters.unit"\ntitle = "Stand', 1)
_WHO = 'street = "person.strasse"\npostcode = "person.plz"\nplace = "person.wohnort"\n[[letter]]'
MANIFEST = _SERVICE.replace("[[letter]]", _WHO, 1) + (
    '[efile]\nplan = "32.1"\nretention_years = 5\n'
    '[[parameter]]\nkey = "unit"\ntype = "text"\ndefault = "Ordnungsamt"\nlabel = "Amt"\n'
    'explanation = "Wer zuständig ist."\nparagraph = "§ 1"\n'
)
CASES = """
# 2 days at the town's fee
[[case]]
name = "Zwei Tage"
today = 2026-05-11
[case.answers]
person = {vorname = "Anna", nachname = "Müller", strasse = "Am See 1", plz = "78462", wohnort = "Konstanz"}
stand = {platz = "markt", tage = 2, strom = "nein"}
[case.expect]
total_cents = "=2 * parameters.fee"
[case.process]
tasks = ["decide"]
[case.letter]
id = "bescheid"
"""
ANSWERS: dict[str, dict[str, Any]] = {
    "person-name": {"person.vorname": "Anna", "person.nachname": "Müller"},
    "person-anschrift": {"person.strasse": "Am See 1", "person.plz": "78462", "person.wohnort": "Konstanz"},
    "person-kontakt": {},
    "stand-ort": {"stand.platz": "markt", "stand.tage": "2", "stand.strom": "nein"},
    "stand-bemerkung": {},
    "stand-laerm": {"stand.laut": "false"},
}
NOISE = """
      - id: laerm
        title: Machen Sie Musik?
        fields:
          - {id: laut, label: Musik, type: boolean, purpose: Wegen der Ruhezeiten.}
"""
TELL = '<serviceTask id="tell" name="Zustellen" implementation="stadtamt:deliver"/>\n    <endEvent'
PREPARED = '<userTask id="check" name="Vorprüfen" implementation="stadtamt:prepare"/>\n    <userTask id="decide"'


def life_files(version: str = "1.0.0", **changed: str) -> Files:
    """A complete package that passes its check; parts may be given in other words, as in `small_files`."""
    manifest = changed.pop("service", MANIFEST).replace('version = "1.0.0"', f'version = "{version}"')
    cases = changed.pop("cases", CASES)
    files = small_files(service=manifest, **{"form": FORM, **changed})
    return checked({**files, "tests/allgemein.toml": cases.encode()})


def next_version(version: str = "1.1.0", *, flat: int = 500, **changed: str) -> Files:
    """The author's next version: a question about noise, and a flat sum on top of the fee."""
    form = FORM.replace("      - id: bemerkung", NOISE.lstrip("\n") + "      - id: bemerkung", 1)
    rules = RULES.replace("answers.stand.tage * parameters.fee", f"answers.stand.tage * parameters.fee + {flat}")
    letter_cases = CASES.replace("2 * parameters.fee", f"2 * parameters.fee + {flat}")
    cases = letter_cases.replace('strom = "nein"', 'strom = "nein", laut = false')
    return life_files(version, **{"form": form, "rules": rules, "cases": cases, **changed})


def with_step_before(files: Files) -> Files:
    """The same, with a task for a person before the decision."""
    drawn = PROCESS.replace('<userTask id="decide"', PREPARED)
    drawn = drawn.replace(
        "<flowNodeRef>decide</flowNodeRef>", "<flowNodeRef>check</flowNodeRef><flowNodeRef>decide</flowNodeRef>"
    )
    drawn = drawn.replace(
        'sourceRef="assess" targetRef="decide"/>',
        'sourceRef="assess" targetRef="check"/>\n    <sequenceFlow id="f9" sourceRef="check" targetRef="decide"/>',
    )
    bounds = '<dc:Bounds x="230" y="40" width="60" height="80"/>'
    shape = f'<bpmndi:BPMNShape id="s9" bpmnElement="check">{bounds}</bpmndi:BPMNShape>'
    drawn = drawn.replace("  </bpmndi:BPMNPlane>", f"  {shape}\n  </bpmndi:BPMNPlane>")
    tests = files["tests/allgemein.toml"].replace(b'["decide"]', b'["prepare", "decide"]')
    return checked({**files, "process.bpmn": drawn.encode(), "tests/allgemein.toml": tests})


def begin(answers: dict[str, dict[str, Any]] = ANSWERS, *, key: str = KEY) -> tuple[Draft, str]:
    """A draft with every question answered; inside the town."""
    draft, token = forms.begin_draft(service=service_by_key(key))
    fill(draft, answers)
    return draft, token


def fill(draft: Draft, answers: dict[str, dict[str, Any]] = ANSWERS) -> None:
    for _ in range(20):
        open_questions = queries.review_of(draft).open_questions
        if not open_questions:
            return
        question = open_questions[0]
        outcome = forms.answer(draft=draft, question=question, given=given(answers[question.key]), confirm=frozenset())
        assert outcome.accepted, (question.key, outcome)
    raise AssertionError("The form does not end.")


def running(answers: dict[str, dict[str, Any]] = ANSWERS) -> Case:
    """A case that waits for the decision; inside the town, whose transaction is the test's."""
    draft, token = begin(answers)
    case = start_for(token=token, revision=draft.revision).case
    work_off()
    return Case.objects.get(pk=case.pk)
