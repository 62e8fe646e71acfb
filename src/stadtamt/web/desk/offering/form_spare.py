"""What is optional left out of a form, in one go: with what it would ask then, and what has to stay and why."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from stadtamt.kernel.rights import actor_for
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.layer import Override
from stadtamt.packages.officer.deviating import Deviating, deviate_in_all, take_back_all
from stadtamt.packages.officer.leaving_out import Shelf, chosen, left_out, shelves
from stadtamt.packages.officer.weighing import Weighed, burden, weigh
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.offering.form_frame import forget_kept, framed, in_force, keep_to_look

_NOTHING = "Bitte wählen Sie mindestens eine Angabe aus."


@officer_only
@require_http_methods(["GET", "POST"])
def form_spare(request: StaffRequest, key: str) -> HttpResponse:
    """Optional sections and fields to tick; what was left out comes back here too."""
    now = in_force(key)
    found = shelves(now)
    if request.method == "GET":
        return _page(request, now, found, ())
    if "back" in request.POST:
        return _back(request, now)
    everything = {one.key for shelf in found for one in shelf.spares if not one.reason}
    keys = everything if "all" in request.POST else everything & set(request.POST.getlist("spare"))
    overrides = chosen(found, keys)
    if not overrides:
        return _page(request, now, found, keys, problem=_NOTHING)
    try:
        return _deed(request, now, found, keys, overrides)
    except PackageProblem as problem:
        return _page(request, now, found, keys, problem=problem.sentence)


def _deed(
    request: StaffRequest, now: Deviating, found: tuple[Shelf, ...], keys: Collection[str], overrides: list[Override]
) -> HttpResponse:
    """Weighed, seen in the preview, or taken."""
    weighed = weigh(now, overrides)
    if "see" in request.POST:
        keep_to_look(request, now.author.id, overrides)
        return redirect("desk:form-look", now.author.id)
    if "take" in request.POST:
        deviate_in_all(installation=now.installation, overrides=overrides, actor=actor_for(request.user))
        forget_kept(request)
        messages.success(request, f"Ausgeblendet. Das Formular für neue Anträge: {weighed.words}.")
        return redirect("desk:form-spare", now.author.id)
    return _page(request, now, found, keys, weighed=weighed)


def _back(request: StaffRequest, now: Deviating) -> HttpResponse:
    try:
        take_back_all(
            installation=now.installation, ids=set(request.POST.getlist("back")), actor=actor_for(request.user)
        )
    except PackageProblem as problem:
        messages.error(request, f"Nichts wurde geändert. {problem}")
    else:
        messages.success(request, "Wird in neuen Anträgen wieder gefragt.")
    return redirect("desk:form-spare", now.author.id)


def _page(
    request: StaffRequest,
    now: Deviating,
    found: tuple[Shelf, ...],
    keys: Collection[str],
    *,
    weighed: Weighed | None = None,
    problem: str = "",
) -> HttpResponse:
    context = framed(
        request,
        now,
        "Freiwillige Angaben ausblenden",
        shelves=[
            {"title": shelf.title, "spares": [{"one": one, "ticked": one.key in keys} for one in shelf.spares]}
            for shelf in found
        ],
        left_out=left_out(now),
        measure=burden(now).words,
        weighed=weighed,
        many=len(keys),
        errors=[{"field_id": "auswahl", "message": problem}] if problem else [],
    )
    return render(request, "desk/offering/form_spare.html", context, status=422 if problem else 200)
