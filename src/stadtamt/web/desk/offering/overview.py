"""What the town has adopted, and what it could adopt: shipped, from a registry, or from a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stadtamt.forms.errors import UploadRefused
from stadtamt.kernel import clock
from stadtamt.kernel.rights import actor_for
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.reader import newer, read_package
from stadtamt.packages.models import Installation, KeptPackage, Sheet
from stadtamt.packages.officer.offers import Offer, fetch, find_offers, forget_registries, newer_offers, receive
from stadtamt.packages.officer.standing import TOP, Standing, standing_of_all
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.frame import frame
from stadtamt.web.uploads import read_upload

MAX_ARCHIVE_BYTES = 10 * 1024 * 1024


@officer_only
@require_GET
def offering(request: StaffRequest) -> HttpResponse:
    """What is installed, what was begun, and the search."""
    return render(request, "desk/offering/overview.html", _context(request))


@officer_only
@require_POST
def take(request: StaffRequest) -> HttpResponse:
    """Fetch a package from where it is offered, and go on to its settings or to the update."""
    source, key = request.POST.get("source", "")[:60], request.POST.get("key", "")[:80]
    try:
        kept = fetch(source=source, key=key, now=clock.now(), actor=actor_for(request.user))
    except PackageProblem as problem:
        return _again(request, f"Das Paket wurde nicht übernommen. {problem}", "suche")
    return _onward(request, kept)


@officer_only
@require_POST
def upload(request: StaffRequest) -> HttpResponse:
    """A package that somebody sent as a file; nothing of it is believed before it is proven."""
    file = request.FILES.get("archive")
    if file is None:
        return _again(request, "Bitte wählen Sie eine Datei aus.", "archive")
    try:
        content = read_upload(file, max_bytes=MAX_ARCHIVE_BYTES)
        kept = receive(archive=content, origin="", actor=actor_for(request.user))
    except UploadRefused as problem:
        return _again(request, problem.sentence, "archive")
    except PackageProblem as problem:
        return _again(request, f"Die Datei wurde abgewiesen. {problem}", "archive")
    return _onward(request, kept)


def _onward(request: StaffRequest, kept: KeptPackage) -> HttpResponse:
    installed = Installation.objects.select_related("package").filter(key=kept.key).first()
    if installed is None:
        return redirect(f"{reverse('desk:settings', args=[kept.key])}?paket={kept.pk}")
    if newer(kept.version, installed.version):
        return redirect(f"{reverse('desk:update', args=[kept.key])}?paket={kept.pk}")
    word = "diese Fassung" if kept.version == installed.version else "eine neuere Fassung"
    messages.warning(request, f"Es ist schon {word} in Betrieb ({installed.version}).")
    return redirect("desk:package", kept.key)


def _again(request: StaffRequest, sentence: str, field: str) -> HttpResponse:
    errors = [{"field_id": field, "message": sentence}]
    context = {**_context(request), "errors": errors, "upload_error": sentence if field == "archive" else ""}
    return render(request, "desk/offering/overview.html", context, status=422)


def _context(request: StaffRequest) -> dict[str, Any]:
    if "fragen" in request.GET:
        forget_registries()
    query = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    now = clock.now()
    standings = standing_of_all()
    installed = {standing.key for standing in standings}
    found = find_offers(query, now=now)
    newest = newer_offers(now=now)
    return {
        **frame(request, current="leistungen"),
        "title": "Leistungen",
        "query": query,
        "installed": [_installed(standing, newest.get(standing.key)) for standing in standings],
        "begun": [
            {"title": _title(sheet.package), "url": reverse("desk:settings", args=[sheet.key]), "at": sheet.changed_at}
            for sheet in Sheet.objects.select_related("package").order_by("changed_at")
            if sheet.key not in installed
        ],
        "offers": [_offer(offer) for offer in found.offers if offer.key not in installed],
        "troubles": found.troubles,
    }


def _installed(standing: Standing, offer: Offer | None) -> dict[str, Any]:
    return {
        "title": standing.title,
        "url": reverse("desk:package", args=[standing.key]),
        "version": standing.version,
        "withdrawn": standing.withdrawn,
        "cases": sum(edition.cases for edition in standing.editions),
        "older_cases": sum(edition.cases for edition in standing.editions if not edition.current),
        "newer": offer.version if offer else "",
        "maturity": f"{standing.maturity.level} von {TOP}",
        "take": {"source": offer.source, "key": offer.key} if offer else None,
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "title": offer.title,
        "summary": offer.summary,
        "version": offer.version,
        "source": offer.source,
        "place": f"Register „{offer.source}“" if offer.source else "mitgeliefert",
        "key": offer.key,
        "users": offer.users,
    }


def _title(kept: KeptPackage) -> str:
    return str(read_package(kept.files).service["title"])
