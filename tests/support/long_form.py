"""A made-up long application of more than forty pages with every kind of field, and how a town offers it."""

# ruff: noqa: E501 - questions in one line each

from __future__ import annotations

from typing import Any

from stadtamt.packages.format.files import Files, checked
from stadtamt.packages.preparing import prepare
from stadtamt.packages.publishing import publish
from support.life_package import KEY as OTHER
from support.life_package import MANIFEST
from support.small_package import small_files, town_layer

KEY = "kind-anmelden"
_MANY = "".join(
    f"""
      - {{id: {name}, title: "{title}", fields: [{{id: {name}, label: "{title}", type: {kind}, purpose: Danach richtet sich der Beitrag.}}]}}"""
    for kind, entries in (
        ("boolean", ("auto:Haben Sie ein Auto?", "garten:Haben Sie einen Garten?", "aufzug:Gibt es einen Aufzug?")),
        ("integer", ("zimmer:Wie viele Zimmer hat die Wohnung?", "personen:Wie viele Menschen wohnen dort?")),
        ("num_currency", ("miete:Wie hoch ist die Miete?", "lohn:Wie hoch ist der Lohn?", "rente:Wie hoch ist die Rente?",
         "zinsen:Wie hoch sind die Zinsen?", "unterhalt:Wie hoch ist der Unterhalt?", "kindergeld:Wie hoch ist das Kindergeld?",
         "wohngeld:Wie hoch ist das Wohngeld?")),
        ("text", ("arbeit:Wo arbeiten Sie?", "schule:Welche Schule ist in der Nähe?", "sprache:Welche Sprache sprechen Sie zu Hause?",
         "weg:Wie kommt das Kind zu uns?", "notfall:Wen rufen wir im Notfall an?", "essen:Was isst das Kind nicht?",
         "schlaf:Wann schläft das Kind?", "spiel:Womit spielt das Kind gern?")),
    )
    for name, title in (entry.split(":", 1) for entry in entries)
)  # fmt: skip

FORM = (
    """
form: kind-anmelden
version: 1.0.0
code_lists:
  - uri: urn:beispiel:staat
    version: "1"
    name: Staaten
    entries: [["000", Deutschland], ["126", Dänemark], ["129", Frankreich], ["137", Italien], ["368", Vereinigte Staaten],
      ["168", Vereinigtes Königreich], ["469", Vereinigte Arabische Emirate], ["151", Österreich], ["158", Schweiz], ["152", Polen], ["161", Spanien],
      ["148", Niederlande], ["124", Belgien], ["164", Tschechien], ["165", Ungarn]]
groups:
  - id: person
    title: Wer Sie sind
    short: Sie
    basis: [{text: § 1 der Beispielsatzung, link: "https://example.org/satzung"}, {text: § 2, link: "javascript:alert(1)"}]
    questions:
      - id: name
        title: Wie heißen Sie?
        fields:
          - {id: vorname, label: Vorname, type: name, purpose: Für den Bescheid.}
          - {id: nachname, label: Nachname, type: name, purpose: Für den Bescheid., basis: [§ 3 der Beispielsatzung]}
          - {id: geboren, label: Geburtsdatum, type: date, purpose: Gegen Verwechslung.}
          - {id: amt, label: Kennung des Amts, type: locked, content: KN 12, purpose: Für die Zuordnung.}
          - {id: still, label: Verborgen, type: hidden, content: "7", purpose: Für die Zuordnung.}
      - id: anschrift
        title: Wo wohnen Sie?
        fields:
          - {id: hinweis, label: Die Anschrift steht im Ausweis., type: label}
          - {id: strasse, label: Straße und Hausnummer, type: text, purpose: Für die Post.}
          - {id: plz, label: Postleitzahl, type: postcode, purpose: Für die Post.}
          - {id: ort, label: Ort, type: text, purpose: Für die Post.}
      - id: staat
        title: Aus welchem Staat kommen Sie?
        fields: [{id: staat, label: Aus welchem Staat kommen Sie?, type: select, code_list: "urn:beispiel:staat", purpose: Für die Statistik.}]
      - id: paesse
        title: Welche Staatsangehörigkeiten haben Sie?
        fields: [{id: paesse, label: Welche Staatsangehörigkeiten haben Sie?, type: select, count: "1:3", code_list: "urn:beispiel:staat", purpose: Für die Statistik.}]
      - id: telefon
        title: Wie erreichen wir Sie?
        fields:
          - {id: telefone, label: Telefon, type: text, count: "1:4", purpose: Für Rückfragen.}
          - {id: zeit, label: Ab welcher Uhrzeit?, type: time, purpose: Damit wir nicht stören., hint: Zum Beispiel 14:30}
          - {id: mail, label: E-Mail (freiwillig), type: email, required: false, purpose: Für Rückfragen.}
  - id: kinder
    title: Kinder
    count: "1:3"
    questions:
      - id: name
        title: Wie heißt das Kind?
        fields: [{id: name, label: Name des Kindes, type: name, purpose: Damit wir es ansprechen können.}]
      - id: mass
        title: Wie groß ist {kinder.name}?
        fields:
          - id: groesse
            label: Größe in Metern
            type: num
            min: 0.3
            max: 2.5
            hint: Messen Sie ohne Schuhe und ohne Mütze, am besten am Morgen und an der Wand. Wir brauchen die Größe, um Stuhl, Tisch und Bett auszusuchen. Zwei Stellen nach dem Komma genügen uns; wächst das Kind, messen wir selbst.
            purpose: Für den Stuhl.
      - id: allergie
        title: Hat {kinder.name} eine Allergie?
        fields:
          - {id: allergie, label: Hat das Kind eine Allergie?, type: boolean, purpose: Für die Küche.}
          - {id: welche, label: Welche Allergie?, type: text, when: kinder.allergie = true, purpose: Für die Küche.}
  - id: arzt
    path: kinder.arzt
    title: Kinderarzt
    count: "0:1"
    questions:
      - id: name
        title: Wie heißt die Kinderarztpraxis?
        fields: [{id: name, label: Name der Praxis, type: text, purpose: Für den Notfall.}]
  - id: abholung
    path: kinder.abholung
    title: Wer das Kind abholt
    count: "0:*"
    questions:
      - id: name
        title: Wer holt das Kind ab?
        fields: [{id: name, label: Name, type: name, purpose: Nur dieser Person geben wir das Kind mit.}]
  - id: betreuung
    title: Betreuung
    questions:
      - id: tage
        title: An welchen Tagen?
        fields: [{id: tage, label: An welchen Tagen?, type: choices, choices: [{value: mo, label: Montag}, {value: di, label: Dienstag, hint: ohne Mittagessen}, {value: fr, label: Freitag}], purpose: Für den Plan.}]
      - id: gruppe
        title: Welche Gruppe?
        fields: [{id: gruppe, label: Welche Gruppe?, type: choice, choices: [{value: a, label: Vormittag}, {value: b, label: Ganzer Tag}], purpose: Für den Plan.}]
      - id: besuch
        title: Wann waren Sie zu Besuch?
        fields: [{id: besuch, label: Wann waren Sie zu Besuch?, type: datetime, purpose: Für die Akte.}]
      - id: wuensche
        title: Was wünschen Sie sich? (freiwillig)
        fields: [{id: wuensche, label: Ihre Wünsche (freiwillig), type: text, max_length: 800, required: false, purpose: Für den Plan.}]
      - id: impfung
        title: Bitte zeigen Sie den Impfpass
        fields: [{id: impfpass, label: Fotos des Impfpasses (freiwillig), type: file, required: false, purpose: Das Gesetz verlangt es.}, {id: bild, label: Ein Bild des Kindes (freiwillig), type: file, count: "0:1", purpose: Für den Haken an der Garderobe.}]
  - id: haushalt
    title: Haushalt und Einkommen
    short: Haushalt
    questions:"""
    + _MANY
    + """
  - id: tiere
    title: Haustiere
    count: "0:*"
    questions:
      - id: art
        title: Haustiere
        fields: [{id: art, label: Tierart, type: text, purpose: Wegen der Allergien.}]
  - id: geschwister
    title: Geschwister in der Einrichtung
    count: "0:1"
    questions:
      - id: name
        title: Wie heißt das Geschwisterkind?
        fields: [{id: name, label: Name des Geschwisterkinds, type: name, purpose: Für den Beitrag.}]
  - id: bank
    path: ""
    title: Wer Sie sind
    questions:
      - id: iban
        title: Von welchem Konto ziehen wir ein?
        fields: [{id: iban, label: IBAN, type: text, purpose: Für den Einzug.}]
"""
)

_RULES = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="kind" name="Kind" namespace="urn:kind">
  <inputData id="i1" name="answers"><variable id="v1" name="answers"/></inputData>
  <inputData id="i2" name="parameters"><variable id="v2" name="parameters"/></inputData>
  <inputData id="i3" name="today"><variable id="v3" name="today"/></inputData>
  <inputData id="i4" name="received"><variable id="v4" name="received"/></inputData>
  <inputData id="i5" name="refused"><variable id="v5" name="refused"/></inputData>
  <decision id="d2" name="assessment"><variable id="v7" name="assessment"/>
    <literalExpression id="l2"><text>{kind: "permit", clear: false, reasons: [], total_cents: 0}</text></literalExpression>
  </decision>
</definitions>
"""
_LETTER = """
letter: bescheid
subject: Ihr Kind in {parameters.place}
blocks:
  - {kind: operative, id: entscheidung, text: Wir nehmen Ihr Kind auf.}
  - {kind: remedy, id: rechtsbehelf}
  - {kind: closing, text: Dieser Bescheid gilt ohne Unterschrift.}
"""
Answers = dict[str, dict[str, Any]]
PERSON: Answers = {
    "person-name": {
        "person.vorname": "Anna",
        "person.nachname": "Müller",
        "person.geboren_day": "3",
        "person.geboren_month": "4",
        "person.geboren_year": "1985",
    },
    "person-anschrift": {"person.strasse": "Hafenstraße 7a", "person.plz": "78462", "person.ort": "Konstanz"},
    "person-staat": {"person.staat": "Frankreich"},
    "person-paesse": {"person.paesse": ["Frankreich", "Dänemark"]},
    "person-telefon": {"person.telefone": ["07531 1", "07531 2"], "person.zeit": "14:30", "person.mail": ""},
}
CHILD: Answers = {
    "kinder-name-1": {"kinder.1.name": "Mia"},
    "kinder-mass-1": {"kinder.1.groesse": "1,05"},
    "kinder-allergie-1": {"kinder.1.allergie": "true", "kinder.1.welche": "Nüsse"},
}


def long_files(cases: str = "") -> Files:
    """The package's files, with golden cases where they are given."""
    service = MANIFEST.replace(OTHER, KEY).replace("Stand anmelden", "Kind anmelden").replace("wohnort", "ort")
    service = service.replace("Sie stellen in {parameters.place} einen Stand auf.", "Sie melden Ihr Kind an.")
    texts = '"service.title" = "Register a child"\n'
    files = small_files(service=service, form=FORM, rules=_RULES, letter=_LETTER, english=texts)
    return checked({**files, "tests/allgemein.toml": cases.encode()}) if cases else files


def offer() -> None:
    """The town offers the form; inside the town."""
    publish(prepare(long_files(), town_layer()))


REST: Answers = {
    "arzt-_wahl-1": {"kinder.1.arzt._wahl": ["kinder.1.arzt", "kinder.1.abholung"]},
    "arzt-name-1": {"kinder.1.arzt.name": "Praxis am See"},
    "abholung-name-1-1": {"kinder.1.abholung.1.name": "Oma Else"},
    "abholung-_mehr-1": {"kinder.1.abholung._mehr": "false"},
    "kinder-_mehr": {"kinder._mehr": "false"},
    "betreuung-tage": {"betreuung.tage": ["mo", "fr"]},
    "betreuung-gruppe": {"betreuung.gruppe": "b"},
    "betreuung-besuch": {
        "betreuung.besuch_day": "4",
        "betreuung.besuch_month": "5",
        "betreuung.besuch_year": "2026",
        "betreuung.besuch_time": "9:30",
    },
    "betreuung-wuensche": {"betreuung.wuensche": ""},
    "betreuung-impfung": {},
    **{f"haushalt-{name}": {f"haushalt.{name}": "true"} for name in ("auto", "garten", "aufzug")},
    **{f"haushalt-{name}": {f"haushalt.{name}": "3"} for name in ("zimmer", "personen")},
    **{
        f"haushalt-{name}": {f"haushalt.{name}": "1.234,50"}
        for name in ("miete", "lohn", "rente", "zinsen", "unterhalt", "kindergeld", "wohngeld")
    },
    **{
        f"haushalt-{name}": {f"haushalt.{name}": "wie immer"}
        for name in ("arbeit", "schule", "sprache", "weg", "notfall", "essen", "schlaf", "spiel")
    },
    "tiere-_wahl": {"tiere._wahl": ["tiere", "geschwister"]},
    "tiere-art-1": {"tiere.1.art": "Katze"},
    "tiere-_mehr": {"tiere._mehr": "false"},
    "geschwister-name": {"geschwister.name": "Ole"},
    "bank-iban": {"iban": "DE02120300000000202051"},
}
ALL: Answers = {**PERSON, **CHILD, **REST}
