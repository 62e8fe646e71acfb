"""The context of a case's page at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe

from stadtamt.cases.models import Case, State
from stadtamt.decisions.queries import assess, begins_later, decision_of, relief_asked
from stadtamt.forms.queries import answers_in_words, confirmed_in_words
from stadtamt.kernel import audit, clock
from stadtamt.kernel.dates import long_date
from stadtamt.kernel.money import euros
from stadtamt.notices.queries import notice_of
from stadtamt.postbox.models import Message
from stadtamt.postbox.queries import messages_of
from stadtamt.processes.models import Run
from stadtamt.processes.queries import Way, open_task, way_of
from stadtamt.web.desk.frame import frame
from stadtamt.web.desk.work_list import STATE_KIND, turn_of

_HISTORY = {
    "case.opened": "Vorgang eröffnet",
    "case.assessed": "Nach den Regeln geprüft",
    "case.moved": "Stand geändert",
    "case.decided": "Entschieden",
    "case.viewed": "Vorgang angesehen",
    "process.started": "Ablauf begonnen",
    "task.opened": "Aufgabe entstanden",
    "task.completed": "Aufgabe erledigt",
    "claim.raised": "Forderung gestellt",
    "notice.issued": "Bescheid ausgestellt und gesiegelt",
    "notice.delivered": "Bescheid bereitgestellt",
    "notice.read": "Bescheid abgerufen",
}
_STEP_STATE = {"done": "done", "now": "now", "open": "next"}


def case_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Everything the page shows; see the comment at the top of desk/case.html."""
    decision = decision_of(case)
    assessment = decision.assessment if decision else assess(case)
    way = way_of(case)
    notice = notice_of(case)
    todo, deeds = _deeds(case, assessment)
    return {
        **frame(request),
        "back_url": reverse("desk:work-list"),
        "number": case.number,
        "what": case.title,
        "who": case.person.full_name,
        "received": case.opened_at,
        "state": "Wartet auf Antwort" if case.state == State.WAITING else State(case.state).label,
        "state_kind": STATE_KIND[State(case.state)],
        "due": case.due_on,
        "days": None if case.state == State.CLOSED else (case.due_on - clock.today()).days,
        "turn": turn_of(case),
        "running": todo is None and case.state not in {State.WAITING, State.CLOSED},
        "todo": todo,
        "deeds": deeds,
        "groups": [
            {"title": group.title, "rows": [{"label": row.label, "value": row.value} for row in group.rows]}
            for group in answers_in_words(case.submission)
        ],
        "checks": _checks(case, assessment, way),
        "computation": _computation(assessment, open_now=todo is not None),
        "documents": _documents(case),
        "steps": _steps(way),
        # Drawn by processes.diagram, which escapes every word of the package.
        "diagram": mark_safe(way.svg),  # noqa: S308
        "diagram_text": "Erledigte Schritte tragen einen Haken, der jetzige Schritt eine Marke.",
        "history": _history(case),
        "messages_of_case": [_message(case, message) for message in messages_of(case)],
        "notices": [
            {
                "title": notice.subject,
                "date": notice.issued_at,
                "url": reverse("desk:notice-pdf", args=[case.pk]),
            }
        ]
        if notice
        else [],
    }


def _steps(way: Way) -> list[dict[str, str]]:
    """What was done, what runs and what may come; steps that the case has passed by are left to the diagram."""
    reached = max((number for number, step in enumerate(way.steps) if step.state != "open"), default=0)
    return [
        {"state": _STEP_STATE[step.state], "title": step.name, "text": step.lane}
        for number, step in enumerate(way.steps)
        if step.state != "open" or number > reached
    ]


def _deeds(case: Case, assessment: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    if open_task(case, "post-notice"):
        deed = {"label": "Zur Post gegeben", "action": reverse("desk:posted", args=[case.pk]), "hidden": []}
        text = "Bitte drucken Sie den Bescheid (PDF unter „Bescheide“) und geben Sie ihn heute zur Post."
        return {"title": "Bescheid drucken und zur Post geben", "text": text, "deed": deed}, {}
    if not open_task(case, "decide"):
        return None, {}
    decide = reverse("desk:decide", args=[case.pk])
    grant = {"label": _grant_label(assessment), "action": decide, "hidden": [{"name": "outcome", "value": "granted"}]}
    deeds: dict[str, Any] = {
        "ask": {"label": "Rückfrage stellen", "action": reverse("desk:ask", args=[case.pk]), "text_name": "text"},
    }
    if relief_asked(assessment):
        deeds["refuse"] = {
            "label": "Vergünstigung ablehnen" if assessment["kind"] != "not_taxed" else "Steuer doch festsetzen",
            "action": decide,
            "hidden": [{"name": "outcome", "value": "refused"}],
            "text_name": "grounds",
        }
    if later := begins_later(assessment):
        text = f"Die Steuerpflicht beginnt erst am {long_date(later)}. Danach können Sie die Steuer festsetzen."
        return {"title": "Noch nichts festzusetzen", "text": text}, deeds
    answered = any(message.kind == Message.Kind.ANSWER for message in messages_of(case))
    text = "Auf Ihre Rückfrage ist eine Antwort da. Sie steht unter „Nachrichten“." if answered else ""
    return {"title": "Bitte prüfen und entscheiden Sie", "text": text, "deed": grant}, deeds


def _grant_label(assessment: dict[str, Any]) -> str:
    if assessment["kind"] == "exempt":
        return "Befreiung gewähren"
    if assessment["kind"] == "not_taxed":
        return "Steuerfrei stellen"
    return f"Steuer festsetzen: {euros(assessment['total_cents'])}"


def _checks(case: Case, assessment: dict[str, Any], way: Way) -> list[dict[str, str]]:
    found = [
        {
            "kind": "warning",
            "text": f"{reason['text']} ({reason['paragraph']})" if reason["paragraph"] else reason["text"],
        }
        for reason in assessment["reasons"]
    ]
    found += [{"kind": "warning", "text": f"Bestätigt: „{asked}“"} for asked in confirmed_in_words(case.submission)]
    if way.trouble:
        found.insert(
            0, {"kind": "danger", "text": f"Der Ablauf ist angehalten und wird wieder versucht: {way.trouble}"}
        )
    return found or [{"kind": "success", "text": "Die Regeln haben nichts zu beanstanden."}]


def _computation(assessment: dict[str, Any], *, open_now: bool) -> dict[str, Any] | None:
    """What the rules reckon; where nothing would be due, what it comes to if the relief is refused."""
    caption = "So haben die Regeln gerechnet"
    if not assessment["positions"] and open_now and assessment["kind"] != "taxed":
        assessment, caption = assessment["without_relief"], "Wenn Sie ablehnen"
    if not assessment["positions"]:
        return None
    rows: list[dict[str, Any]] = [
        {
            "cells": [
                str(position["year"]),
                f"{position['rate_text']} ({position['paragraph']})",
                euros(position["annual_cents"]),
                str(position["months"]),
                euros(position["amount_cents"]),
            ]
        }
        for position in assessment["positions"]
    ]
    if len(rows) > 1:
        rows.append({"cells": ["Summe", "", "", "", euros(assessment["total_cents"])], "total": True})
    head = ["Jahr", "Steuersatz", "Jahressteuer", "Monate", "Betrag"]
    return {"caption": caption, "head": head, "rows": rows}


def _documents(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "name": document.upload.name,
            "url": reverse("desk:document", args=[case.pk, document.pk]),
            "size": document.upload.size,
            "kind_text": document.title,
            "at": document.filed_at,
        }
        for document in case.documents.select_related("upload").defer("upload__content").order_by("filed_at")
    ]


def _history(case: Case) -> list[dict[str, Any]]:
    """The audit trail about the case, in words."""
    run = Run.objects.filter(case=case).first()
    subjects = [case.pk]
    if run is not None:
        subjects += [run.pk, *run.tasks.values_list("pk", flat=True)]
    decision = decision_of(case)
    if decision is not None:
        subjects.append(decision.pk)
    notice = notice_of(case)
    if notice is not None:
        subjects.append(notice.pk)
    return [
        {"at": entry.at, "who": entry.actor_name, "text": _HISTORY.get(entry.action, entry.action)}
        for entry in audit.entries_about(*subjects)
    ]


def _message(case: Case, message: Message) -> dict[str, Any]:
    return {
        "from_office": message.kind == Message.Kind.QUESTION,
        "sender": message.author,
        "at": message.sent_at,
        "text": message.text,
        "files": [
            {
                "name": document.upload.name,
                "url": reverse("desk:document", args=[case.pk, document.pk]),
                "size": document.upload.size,
            }
            for document in message.documents.all()
        ],
    }
