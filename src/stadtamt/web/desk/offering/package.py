"""One installed package: what is in force, its running cases, the ways to change it, its archive, its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stadtamt.catalogue.models import Service
from stadtamt.kernel import audit, clock
from stadtamt.kernel.errors import NotFound
from stadtamt.kernel.rights import actor_for
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.models import Installation
from stadtamt.packages.officer.offers import file_name, newer_offers
from stadtamt.packages.officer.standing import Standing, standing_of
from stadtamt.packages.updating import withdraw as withdraw_package
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.frame import frame
from stadtamt.web.downloads import file_response

_HISTORY = {
    "package.installed": "In Betrieb genommen oder geändert",
    "package.updated": "Auf eine neue Fassung gebracht",
    "package.withdrawn": "Aus dem Katalog genommen",
    "package.moved": "Laufende Vorgänge umgestellt",
}


@officer_only
@require_GET
def package(request: StaffRequest, key: str) -> HttpResponse:
    standing = _standing(key)
    installed = Installation.objects.get(key=key)
    offer = newer_offers(now=clock.now()).get(key)
    context: dict[str, Any] = {
        **frame(request, current="leistungen"),
        "title": standing.title,
        "back_url": reverse("desk:offering"),
        "standing": standing,
        "key": key,
        "offer": offer,
        "deviations": len(installed.layer.overrides),
        "own_cases": len(installed.layer.cases),
        "public_url": "" if standing.withdrawn else _public_url(key),
        "history": [
            {
                "at": entry.at,
                "who": entry.actor_name,
                "text": _HISTORY.get(entry.action, entry.action),
                "edition": entry.data.get("edition", ""),
            }
            for entry in audit.entries_about(installed.pk)
        ],
    }
    return render(request, "desk/offering/package.html", context)


@officer_only
@require_GET
def archive(request: StaffRequest, key: str) -> HttpResponse:
    """The signed file exactly as it was received."""
    kept = Installation.objects.select_related("package").filter(key=key).first()
    if kept is None or not kept.package.archive:
        raise NotFound("Zu dieser Leistung gibt es kein Archiv: Das Paket kam mit dem Programm.")
    return file_response(bytes(kept.package.archive), file_name(kept.package), "application/octet-stream")


@officer_only
@require_POST
def withdraw(request: StaffRequest, key: str) -> HttpResponse:
    """No longer offered: out of the catalogue; running cases go on."""
    standing = _standing(key)
    try:
        withdraw_package(key=key, actor=actor_for(request.user))
    except PackageProblem as problem:
        messages.error(request, f"Die Leistung bleibt im Katalog. {problem}")
        return redirect("desk:offering")
    messages.success(request, f"Aus dem Katalog genommen: {standing.title}. Laufende Vorgänge gehen weiter.")
    return redirect("desk:offering")


def _public_url(key: str) -> str:
    offered = Service.objects.filter(key=key, withdrawn=False).exists()
    return reverse("portal:service", args=[key]) if offered else ""


def _standing(key: str) -> Standing:
    standing = standing_of(key)
    if standing is None:
        raise NotFound
    return standing
