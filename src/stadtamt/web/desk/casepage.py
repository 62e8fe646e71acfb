"""The context of a case's page at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe

from stadtamt.cases.models import Case, State
from stadtamt.decisions.queries import Words, assess, decision_of, words_for
from stadtamt.forms.queries import answers_in_words, confirmed_in_words
from stadtamt.kernel import audit, clock
from stadtamt.notices.queries import notice_of
from stadtamt.postbox.models import Message
from stadtamt.postbox.queries import messages_of
from stadtamt.processes.models import Run
from stadtamt.processes.queries import Way, remarks_on, way_of
from stadtamt.web.answers import summary
from stadtamt.web.desk.deeds import deeds_on
from stadtamt.web.desk.frame import frame
from stadtamt.web.desk.work_list import STATE_KIND, turn_of

_HISTORY = {
    "case.opened": "Vorgang eröffnet",
    "case.assessed": "Nach den Regeln geprüft",
    "case.moved_edition": "Auf eine neue Fassung der Leistung umgestellt",
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
    words = words_for(case, assessment)
    todo, deeds = deeds_on(case, words)
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
        "groups": summary(answers_in_words(case.submission)),
        "checks": _checks(case, assessment, way),
        "computation": _computation(words, open_now=todo is not None),
        "remarks": [
            {"title": task.name, "who": task.done_by, "at": task.done_at, "text": task.note}
            for task in remarks_on(case)
        ],
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


def _computation(words: Words, *, open_now: bool) -> dict[str, Any] | None:
    """What the rules reckon; where nothing would be due, what it comes to if the clerk refuses."""
    table = words.table or (words.table_refused if open_now else None)
    if table is None:
        return None
    rows: list[dict[str, Any]] = [{"cells": list(row)} for row in table.rows]
    if table.total:
        rows.append({"cells": list(table.total), "total": True})
    return {"caption": table.caption, "head": list(table.head), "rows": rows}


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
