"""The work list: one line a case, the most urgent first."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from stadtamt.cases.models import Case, State
from stadtamt.cases.queries import find_cases
from stadtamt.kernel import clock
from stadtamt.processes.queries import office_tasks
from stadtamt.web.access import staff_only
from stadtamt.web.desk.frame import LISTS, frame

PAGE = 50
STATE_KIND = {
    State.RECEIVED: "info",
    State.IN_REVIEW: "info",
    State.WAITING: "warning",
    State.DECIDED: "info",
    State.CLOSED: "none",
}


@staff_only
@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    chosen = "alle" if query or request.GET.get("liste") == "alle" else "offen"
    if chosen == "offen":
        rows: Any = office_tasks()
    else:
        rows = find_cases(query)
    pages = Paginator(rows, PAGE)
    page = pages.get_page(request.GET.get("seite"))
    link = f"{reverse('desk:work-list')}?liste={chosen}&q={query}&seite="
    context = {
        **frame(request, current=chosen),
        "title": LISTS[chosen] if not query else f"Suche: {query}",
        "total": pages.count,
        "cases": [_line(row.run.case, row.name) if chosen == "offen" else _line(row, "") for row in page.object_list],
        "query": query,
        "page": page.number,
        "pages": pages.num_pages,
        "previous_url": f"{link}{page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{link}{page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "desk/worklist.html", context)


def turn_of(case: Case) -> str:
    """Whose turn it is, as the desk says it."""
    if case.state == State.CLOSED:
        return ""
    return "Bürgerin oder Bürger" if case.state == State.WAITING else case.unit.name


def _line(case: Case, task: str) -> dict[str, Any]:
    closed = case.state == State.CLOSED
    return {
        "number": case.number,
        "url": reverse("desk:case", args=[case.pk]),
        "who": case.person.full_name,
        "what": task or case.title,
        "state": "Wartet auf Antwort" if case.state == State.WAITING else State(case.state).label,
        "state_kind": STATE_KIND[State(case.state)],
        "due": case.due_on,
        "days": None if closed else (case.due_on - clock.today()).days,
        "turn": turn_of(case),
        "received": case.opened_at,
    }
