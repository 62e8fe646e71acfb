"""What the settings on the sheet would make of the package, before anything counts; and putting it into force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from stadtamt.kernel import clock
from stadtamt.kernel.rights import actor_for
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.officer.adopting import adopt
from stadtamt.packages.officer.offers import make_known, source_of
from stadtamt.packages.officer.trial import Outcome, Trial, try_out
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.frame import frame
from stadtamt.web.desk.offering.settings import Filling, filling_for

MAX_SENTENCES = 5


@officer_only
@require_http_methods(["GET", "POST"])
def preview(request: StaffRequest, key: str) -> HttpResponse:
    """Cases, service page, a letter and the diagram under the town's figures."""
    filling = filling_for(key)
    entered = filling.entered(filling.sheet.typed)
    if entered.errors:
        return redirect("desk:settings", key)
    layer = filling.layer(entered)
    try:
        trial = try_out(filling.sheet.package.files, layer)
        if request.method == "POST" and not trial.failed:
            adopted = adopt(
                sheet=filling.sheet,
                layer=layer,
                source=source_of(filling.sheet.package),
                tells_registry=request.POST.get("tell") == "yes",
                actor=actor_for(request.user),
                seen=filling.installed,
            )
            tell(request, adopted)
            messages.success(request, f"In Betrieb: {trial.entry['title']}.")
            return redirect("desk:package", key)
    except PackageProblem as problem:
        messages.error(request, str(problem))
        return redirect("desk:settings", key)
    context = {**frame(request, current="leistungen"), **_context(filling, trial)}
    return render(request, "desk/offering/preview.html", context, status=422 if request.method == "POST" else 200)


def tell(request: StaffRequest, adopted: Any) -> None:
    """The registry may be out of reach; what is in force stays in force."""
    try:
        make_known(installation=adopted, now=clock.now())
    except PackageProblem as problem:
        messages.warning(request, f"Das Register konnte nicht benachrichtigt werden. {problem}")


def _context(filling: Filling, trial: Trial) -> dict[str, Any]:
    kept, installed = filling.sheet.package, filling.installed
    changed = installed is None or trial.prepared.edition != installed.edition
    return {
        "title": f"Vorschau: {trial.entry['title']}",
        "back_url": reverse("desk:settings", args=[kept.key]),
        "installed": installed is not None,
        "unchanged": not changed,
        "passed": trial.passed,
        "failed": [failure(outcome) for outcome in trial.failed],
        "passed_names": [outcome.name for outcome in trial.outcomes if outcome.passed],
        "may": not trial.failed,
        "author": kept.author,
        "origin": kept.origin,
        "tells": installed.tells_registry if installed else False,
        **trial_parts(trial),
    }


def trial_parts(trial: Trial) -> dict[str, Any]:
    """Entry, letter and diagram for desk/offering/trial.html."""
    return {
        "entry": {**trial.entry, **trial.entry["facts"]},
        "letter": trial.sample.letter if trial.sample else None,
        "letter_case": trial.sample.case if trial.sample else "",
        # Drawn by processes.diagram, which escapes every word of the package.
        "diagram": mark_safe(trial.svg),  # noqa: S308
        "maturity": trial.maturity,
        "steps": [{"state": "next", "title": step.name, "text": step.lane} for step in trial.steps],
    }


def failure(outcome: Outcome) -> dict[str, Any]:
    """A case that did not pass, with the first differences."""
    return {"name": outcome.name, "differences": outcome.differences[:MAX_SENTENCES]}
