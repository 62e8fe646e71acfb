"""The entrance: what do you want to get done? Search, the service page, going on with a code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stadtamt.catalogue import queries as catalogue
from stadtamt.catalogue.models import Service
from stadtamt.forms.actions import begin_draft
from stadtamt.forms.errors import NoSuchDraft
from stadtamt.forms.queries import draft_by_token, submission_by_token
from stadtamt.kernel.tokens import as_issued
from stadtamt.notices.queries import verify_letter
from stadtamt.web.access import public
from stadtamt.web.templatetags.office import moment

MAX_LETTER_BYTES = 5_000_000
CHANNELS = {
    "online": {"name": "Online", "text": "hier auf dieser Seite, rund um die Uhr"},
    "counter": {"name": "Vor Ort", "text": "in unserem Amt"},
    "post": {"name": "Per Post", "text": "mit einem Brief an uns"},
}


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    context: dict[str, Any] = {
        "query": query,
        "results": [_entry(service) for service in catalogue.search(query)] if query else [],
        "most_used": [_entry(service) for service in catalogue.foremost(limit=6)],
        "life_events": [
            {"title": event, "url": f"{reverse('portal:start')}?q={event}"} for event in catalogue.life_events()
        ],
        "resume_url": reverse("portal:resume"),
    }
    part = "#results" if request.headers.get("X-Part") == "results" else ""
    return render(request, f"portal/start.html{part}", context)


@public
@require_safe
def service(request: HttpRequest, key: str) -> HttpResponse:
    found = catalogue.service_by_key(key)
    facts = found.facts
    context = {
        "title": found.title,
        "summary": found.summary,
        "costs": [{"text": text} for text in facts["costs"]],
        "duration": facts["duration"],
        "needed": facts["needed"],
        "who": facts["who"],
        "channels": [CHANNELS[channel] for channel in facts["channels"] if channel in CHANNELS],
        "start_url": reverse("portal:begin", args=[key]),
        "start_label": found.title,
        "minutes": 5,
        "legal": [{"title": text} for text in facts["legal_bases"]],
        "unit": {"name": found.unit.name, "phone": found.unit.phone, "mail": found.unit.mail},
    }
    return render(request, "portal/service.html", context)


@public
@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """A new draft; with the code of an earlier application, its answers are used again, as the person asked."""
    found = catalogue.service_by_key(key)
    code = request.POST.get("earlier", "").replace("\x00", "").strip()[:80]
    _, token = begin_draft(service=found, earlier=submission_by_token(code) if code else None)
    return redirect("portal:draft", token=token)


@public
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("code", "").replace("\x00", "").strip()[:80]
    context: dict[str, Any] = {"resume_url": reverse("portal:resume"), "code": code}
    if request.method == "GET":
        return render(request, "portal/resume.html", context)
    try:
        draft_by_token(code)
    except NoSuchDraft:
        sentence = "Diesen Code kennen wir nicht. Bitte prüfen Sie, ob Sie ihn vollständig eingegeben haben."
        context |= {"resume_error": sentence, "errors": [{"field_id": "code", "message": sentence}]}
        return render(request, "portal/resume.html", context, status=422)
    return redirect("portal:draft", token=as_issued(code))


@public
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"action": reverse("portal:verify")}
    file = request.FILES.get("pdf")
    if request.method == "GET":
        return render(request, "portal/verify.html", context)
    if file is None or (file.size or 0) > MAX_LETTER_BYTES:
        sentence = "Bitte wählen Sie den Bescheid als PDF-Datei mit höchstens 5 MB aus."
        context |= {"error": sentence, "errors": [{"field_id": "pdf", "message": sentence}]}
        return render(request, "portal/verify.html", context, status=422)
    return render(request, "portal/verify.html", context | {"result": _verdict(file.read())})


@public
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Imprint, privacy, accessibility."""
    return render(request, f"portal/{name}.html")


def _entry(service: Service) -> dict[str, str]:
    return {"title": service.title, "summary": service.summary, "url": reverse("portal:service", args=[service.key])}


def _verdict(pdf: bytes) -> dict[str, Any]:
    """The result in words. It never says what the letter is about."""
    found = verify_letter(pdf)
    seal = found.seal
    rows = [{"label": "Gesiegelt von", "value": seal.signer}] if seal.sealed else []
    if seal.time:
        rows.append({"label": "Gesiegelt am", "value": moment(seal.time)})
    if found.issued and seal.trustworthy:
        return {
            "kind": "success",
            "title": "Dieser Bescheid ist echt",
            "text": "Wir haben ihn ausgestellt. Seitdem wurde nichts daran verändert.",
            "rows": rows,
        }
    if seal.sealed and not seal.intact:
        return {
            "kind": "danger",
            "title": "Diese Datei wurde verändert",
            "text": "Sie trägt ein Siegel, aber ihr Inhalt passt nicht dazu. Bitte verlassen Sie sich nicht darauf.",
            "rows": rows,
        }
    return {
        "kind": "warning",
        "title": "Diese Datei ist nicht von uns",
        "text": "Wir haben sie in dieser Form nicht ausgestellt. Wurde sie gedruckt und wieder eingescannt, "
        "können wir sie nicht prüfen. Bitte fragen Sie uns im Zweifel.",
        "rows": [],
    }
