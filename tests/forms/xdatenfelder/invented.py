"""Small invented files: a schema of the fictitious town's bicycle register."""

from __future__ import annotations

SPACE_2 = "urn:xoev-de:fim:standard:xdatenfelder_2"
SPACE_3 = "urn:xoev-de:fim:standard:xdatenfelder_3.0.0"
HEADER = """<x:header><x:nachrichtID>n1</x:nachrichtID>
<x:erstellungszeitpunkt>2026-05-11T08:00:00Z</x:erstellungszeitpunkt></x:header>
"""


def message(content: str, *, name: str = "datenfeldgruppe.0103", space: str = SPACE_3) -> bytes:
    """The header ends in line 2; the content begins in line 3."""
    return f'<x:xdatenfelder.{name} xmlns:x="{space}">{HEADER}{content}</x:xdatenfelder.{name}>'.encode()


def coded(name: str, code: str) -> str:
    return f"<x:{name}><code>{code}</code></x:{name}>"


def head(id_: str, name: str, more: str = "") -> str:
    return (
        f"<x:identifikation><x:id>{id_}</x:id><x:version>1.0.0</x:version></x:identifikation><x:name>{name}</x:name>"
        f"{coded('freigabestatus', '3')}{more}<x:bezeichnungEingabe>{name}?</x:bezeichnungEingabe>"
    )


def group(id_: str, content: str = "", more: str = "") -> str:
    return f"<x:datenfeldgruppe>{head(id_, 'Fahrrad', more)}{content}</x:datenfeldgruppe>"


def field(id_: str, more: str = "", *, kind: str = "input", data_type: str = "text") -> str:
    codes = coded("feldart", kind) + coded("datentyp", data_type)
    return f"<x:datenfeld>{head(id_, 'Rahmennummer')}{codes}{more}</x:datenfeld>"


def structure(content: str, times: str = "0:1", more: str = "") -> str:
    enclosed = f"<x:enthaelt>{content}</x:enthaelt>"
    return f"<x:struktur><x:anzahl>{times}</x:anzahl>{more}{enclosed}</x:struktur>"


def small(times: str = "0:1", more: str = "") -> bytes:
    """One group with one field; `more` goes into the field, in line 3."""
    return message(group("G1", structure(field("F1", more), times)))


def old_field(id_: str, more: str = "") -> str:
    return (
        f"<x:datenfeld><x:identifikation><x:id>{id_}</x:id><x:version>1.2</x:version></x:identifikation>"
        f"<x:name>Farbe</x:name><x:bezeichnungEingabe>Farbe</x:bezeichnungEingabe>{coded('status', 'aktiv')}"
        f"{coded('feldart', 'select')}{coded('datentyp', 'text')}{more}</x:datenfeld>"
    )


def old_schema(content: str = "", *, status: str = "aktiv") -> bytes:
    return message(
        "<x:stammdatenschema><x:identifikation><x:id>S05001234</x:id><x:version>2.1</x:version></x:identifikation>"
        "<x:name>Fahrradregister</x:name><x:bezeichnungEingabe>Rad anmelden</x:bezeichnungEingabe>"
        f"{coded('status', status)}<x:fachlicherErsteller>Stadt Musterhausen</x:fachlicherErsteller>"
        f"<x:freigabedatum>2020-02-03</x:freigabedatum>{content}</x:stammdatenschema>",
        name="stammdatenschema.0102",
        space=SPACE_2,
    )
