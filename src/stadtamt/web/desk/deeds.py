"""What a clerk can do with a case now: one primary deed, and the others folded away."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from stadtamt.cases.models import Case
from stadtamt.decisions.queries import Words
from stadtamt.postbox.models import Message
from stadtamt.postbox.queries import messages_of
from stadtamt.processes.models import Task
from stadtamt.processes.queries import open_task

Deeds = tuple[dict[str, Any] | None, dict[str, Any]]


def deeds_on(case: Case, words: Words) -> Deeds:
    """What is to do (nothing: None) and what else can be done; for desk/case.html."""
    task = open_task(case, "post-notice", "consult", "prepare", "decide")
    return _DEEDS[task.kind](case, task, words) if task else (None, {})


def _post(case: Case, task: Task, words: Words) -> Deeds:
    deed = {"label": "Zur Post gegeben", "action": reverse("desk:posted", args=[case.pk]), "hidden": []}
    text = "Bitte drucken Sie den Brief (PDF unter „Bescheide“) und geben Sie ihn heute zur Post."
    return {"title": task.name, "text": text, "deed": deed}, {}


def _consult(case: Case, task: Task, words: Words) -> Deeds:
    deed = {
        "action": reverse("desk:consult", args=[case.pk]),
        "hidden": [{"name": "task", "value": task.pk}],
        "text": {"name": "text", "label": "Ihre Stellungnahme", "hint": "Wer entscheidet, liest diesen Text."},
        "buttons": [
            {"name": "agrees", "value": "true", "label": "Zustimmen"},
            {"name": "agrees", "value": "false", "label": "Nicht zustimmen"},
        ],
    }
    return {
        "title": task.name,
        "text": "Bitte sagen Sie, was aus Ihrer Sicht dafür oder dagegen spricht.",
        "deed": deed,
    }, {}


def _prepare(case: Case, task: Task, words: Words) -> Deeds:
    deed = {
        "action": reverse("desk:prepare", args=[case.pk]),
        "hidden": [{"name": "task", "value": task.pk}],
        "label": "Zur Entscheidung geben",
        "text": {"name": "text", "label": "Ihr Vorschlag", "hint": "Eine andere Person entscheidet und liest ihn."},
    }
    return {"title": task.name, "text": f"Die Regeln schlagen vor: {words.grant}.", "deed": deed}, {}


def _decide(case: Case, task: Task, words: Words) -> Deeds:
    decide = reverse("desk:decide", args=[case.pk])
    grant: dict[str, Any] = {
        "label": words.grant,
        "action": decide,
        "hidden": [{"name": "outcome", "value": "granted"}],
    }
    if words.grounds != "refused":
        optional = " (freiwillig)" if words.grounds == "optional" else ""
        grant["text"] = {
            "name": "grounds",
            "label": words.grounds_label + optional,
            "hint": "Der Text steht so im Brief.",
        }
    deeds: dict[str, Any] = {
        "ask": {"label": "Rückfrage stellen", "action": reverse("desk:ask", args=[case.pk]), "text_name": "text"},
    }
    if words.refusable:
        deeds["refuse"] = {
            "label": words.refuse,
            "action": decide,
            "hidden": [{"name": "outcome", "value": "refused"}],
            "text_name": "grounds",
        }
    if not words.ready:
        return {"title": "Noch nichts zu entscheiden", "text": words.not_ready}, deeds
    answered = any(message.kind == Message.Kind.ANSWER for message in messages_of(case))
    text = "Auf Ihre Rückfrage ist eine Antwort da. Sie steht unter „Nachrichten“." if answered else ""
    return {"title": "Bitte prüfen und entscheiden Sie", "text": text, "deed": grant}, deeds


_DEEDS = {"post-notice": _post, "consult": _consult, "prepare": _prepare, "decide": _decide}
