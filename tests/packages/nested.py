"""Small packages with sections in sections: a club that registers, as form.yaml; a boat, as a data schema of FIM."""

from __future__ import annotations

from functools import cache

from stadtamt.forms.fim import import_schema
from stadtamt.packages.format.files import Files, checked
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.skeleton import skeleton_for_form
from support.small_package import LETTER, RULES, SERVICE, small_files

NESTED = """
form: stand-anmelden
version: 1.0.0
groups:
  - id: verein
    title: Ihr Verein
    help: Nur eingetragene Vereine.
    questions:
      - id: name
        title: Wie heißt der Verein?
        fields:
          - {id: vorname, label: Vorname, type: name, purpose: Für den Bescheid.}
          - {id: nachname, label: Nachname, type: name, purpose: Für den Bescheid.}
          - {id: mail, label: E-Mail, type: text, count: "0:1", purpose: Für Rückfragen.}
      - id: art
        title: Was für ein Verein ist das?
        fields:
          - {id: art, label: Art, type: select, code_list: "urn:arten", purpose: Für die Gebühr.}
          - {id: zahl, label: Zahl, type: num, min: 0.5, max: 900, purpose: Für die Gebühr.}
          - {id: hinweis, label: Hinweis, type: label, content: Bitte genau zählen.}
  - id: vorstand
    path: verein.vorstand
    count: "1:3"
    title: Ein Vorstandsmitglied
    questions:
      - id: wer
        title: Wer?
        fields:
          - {id: name, label: Name, type: name, output: Vorstand, purpose: Für die Akte.}
          - {id: telefon, label: Telefon, type: text, count: "0:1", purpose: Für Rückfragen.}
  - id: anschrift
    path: verein.anschrift
    count: "0:1"
    title: Die Anschrift
    questions:
      - id: wo
        title: Wo?
        fields:
          - {id: ort, label: Ort, type: text, purpose: Für Briefe.}
          - {id: zusatz, label: Zusatz, type: text, count: "0:1", purpose: Für Briefe.}
  - id: konto
    path: verein.konto
    count: "0:1"
    title: Das Konto
    questions:
      - {id: nummer, title: Welches?, fields: [{id: iban, label: IBAN, type: text, purpose: Für Zahlungen.}]}
  - id: schluss
    path: ""
    title: Zum Schluss
    questions:
      - id: noch
        title: Noch etwas?
        fields:
          - {id: bemerkung, label: Bemerkung, type: text, required: false, purpose: Für Besonderes.}
          - {id: fax, label: Fax, type: text, required: false, purpose: Für Briefe.}
rules:
  - id: R1
    at: verein
    text: Eingetragene Vereine nennen eine Anschrift und einen Zusatz.
    effects:
      - {effect: require, target: verein.anschrift, condition: {equal: [{identifier: verein.art}, "ev"]}}
      - {effect: require, target: verein.anschrift.zusatz, message: Bitte mit Zusatz.}
  - id: R2
    text: Wer per Fax schreibt, lässt die Bemerkung weg.
    effects:
      - effect: forbid
        target: bemerkung
        condition: {not: {is_empty: {identifier: fax}}}
  - {id: R3, at: verein.vorstand, text: "Der Vorstand telefoniert, sofern nötig.", status: unclear, reason: sofern}
code_lists:
  - {uri: "urn:arten", version: "1", name: Arten, entries: [[ev, eingetragen], [nv, nicht eingetragen]]}
"""


def nested_files(**changed: str) -> Files:
    words = {
        "form": NESTED,
        "service": SERVICE.replace('"person.vorname"', '"verein.vorname"').replace(
            '"person.nachname"', '"verein.nachname"'
        ),
        "rules": RULES.replace("answers.stand.tage", "answers.verein.zahl").replace("answers.stand.", "answers."),
        "letter": LETTER.replace("answers.stand.strom", "answers.verein.art"),
        "english": "",
    }
    return small_files(**{**words, **changed})


def nested_package(**changed: str) -> Package:
    return read_package(nested_files(**changed))


RULE_TEXT = "Wenn das Boot schön ist, dann eher nicht."
LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/"><Identification>
<ShortName>Farben</ShortName><LongName>Farben</LongName><Version>1</Version>
<CanonicalUri>urn:de:beispiel:farben</CanonicalUri>
<CanonicalVersionUri>urn:de:beispiel:farben_1</CanonicalVersionUri></Identification>
<ColumnSet><Column Id="code" Use="required"><ShortName>Code</ShortName><Data Type="string"/></Column>
<Column Id="name" Use="required"><ShortName>Name</ShortName><Data Type="string"/></Column>
<Key Id="codeKey"><ShortName>CodeKey</ShortName><ColumnRef Ref="code"/></Key></ColumnSet>
<SimpleCodeList><Row><Value ColumnRef="code"><SimpleValue>R</SimpleValue></Value>
<Value ColumnRef="name"><SimpleValue>Rot</SimpleValue></Value></Row></SimpleCodeList></gc:CodeList>
"""


def _head(name: str, label: str, called: str = "bezeichnungEingabe") -> str:
    return (
        f"<x:identifikation><x:id>{name}</x:id><x:version>1.0.0</x:version></x:identifikation><x:name>{label}</x:name>"
        f"<x:freigabestatus><code>5</code></x:freigabestatus><x:{called}>{label}</x:{called}>"
    )


def _part(count: str, content: str) -> str:
    return f"<x:struktur><x:anzahl>{count}</x:anzahl><x:enthaelt>{content}</x:enthaelt></x:struktur>"


def _field(name: str, label: str, more: str = "", kind: str = "input") -> str:
    kinds = f"<x:feldart><code>{kind}</code></x:feldart><x:datentyp><code>text</code></x:datentyp>"
    return f"<x:datenfeld>{_head(name, label)}{kinds}{more}</x:datenfeld>"


def _rule(name: str, text: str) -> str:
    return (
        f"<x:regel><x:identifikation><x:id>{name}</x:id><x:version>1.0.0</x:version></x:identifikation>"
        f"<x:name>Regel</x:name><x:freitextRegel>{text}</x:freitextRegel></x:regel>"
    )


COLOUR = _field(
    "F00000000004",
    "Farbe",
    "<x:codelisteReferenz><x:canonicalIdentification>urn:de:beispiel:farben</x:canonicalIdentification>"
    "<x:version>1</x:version><x:canonicalVersionUri>urn:de:beispiel:farben_1</x:canonicalVersionUri>"
    "</x:codelisteReferenz>",
    kind="select",
)


def schema(*, rule: str = RULE_TEXT, more: str = "", title: str = "Boot anmelden") -> bytes:
    """A boat is registered by its owner; `more` are further parts of the boat."""
    owner = f"{_part('1:1', _field('F60000000227', 'Familienname'))}{_part('1:1', _field('F60000000228', 'Vornamen'))}"
    owner += _part("0:1", _field("F60000000242", "E-Mail"))
    boat = f"{_part('1:1', _field('F00000000002', 'Name des Boots'))}{_part('0:1', COLOUR)}{more}"
    trailer = _part("1:1", _field("F00000000003", "Kennzeichen"))
    parts = (
        _part("1:1", f"<x:datenfeldgruppe>{_head('G00000000001', 'Wem es gehört')}{owner}</x:datenfeldgruppe>")
        + _part("1:3", f"<x:datenfeldgruppe>{_head('G00000000002', 'Boot')}{boat}</x:datenfeldgruppe>")
        + _part("0:1", f"<x:datenfeldgruppe>{_head('G00000000003', 'Anhänger')}{trailer}</x:datenfeldgruppe>")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<x:xdatenfelder.stammdatenschema.0102 xmlns:x="urn:xoev-de:fim:standard:xdatenfelder_3.0.0"><x:header>'
        "<x:nachrichtID>n</x:nachrichtID><x:erstellungszeitpunkt>2026-05-11T08:00:00Z</x:erstellungszeitpunkt>"
        f"</x:header><x:stammdatenschema>{_head('S00000000001', title, 'bezeichnung')}{_rule('R00000000001', rule)}"
        f"{parts}</x:stammdatenschema></x:xdatenfelder.stammdatenschema.0102>"
    ).encode()


def another_field(name: str = "F00000000009", label: str = "Länge", count: str = "0:1") -> str:
    """A further part of the boat."""
    return _part(count, _field(name, label))


@cache
def _boat(xdf: bytes) -> Files:
    found = import_schema(xdf).document
    return skeleton_for_form("boot-anmelden", document=found, xdf=xdf, code_lists={"Farben 1.xml": LIST})


def boat_files(xdf: bytes | None = None, *, adjustments: str | None = None, **files: bytes) -> Files:
    """The package that is made of the schema, with other adjustments of its author."""
    made = dict(_boat(schema() if xdf is None else xdf)) | files
    return checked(made if adjustments is None else {**made, "form.toml": made["form.toml"] + adjustments.encode()})
