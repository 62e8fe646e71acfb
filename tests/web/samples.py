"""One sample context for each page template, in the shapes the templates document."""

from __future__ import annotations

from typing import Any

from web.facts import (
    ASKS,
    CASE,
    COMPUTATION,
    DAY,
    DEADLINES,
    DESK,
    ERRORS,
    FIELDS,
    GROUPS,
    HIDDEN,
    LETTER,
    MESSAGES,
    MORE_FIELDS,
    NOTICES,
    OCCURRENCES,
    QUESTION,
    ROWS,
    SERVICES,
    STATUS,
    TASKS,
    WRONG,
    field,
)

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "town_list": (
        "portal/town_list.html",
        {
            "town": None,
            "towns": [{"name": "Konstanz", "office_name": "Stadt Konstanz", "url": "http://konstanz.localhost/"}],
        },
    ),
    "start": (
        "portal/start.html",
        {
            "most_used": SERVICES,
            "life_events": [{"title": "Umzug", "url": "/u"}, {"title": "Haustier", "url": "/h"}],
            "resume_url": "/weiter/",
        },
    ),
    "start_found": ("portal/start.html", {"query": "hund", "results": SERVICES[:2], "resume_url": "/weiter/"}),
    "start_nothing": (
        "portal/start.html",
        {"query": "Xylophon", "results": [], "universal_url": "/anliegen/", "resume_url": "/weiter/"},
    ),
    "service": (
        "portal/service.html",
        {
            "title": "Hund anmelden",
            "summary": "Wer in Konstanz einen Hund hält, meldet ihn innerhalb eines Monats an und zahlt Hundesteuer.",
            "crumbs": [{"title": "Startseite", "url": "/"}, {"title": "Hund anmelden", "url": ""}],
            "costs": [
                {"text": "Erster Hund im Jahr", "amount": "120,00 €"},
                {"text": "Jeder weitere Hund", "amount": "240,00 €"},
            ],
            "costs_note": "Melden Sie im Lauf des Jahres an, zahlen Sie nur die übrigen Monate.",
            "duration": "In klaren Fällen bekommen Sie den Bescheid sofort.",
            "needed": ["Geburtsdatum und Rasse des Hundes", "für eine Befreiung: den Nachweis"],
            "who": "Wer den Hund in den eigenen Haushalt aufgenommen hat.",
            "channels": [
                {"name": "Online", "text": "auf dieser Seite"},
                {"name": "Am Schalter", "text": "Steueramt, Untere Laube 24"},
            ],
            "start_url": "/hund/beginnen",
            "start_label": "Hund anmelden",
            "minutes": 5,
            "legal": [
                {
                    "title": "Hundesteuersatzung der Stadt Konstanz",
                    "url": "https://example.org/satzung",
                    "text": "§§ 3, 5 und 9",
                }
            ],
        },
    ),
    "question_one": (
        "portal/question.html",
        {**QUESTION, "title": "Name des Hundes", "fields": FIELDS[:1], "help": "So, wie Sie ihn rufen."},
    ),
    "question_date": ("portal/question.html", {**QUESTION, "title": "", "fields": [WRONG[1]], "errors": ERRORS[:1]}),
    "question_choice": ("portal/question.html", {**QUESTION, "title": "", "fields": FIELDS[3:4]}),
    "question_many": (
        "portal/question.html",
        {
            **QUESTION,
            "title": "Ihr Hund",
            "help": "Alles in einem.",
            "fields": FIELDS,
            "has_uploads": True,
            "asks": ASKS,
        },
    ),
    "question_wrong": (
        "portal/question.html",
        {**QUESTION, "title": "Ihr Hund", "fields": WRONG, "errors": ERRORS, "has_uploads": True, "hidden": HIDDEN},
    ),
    "question_kinds": (
        "portal/question.html",
        {
            **QUESTION,
            "title": "Alles andere",
            "occasion": "Hunde (2 von 3)",
            "fields": MORE_FIELDS,
            "removal": {"name": "remove-occurrence:hunde.2", "text": "Hunde (2 von 3)"},
            "why": [{"label": "Telefon", "text": "Für Rückfragen."}],
            "laws": [{"text": "§ 3 der Satzung", "link": "https://example.org/satzung"}, {"text": "§ 5", "link": ""}],
            "tasks_url": "/uebersicht/",
        },
    ),
    "question_unsure": (
        "portal/question.html",
        {**QUESTION, "title": "", "fields": MORE_FIELDS[8:9], "errors": [{"field_id": "kreis", "message": "Wählen."}]},
    ),
    "question_more": (
        "portal/question.html",
        {
            **QUESTION,
            "title": "Möchten Sie noch etwas hinzufügen zu: Kinder?",
            "fields": [field("boolean", "mehr", "Möchten Sie noch etwas hinzufügen zu: Kinder?", value=None)],
            "occurrences": OCCURRENCES,
        },
    ),
    "tasks": (
        "portal/tasks.html",
        {
            "title": "Kind betreuen",
            "sum": "12 von 40 Fragen beantwortet, es fehlen noch 4 Pflichtangaben.",
            "tasks": TASKS,
            "next_url": "/b",
        },
    ),
    "tasks_done": ("portal/tasks.html", {"title": "Kind betreuen", "sum": "Alles.", "tasks": TASKS, "check_url": "/p"}),
    "check": (
        "portal/check.html",
        {
            **QUESTION,
            "progress": "Schritt 7 von 7: Prüfen und absenden",
            "groups": GROUPS,
            "cost": {
                "text": "Für Bello zahlen Sie 2026 voraussichtlich",
                "amount": "70,00 €",
                "rows": COMPUTATION["rows"],
            },
            "after": [
                "Wir prüfen Ihre Angaben.",
                "Sie bekommen den Bescheid auf Ihrer Statusseite.",
                "Sie bezahlen innerhalb eines Monats.",
            ],
            "hidden": HIDDEN,
        },
    ),
    "receipt": ("portal/status.html", {**STATUS, "just_sent": True}),
    "status_asked": (
        "portal/status.html",
        {
            **STATUS,
            "state": "Rückfrage",
            "state_kind": "warning",
            "answer": {
                "action": "/a",
                "question": "Auf dem Foto fehlt die zweite Seite. Bitte schicken Sie sie uns.",
                "until": DAY,
                "days": 14,
                "fields": [field("text", "antwort", "Ihre Antwort", rows=4, value=""), FIELDS[9]],
            },
            "messages": MESSAGES,
            "groups": CASE["groups"],
        },
    ),
    "status_decided": (
        "portal/status.html",
        {
            **STATUS,
            "state": "Entschieden",
            "state_kind": "success",
            "notices": NOTICES,
            "deadlines": DEADLINES,
            "contact": {"name": "Steueramt", "phone": "07531 900-0"},
        },
    ),
    "notice": (
        "portal/notice.html",
        {
            "title": "Hundesteuerbescheid 2026",
            "back_url": "/v",
            "pdf_url": "/b.pdf",
            "pdf_size": 48000,
            "verify_url": "/siegel/",
            "letter": LETTER,
        },
    ),
    "resume": (
        "portal/resume.html",
        {
            "resume_url": "/weiter/",
            "code": "K7QF",
            "resume_error": "Diesen Code kennen wir nicht. Bitte sehen Sie noch einmal nach.",
            "errors": [{"field_id": "code", "message": "Diesen Code kennen wir nicht."}],
        },
    ),
    "verify": (
        "portal/verify.html",
        {
            "result": {
                "kind": "success",
                "title": "Dieser Bescheid ist echt",
                "text": "Das PDF ist von uns und unverändert.",
                "rows": [{"label": "Gesiegelt von", "value": "Stadt Konstanz"}],
            }
        },
    ),
    "impressum": ("portal/impressum.html", {}),
    "datenschutz": ("portal/datenschutz.html", {}),
    "barrierefreiheit": ("portal/barrierefreiheit.html", {}),
    **{f"error_{code}": ("portal/error.html", {"status": code}) for code in (400, 403, 404, 409, 413, 429, 500, 503)},
    "desk_login": (
        "desk/login.html",
        {
            "error": "Name oder Passwort stimmen nicht.",
            "errors": [{"field_id": "username", "message": "Name oder Passwort stimmen nicht."}],
        },
    ),
    "desk_totp": ("desk/totp.html", {}),
    "desk_worklist": (
        "desk/worklist.html",
        {
            **DESK,
            "title": "Meine Vorgänge",
            "total": 20,
            "cases": ROWS,
            "filters": [
                {"title": "zu prüfen", "url": "?s=1", "current": True, "count": 12},
                {"title": "bei der Person", "url": "?s=2", "count": 8},
            ],
            "page": 1,
            "pages": 2,
            "next_url": "?page=2",
        },
    ),
    "desk_worklist_empty": ("desk/worklist.html", {**DESK, "title": "Meine Vorgänge", "total": 0, "cases": []}),
    "desk_case": ("desk/case.html", CASE),
    "desk_case_refuse": (
        "desk/case.html",
        {
            **CASE,
            "errors_of": "refuse",
            "refuse_error": "Bitte nennen Sie die Gründe.",
            "errors": [{"field_id": "refuse-text", "message": "Bitte nennen Sie die Gründe."}],
        },
    ),
    "desk_case_closed": (
        "desk/case.html",
        {**CASE, "todo": None, "deeds": None, "state": "entschieden", "state_kind": "success", "days": None},
    ),
}
