"""A small but complete package: a permit for a stall, in a few files that a test may change before it is read."""

# ruff: noqa: E501 - diagrams and tables in one line each

from __future__ import annotations

from collections.abc import Mapping

from stadtamt.packages.format.files import Files, checked
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package

SERVICE = """
[service]
id = "stand-anmelden"
version = "1.0.0"
title = "Stand anmelden"
summary = "Sie stellen in {parameters.place} einen Stand auf."
synonyms = ["Infostand"]
legal_bases = ["§ 16 StrG"]
needed = ["eine Skizze"]
duration = "Das dauert eine Woche."
channels = ["online"]
[automation]
enabled = true
legal_basis = "§ 35a VwVfG"
discretion = false
[deadlines]
processing_days = 14
[remedy]
paragraph = "§§ 68 und 70 VwGO"
[costs]
examples = ["Ein Tag kostet {money(parameters.fee)}."]
[person]
given_name = "person.vorname"
family_name = "person.nachname"
[[letter]]
id = "bescheid"
"""

PARAMETERS = """
[[parameter]]
key = "place"
type = "text"
label = "Ortsname"
explanation = "Der Name des Orts."
paragraph = "§ 1"
[[parameter]]
key = "fee"
type = "money"
default = 1500
max = 100000
label = "Gebühr am Tag"
explanation = "In Cent."
paragraph = "§ 4"
[[parameter]]
key = "zone"
type = "choice"
choices = ["innen", "außen"]
default = "innen"
label = "Zone"
explanation = "Wo der Stand steht."
paragraph = "§ 2"
[[parameter]]
key = "places"
type = "places"
columns = [{ key = "zone", label = "Zone", type = "text" }]
default = [{ value = "markt", label = "Markt", zone = "innen" }]
label = "Plätze"
explanation = "Wo Stände stehen dürfen."
paragraph = "§ 3"
[[parameter]]
key = "days"
type = "integer"
default = 3
min = 1
max = 30
label = "Längste Dauer"
explanation = "In Tagen."
paragraph = "§ 5"
[[parameter]]
key = "valid_from"
type = "date"
default = 2026-01-01
label = "Gültig ab"
explanation = "Erster Tag."
paragraph = "§ 9"
"""

FORM = """
form: stand-anmelden
version: 1.0.0
groups:
  - id: person
    title: Wer Sie sind
    short: Sie
    questions:
      - id: name
        title: Wie heißen Sie?
        fields:
          - {id: vorname, label: Vorname, type: name, purpose: Für den Bescheid.}
          - {id: nachname, label: Nachname, type: name, purpose: Für den Bescheid.}
      - id: kontakt
        title: Wie erreichen wir Sie?
        help: Sie müssen das nicht sagen.
        fields:
          - {id: telefon, label: Telefon, type: text, required: false, purpose: Für Rückfragen.}
          - {id: mail, label: E-Mail, type: email, required: false, purpose: Für Rückfragen.}
  - id: stand
    title: Ihr Stand
    questions:
      - id: ort
        title: Wo steht der Stand?
        fields:
          - {id: platz, label: Platz, type: choice, choices_from: parameters.places, purpose: "Danach richtet sich, ob es geht."}
          - {id: tage, label: Wie viele Tage?, type: integer, min: 1, max: 30, purpose: Danach richtet sich die Gebühr.}
          - id: strom
            label: Brauchen Sie Strom?
            type: choice
            choices: [{value: "ja", label: Ja}, {value: "nein", label: Nein, hint: Auch mit eigenem Aggregat.}]
            purpose: Wir legen ein Kabel.
        checks:
          - {id: lang, refuse: stand.tage > parameters.days, field: tage, message: "Höchstens {parameters.days} Tage."}
      - id: bemerkung
        title: Müssen wir noch etwas wissen?
        fields:
          - {id: bemerkung, label: Bemerkung, type: text, required: false, purpose: Für Besonderes.}
          - {id: foto, label: Foto, type: file, required: false, purpose: Zur Ansicht.}
"""

PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="d" targetNamespace="urn:stand">
  <process id="stand" name="Stand anmelden" isExecutable="true">
    <laneSet id="lanes"><lane id="office" name="Ordnungsamt">
      <flowNodeRef>begin</flowNodeRef><flowNodeRef>assess</flowNodeRef><flowNodeRef>decide</flowNodeRef>
      <flowNodeRef>issue</flowNodeRef><flowNodeRef>end</flowNodeRef>
    </lane></laneSet>
    <startEvent id="begin" name="Eingegangen"/>
    <serviceTask id="assess" name="Gebühr berechnen" implementation="stadtamt:assess"/>
    <userTask id="decide" name="Entscheiden" implementation="stadtamt:decide"/>
    <serviceTask id="issue" name="Bescheid ausstellen" implementation="stadtamt:issue-notice"/>
    <endEvent id="end" name="Fertig"/>
    <sequenceFlow id="f1" sourceRef="begin" targetRef="assess"/>
    <sequenceFlow id="f2" sourceRef="assess" targetRef="decide"/>
    <sequenceFlow id="f3" sourceRef="decide" targetRef="issue"/>
    <sequenceFlow id="f4" sourceRef="issue" targetRef="end"/>
  </process>
  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="stand">
    <bpmndi:BPMNShape id="s0" bpmnElement="office" isHorizontal="true"><dc:Bounds x="0" y="0" width="800" height="160"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s1" bpmnElement="begin"><dc:Bounds x="50" y="62" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s2" bpmnElement="assess"><dc:Bounds x="150" y="40" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s3" bpmnElement="decide"><dc:Bounds x="310" y="40" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s4" bpmnElement="issue"><dc:Bounds x="470" y="40" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s5" bpmnElement="end"><dc:Bounds x="650" y="62" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="86" y="80"/><di:waypoint x="150" y="80"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e2" bpmnElement="f2"><di:waypoint x="250" y="80"/><di:waypoint x="310" y="80"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e3" bpmnElement="f3"><di:waypoint x="410" y="80"/><di:waypoint x="470" y="80"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e4" bpmnElement="f4"><di:waypoint x="570" y="80"/><di:waypoint x="650" y="80"/></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>
"""

RULES = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="stand" name="Stand" namespace="urn:stand">
  <inputData id="i1" name="answers"><variable id="v1" name="answers"/></inputData>
  <inputData id="i2" name="parameters"><variable id="v2" name="parameters"/></inputData>
  <inputData id="i3" name="today"><variable id="v3" name="today"/></inputData>
  <inputData id="i4" name="received"><variable id="v4" name="received"/></inputData>
  <inputData id="i5" name="refused"><variable id="v5" name="refused"/></inputData>
  <decision id="d1" name="fee"><variable id="v6" name="fee"/>
    <informationRequirement id="r1"><requiredInput href="#i1"/></informationRequirement>
    <literalExpression id="l1"><text>if refused = true or answers.stand.tage = null then 0 else answers.stand.tage * parameters.fee</text></literalExpression>
  </decision>
  <decision id="d2" name="assessment"><variable id="v7" name="assessment"/>
    <informationRequirement id="r2"><requiredDecision href="#d1"/></informationRequirement>
    <literalExpression id="l2"><text>{kind: "permit", clear: answers.stand.tage != null and answers.stand.bemerkung = null, reasons: [], total_cents: fee}</text></literalExpression>
  </decision>
</definitions>
"""

LETTER = """
letter: bescheid
subject: Ihr Stand in {parameters.place}
blocks:
  - kind: operative
    id: entscheidung
    text: Sie dürfen den Stand aufstellen. Das kostet {money(assessment.total_cents)}.
  - kind: list
    id: hinweise
    items:
      - Bitte räumen Sie den Platz danach auf.
      - {when: "answers.stand.strom = \\"ja\\"", text: Der Strom kommt vom Verteiler.}
  - kind: remedy
    id: rechtsbehelf
  - kind: closing
    text: Dieser Bescheid gilt ohne Unterschrift.
"""

ENGLISH = """
"service.title" = "Register a stall"
"form.person.title" = "Who you are"
"form.person.name.title" = "What is your name?"
"form.person.kontakt.title" = "How do we reach you?"
"form.stand.ort.title" = "Where is the stall?"
"form.stand.strom.choices.ja.label" = "Yes"
"""


def small_files(**changed: str) -> Files:
    """The package's files; each by name without its ending may be given in other words (``form="…"``)."""
    files = {
        "service.toml": changed.get("service", SERVICE),
        "parameters.toml": changed.get("parameters", PARAMETERS),
        "form.yaml": changed.get("form", FORM),
        "process.bpmn": changed.get("process", PROCESS),
        "rules.dmn": changed.get("rules", RULES),
        "letters/bescheid.yaml": changed.get("letter", LETTER),
        "texts/en.toml": changed.get("english", ENGLISH),
    }
    return checked({name: text.encode() for name, text in files.items()})


def small_package(**changed: str) -> Package:
    """The package read from `small_files`."""
    return read_package(small_files(**changed))


def override(kind: str, name: str = "", /, **data: object) -> Override:
    """A town's override; without a name its id is the kind."""
    return Override(name or kind, kind, data)


def town_layer(
    values: Mapping[str, object] | None = None, *overrides: Override, cases: tuple[Mapping[str, object], ...] = ()
) -> Layer:
    """A town's layer over the small package; the place is set, as it has no default."""
    return Layer({"place": "Konstanz", **(values or {})}, {}, overrides, cases)
