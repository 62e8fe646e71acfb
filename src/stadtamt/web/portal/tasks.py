"""The list of tasks of a long form: what is done, what is missing, where to go on."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from stadtamt.forms import queries
from stadtamt.forms.schema import Situation, Tally, Task, tasks_of, total
from stadtamt.web.access import by_link
from stadtamt.web.portal.application import resume_later

STATES = {
    "done": {"text": "Erledigt", "kind": "none"},
    "begun": {"text": "Begonnen", "kind": "info"},
    "new": {"text": "Noch nicht begonnen", "kind": "info"},
}


@by_link
@require_GET
def tasks(request: HttpRequest, token: str) -> HttpResponse:
    """The entry page on every return to a long form; a short one may be seen so too."""
    found = queries.draft_by_token(token)
    if queries.is_sent(found):
        return redirect("portal:status", token=token)
    current = queries.situation(found)
    checked = queries.review_of(found, current)
    listed = tasks_of(current, checked)
    context = {
        "title": found.service.title,
        "sum": _sum(total(listed)),
        "tasks": [
            {"title": title, **_task(task, token)} for title, task in zip(_titles(current, listed), listed, strict=True)
        ],
        "check_url": reverse("portal:check", args=[token]) if checked.complete else "",
        "next_url": next((_url(task, token) for task in listed if task.state != "done"), ""),
        **resume_later(request, token, found),
    }
    return render(request, "portal/tasks.html", context)


def _titles(current: Situation, listed: list[Task]) -> list[str]:
    """What the sections are called; where a later one continues an earlier, it says so."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for task in listed:
        title = current.words(task.section.title)
        seen[title] += 1
        found.append(f"{title} (Teil {seen[title]})" if seen[title] > 1 else title)
    return found


def _task(task: Task, token: str) -> dict[str, Any]:
    return {
        "url": _url(task, token),
        "state": STATES[task.state],
        "missing": _missing(task.tally) if task.state != "done" else "",
    }


def _url(task: Task, token: str) -> str:
    return reverse("portal:question", args=[token, task.page.key])


def _sum(tally: Tally) -> str:
    asked = "1 Frage" if tally.questions == 1 else f"{tally.questions} Fragen"
    if tally.missing:
        needed = "1 Pflichtangabe" if tally.missing == 1 else f"{tally.missing} Pflichtangaben"
        verb = "fehlt" if tally.missing == 1 else "fehlen"
        return f"{tally.answered} von {asked} beantwortet, es {verb} noch {needed}."
    if tally.unseen:
        return f"{tally.answered} von {asked} beantwortet. Was noch offen ist, ist freiwillig."
    return f"{tally.answered} von {asked} beantwortet. Es fehlt nichts mehr."


def _missing(tally: Tally) -> str:
    """What a section lacks, in words."""
    if tally.missing:
        return "Es fehlt noch 1 Angabe" if tally.missing == 1 else f"Es fehlen noch {tally.missing} Angaben"
    return "Noch 1 freiwillige Frage" if tally.unseen == 1 else f"Noch {tally.unseen} freiwillige Fragen"
