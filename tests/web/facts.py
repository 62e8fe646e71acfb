"""Sample facts of one made-up dog owner, in the shapes the kit documents."""

from __future__ import annotations

import datetime
from typing import Any

TOWN = {
    "name": "Konstanz",
    "office_name": "Stadt Konstanz",
    "phone": "07531 900-0",
    "mail": "stadt@konstanz.example",
    "street": "Kanzleistraße 15",
    "postcode": "78462",
    "place": "Konstanz",
    "accent": "",
}
NOW = datetime.datetime(2026, 5, 9, 14, 5, tzinfo=datetime.UTC)
DAY = NOW.date()
LONG = "Maria-Magdalena Freifrau von Württemberg-Hohenlohe-Öhringen"
SERVICES = [
    {"title": "Hund anmelden", "summary": "Wenn Sie einen Hund halten, der drei Monate alt ist.", "url": "/hund/"},
    {"title": "Wohnung anmelden", "summary": "Nach einem Umzug innerhalb von zwei Wochen.", "url": "/wohnung/"},
    {"title": "Anwohnerparkausweis", "summary": "Parken in der Straße, in der Sie wohnen.", "url": "/parken/"},
    {"title": "Führungszeugnis", "summary": "Für den Beruf oder ein Ehrenamt.", "url": "/zeugnis/"},
]


def field(kind: str, name: str, label: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "id": name, "label": label, "hint": "", "optional": False, **more}


FIELDS = [
    field("name", "name", "Name des Hundes", value="Bello", purpose="Der Name steht im Bescheid."),
    field("date", "geboren", "Wann ist er geboren?", hint="Zum Beispiel 9 5 2024", parts={"day": 31, "month": 2}),
    field("boolean", "chip", "Trägt er einen Chip?", value=None),
    field(
        "choice",
        "art",
        "Wie groß ist er?",
        choices=[
            {"value": "klein", "label": "Klein", "id": "art-0", "selected": True, "hint": "bis zum Knie"},
            {"value": "gross", "label": "Groß", "id": "art-1", "hint": "über das Knie"},
        ],
    ),
    field(
        "choices",
        "merkmale",
        "Was trifft zu?",
        optional=True,
        choices=[
            {"value": "a", "label": "Assistenzhund", "id": "m-0"},
            {"value": "r", "label": "Rettungshund", "id": "m-1"},
        ],
    ),
    field(
        "email",
        "mail",
        "E-Mail-Adresse",
        optional=True,
        autocomplete="email",
        hint="Wir schreiben nur, dass es etwas Neues gibt.",
    ),
    field("postcode", "plz", "Postleitzahl", value="78462", autocomplete="postal-code"),
    field("integer", "anzahl", "Wie viele Hunde halten Sie?", value=1),
    field("text", "anmerkung", "Möchten Sie uns noch etwas sagen?", optional=True, rows=4, value=""),
    field(
        "file",
        "nachweis",
        "Nachweis der Prüfung",
        accept="image/*,application/pdf",
        max_size_text="5 MB",
        uploads=[{"name": "prüfung.pdf", "size_text": "1,2 MB", "remove_name": "remove-1"}],
    ),
]
MORE_FIELDS = [
    field("label", "hinweis", "Bitte halten Sie den Impfpass bereit.", content="", more_help="Er liegt beim Tierarzt."),
    field("locked", "kennung", "Kennung des Amts", content="KN 12"),
    field("hidden", "verborgen", "Verborgen", content="1"),
    field("money", "preis", "Was hat er gekostet?", value="12,50", hint="Ohne Steuer."),
    field("number", "gewicht", "Wie schwer ist er?", value="12,5", more_help="In Kilogramm, mit einer Stelle."),
    field("time", "zeit", "Wann erreichen wir Sie?", value="14:30"),
    field("datetime", "termin", "Wann war der Unfall?", parts={"day": 1, "month": 2, "year": 2026}, clock="14:30"),
    field("search", "land", "Woher kommt er?", value="", options=["Dänemark", "Frankreich"]),
    field("search", "kreis", "Welcher Kreis?", value="Bod", unsure="Bod", error="Bitte wählen Sie aus.", optional=True,
          options=["Bodenseekreis"], choices=[{"value": "1", "label": "Bodenseekreis", "id": "kreis"}],
          others=[{"value": "Konstanz", "id": "kreis-auch-1"}]),
    field("text", "telefon", "Telefon", may_add=True, hint="Mit Vorwahl.",
          inputs=[{"value": "07531 1", "id": "telefon"}, {"value": "", "id": "telefon-2", "focus": True}]),
    field("text", "notiz", "Notizen", may_add=False, rows=4, inputs=[{"value": "Bellt.", "id": "notiz"}]),
    field("file", "fotos", "Fotos", multiple=True, most=3, accept="image/*", max_size_text="5 MB", uploads=[]),
]  # fmt: skip
OCCURRENCES = [
    {"name": "Kinder (1 von 2)", "text": "Mia, 2019", "url": "/kind/1", "remove_name": "remove-occurrence:kinder.1"},
    {"name": "Kinder (2 von 2)", "text": LONG, "url": "/kind/2", "remove_name": ""},
]
TASKS = [
    {"title": "Sie", "url": "/a", "state": {"text": "Erledigt", "kind": "none"}, "missing": ""},
    {"title": "Ihre Kinder", "url": "/b", "state": {"text": "Begonnen", "kind": "info"},
     "missing": "Es fehlen noch 3 Angaben"},
    {"title": "Betreuung", "url": "/c", "state": {"text": "Noch nicht begonnen", "kind": "info"},
     "missing": "Es fehlt noch 1 Angabe"},
]  # fmt: skip
ERRORS = [
    {
        "field_id": "geboren",
        "message": "Den 31. Februar gibt es nicht. Bitte sehen Sie nach, wann der Hund geboren ist.",
    },
    {"field_id": "chip", "message": "Bitte sagen Sie uns, ob der Hund einen Chip trägt."},
    {"field_id": "mail", "message": "Bitte schreiben Sie die E-Mail-Adresse mit @."},
    {"field_id": "nachweis", "message": "Die Datei ist größer als 5 MB. Ein Foto mit mittlerer Größe genügt."},
]
WRONG = [
    {**each, "error": e["message"]} if e else each
    for each in FIELDS
    for e in [next((e for e in ERRORS if e["field_id"] == each["id"]), None)]
]
ASKS = [
    {
        "id": "ask-1",
        "message": "Sie haben den Hund seit dem 1. März. Die Anmeldung war bis zum 1. April fällig.",
        "field_label": "Seit wann",
    }
]
GROUPS = [
    {
        "title": "Ihr Hund",
        "change": True,
        "rows": [
            {"label": "Name", "value": "Bello", "change_url": "/schritt/1", "change_hidden": "Name des Hundes"},
            {"label": "Geboren am", "value": "9. Mai 2024", "change_url": "/schritt/2", "change_hidden": ""},
            {"label": "Rasse", "value": "Mischling aus Labrador und Deutsch Drahthaar", "change_url": "/schritt/3"},
        ],
    },
    {"title": "Impfungen (1)", "level": 1, "rows": [{"label": "Kennung", "value": "KN 12"}]},
    {"title": "", "level": 1, "rows": [{"label": "Impfungen: Anzahl", "value": "1", "change_url": "/schritt/9"}]},
    {
        "title": "Halterin oder Halter",
        "change": True,
        "rows": [
            {"label": "Name", "value": LONG, "change_url": "/schritt/4"},
            {"label": "Anschrift", "value": "Zum Hussenstein 12\n78462 Konstanz", "change_url": "/schritt/5"},
            {"label": "E-Mail", "value": "", "change_url": "/schritt/6"},
        ],
    },
]
COMPUTATION = {
    "caption": "So ist der Betrag berechnet",
    "head": ["Schritt", "Grundlage", "Betrag"],
    "rows": [
        {"cells": ["Steuer für den ersten Hund im Jahr", "§ 5 (2) Nr. 1", "120,00 €"]},
        {"cells": ["Juni bis Dezember, 7 von 12 Monaten", "§ 5 (3)", "70,00 €"]},
        {"cells": ["Zu zahlen für 2026", "", "70,00 €"], "total": True},
    ],
}
STEPS = [
    {"state": "done", "title": "Antrag eingegangen", "when": "9. Mai 2026, 16:05 Uhr", "text": ""},
    {
        "state": "now",
        "title": "Wir prüfen Ihre Angaben",
        "when": "bis 23. Mai 2026",
        "text": "Frau Brandt vom Steueramt sieht sich den Nachweis an.",
    },
    {"state": "next", "title": "Sie bekommen den Bescheid", "when": "", "text": "Er erscheint auf dieser Seite."},
    {"state": "next", "title": "Sie bezahlen", "when": "einen Monat nach dem Bescheid", "text": ""},
]
MESSAGES = [
    {
        "from_office": True,
        "sender": "Steueramt",
        "at": NOW,
        "text": "Guten Tag,\nauf dem Foto fehlt die zweite Seite.",
        "files": [],
    },
    {
        "from_office": False,
        "sender": "Sie",
        "at": NOW,
        "text": "Hier ist sie.",
        "files": [{"name": "seite2.jpg", "url": "/f/1", "size": 812345}],
    },
]
NOTICES = [{"title": "Hundesteuerbescheid 2026", "date": DAY, "url": "/b/1", "pdf_url": "/b/1.pdf", "pdf_size": 48123}]
DEADLINES = [
    {"title": "70,00 € bezahlen", "due": datetime.date(2026, 6, 15), "days": 12},
    {"title": "Widerspruch einlegen", "due": datetime.date(2026, 6, 15), "days": 3},
]
RESUME = {
    "resume_code": "4F7K-2M9X-0A1B-7YQ3-KD5E",
    "resume_url": "https://konstanz.stadtamt.example/weiter/K7QF-3M9P-x2Jd8s7fhw93kd",
    "kept_until": DAY,
}
HIDDEN = [{"name": "revision", "value": "7"}]
STATUS = {
    "title": "Hund Bello anmelden",
    "number": "KN-2026-000123",
    "sent_at": NOW,
    "steps": STEPS,
    "keep_url": "https://konstanz.stadtamt.example/vorgang/x2Jd8s7fhw93kdx2Jd8s7fhw93kd",
    "keep_code": "4F7K-2M9X-0A1B-7YQ3-KD5E",
    "state": "In Prüfung",
    "state_kind": "info",
    "turn": "die Stadt",
    "expected": "bis zum 23. Mai 2026",
}
ROWS = [
    {
        "number": f"KN-2026-{n:06}",
        "url": f"/amt/{n}",
        "who": LONG if n == 3 else "Öztürk, Şule",
        "what": "Hund anmelden",
        "state": "zu prüfen",
        "state_kind": "info",
        "due": DAY,
        "days": (None, -3, 0, 5, 24)[n % 5],
        "turn": "Sie" if n % 2 else "antragstellende Person",
    }
    for n in range(1, 21)
]
DESK = {
    "user": {"is_authenticated": True, "username": "k.brandt"},
    "lists": [
        {"title": "Meine", "url": "/amt/", "count": 7, "current": True},
        {"title": "Alle offenen", "url": "/amt/alle", "count": 20},
    ],
    "logout_url": "/amt/abmelden/",
    "search_url": "/amt/suche/",
}
CASE = {
    **DESK,
    "back_url": "/amt/",
    "number": "KN-2026-000123",
    "what": "Hund anmelden",
    "who": LONG,
    "received": NOW,
    "state": "zu prüfen",
    "state_kind": "info",
    "due": DAY,
    "days": 5,
    "revision": 7,
    "todo": {
        "title": "Prüfen Sie die Befreiung",
        "text": "Beantragt ist die Befreiung als Rettungshund nach § 6 (1) Nr. 2.",
        "deed": {"label": "Steuer festsetzen: 70,00 €", "action": "/amt/1/gewaehren", "hidden": []},
    },
    "deeds": {
        "ask": {"action": "/amt/1/fragen", "until": "23.05.2026"},
        "refuse": {
            "action": "/amt/1/ablehnen",
            "choices": [{"value": "8-3", "label": "§ 8 (3) Nr. 3: Prüfung zu lange her"}],
        },
    },
    "checks": [
        {"kind": "success", "text": "Anschrift liegt in Konstanz."},
        {"kind": "warning", "text": "Die Prüfung ist älter als zwölf Monate."},
    ],
    "computation": COMPUTATION,
    "groups": [
        {**group, "change": False, "rows": [{"label": row["label"], "value": row["value"]} for row in group["rows"]]}
        for group in GROUPS
    ],
    "documents": [{"name": "prüfung.pdf", "url": "/f/1", "size": 1234567, "kind_text": "Nachweis", "at": NOW}],
    "steps": STEPS,
    "history": [
        {"at": NOW, "who": "", "text": "Antrag eingegangen"},
        {"at": NOW, "who": "K. Brandt", "text": "Vorgang übernommen"},
    ],
    "messages_of_case": MESSAGES,
    "notices": NOTICES,
}
QUESTION = {"back_url": "/zurück", "progress": "Schritt 3 von 7: Ihr Hund", **RESUME}

LETTER = {
    "language": "de",
    "sender": {
        "town": "Stadt Konstanz",
        "office": "Kämmerei, Steueramt",
        "address": ["Untere Laube 24", "78462 Konstanz"],
    },
    "recipient": [LONG, "Zum Hussenstein 12", "78462 Konstanz"],
    "reference": [
        {"label": "Datum", "value": "9. Mai 2026"},
        {"label": "Vorgang", "value": "KN-2026-000123"},
        {"label": "Telefon", "value": "07531 900-0"},
    ],
    "subject": "Hundesteuerbescheid 2026",
    "salutation": "Guten Tag,",
    "blocks": [
        {"kind": "operative", "text": "Für Ihren Hund Bello setzen wir die Hundesteuer 2026 auf 70,00 € fest."},
        {
            "kind": "table",
            "caption": "Berechnung",
            "columns": [
                {"align": "left", "title": "Jahr"},
                {"align": "left", "title": "Grundlage"},
                {"align": "right", "title": "Betrag"},
            ],
            "aligned_rows": [
                [
                    {"align": "left", "text": "2026"},
                    {"align": "left", "text": "erster Hund, 7 von 12 Monaten (§ 5 (2) Nr. 1)"},
                    {"align": "right", "text": "70,00 €"},
                ]
            ],
            "total": {"label": "Zu zahlen", "value": "70,00 €"},
            "label_span": 2,
        },
        {"kind": "heading", "text": "Gründe"},
        {"kind": "paragraph", "text": "Ihr Hund lebt seit dem 9. Mai 2026 in Konstanz.", "law": "§ 3 (1) der Satzung"},
        {
            "kind": "payment",
            "text": "Bitte überweisen Sie bis zum 15. Juni 2026.",
            "entries": [
                {"label": "IBAN", "value": "DE00 0000 0000 0000 0000 00"},
                {"label": "Betrag", "value": "70,00 €"},
            ],
            "code_image": "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E",
            "code_alt": "Code zum Überweisen",
        },
        {"kind": "remedy", "title": "Rechtsbehelf", "text": "Sie können innerhalb eines Monats Widerspruch einlegen."},
        {"kind": "closing", "text": "Ihr Steueramt"},
    ],
    "seal": {
        "text": "Dieser Bescheid ist elektronisch gesiegelt.",
        "url": "https://konstanz.example/siegel/",
        "code": "4F7K-2M9X",
    },
}
