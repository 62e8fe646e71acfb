"""Running cases of a package: under which edition they run, and taking them over to the one in force."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stadtamt.kernel.errors import NotFound
from stadtamt.kernel.money import euros
from stadtamt.kernel.rights import actor_for
from stadtamt.packages.moving import MOST_AT_ONCE, Move, move_cases, plan_move
from stadtamt.packages.officer.standing import Standing, standing_of
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.frame import frame


@officer_only
@require_http_methods(["GET", "POST"])
def moving(request: StaffRequest, key: str) -> HttpResponse:
    """The dry run of all cases under other editions; a tick for each that may be moved."""
    standing = standing_of(key)
    if standing is None:
        raise NotFound
    if request.method == "POST":
        chosen = _chosen(request, key)
        if not chosen:
            return _page(request, standing, error="Bitte wählen Sie mindestens einen Vorgang aus.")
        return _moved(request, key, move_cases(package=key, cases=chosen, actor=actor_for(request.user)))
    return _page(request, standing)


def _moved(request: StaffRequest, key: str, moves: list[Move]) -> HttpResponse:
    done = [move for move in moves if move.allowed]
    if done:
        messages.success(request, f"Umgestellt: {_count(len(done))}.")
    for move in moves:
        if not move.allowed:
            messages.warning(request, f"{move.number} bleibt, wie er ist. {move.refusal}")
    return redirect("desk:moving", key)


def _page(request: StaffRequest, standing: Standing, *, error: str = "") -> HttpResponse:
    moves = plan_move(package=standing.key)
    versions = {edition.edition: edition for edition in standing.editions}
    movable = [move for move in moves if move.allowed]
    context: dict[str, Any] = {
        **frame(request, current="leistungen"),
        "title": "Laufende Vorgänge",
        "service": standing.title,
        "version": standing.version,
        "back_url": reverse("desk:package", args=[standing.key]),
        "editions": standing.editions,
        "movable": [_view(move, versions) for move in movable],
        "staying": [_view(move, versions) for move in moves if not move.allowed],
        "most": MOST_AT_ONCE if len(moves) == MOST_AT_ONCE else 0,
        "errors": [{"field_id": "case-1", "message": error}] if error else [],
    }
    return render(request, "desk/offering/moving.html", context, status=422 if error else 200)


def _view(move: Move, versions: dict[str, Any]) -> dict[str, Any]:
    edition = versions.get(move.edition)
    return {
        "id": move.case,
        "number": move.number,
        "url": reverse("desk:case", args=[move.case]),
        "version": edition.version if edition else "",
        "since": edition.made_at if edition else None,
        "before": _amount(move.before),
        "after": _amount(move.after),
        "differs": move.before != move.after,
        "skipped": move.skipped,
        "refusal": move.refusal,
    }


def _chosen(request: StaffRequest, key: str) -> list[UUID]:
    if "all" in request.POST:
        return [move.case for move in plan_move(package=key) if move.allowed]
    found = []
    for text in request.POST.getlist("case"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _amount(cents: int | None) -> str:
    return "nicht berechnet" if cents is None else euros(cents)


def _count(number: int) -> str:
    return "1 Vorgang" if number == 1 else f"{number} Vorgänge"
