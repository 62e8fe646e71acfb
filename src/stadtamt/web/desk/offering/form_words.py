"""The words of one section, page or field, in the town's own way of saying it."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stadtamt.kernel.errors import NotFound
from stadtamt.kernel.rights import actor_for
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.officer.rewording import reword, words_at
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.offering.form_frame import framed, in_force, sent_texts

_PLACE = re.compile(r"form\.[A-Za-z]\w*(?:\.[A-Za-z]\w*)?", re.ASCII)


@officer_only
@require_http_methods(["GET", "POST"])
def form_words(request: StaffRequest, key: str) -> HttpResponse:
    """Every text of the element with the author's words beside it; a text left empty is the author's again."""
    now = in_force(key)
    place = request.GET.get("an", "")
    found = words_at(now, place) if _PLACE.fullmatch(place) else []
    if not found:
        raise NotFound("Zu diesem Teil des Formulars gibt es keine Texte des Paketes.")
    problem, typed = "", {}
    if request.method == "POST":
        sent = sent_texts(request)
        typed = {one.address: sent[one.address].strip() for one in found if one.address in sent}
        author = {one.address: one.author for one in found}
        try:
            reword(installation=now.installation, author=author, texts=typed, actor=actor_for(request.user))
        except PackageProblem as refused:
            problem = refused.sentence
        else:
            messages.success(request, "Die Worte gelten ab jetzt für neue Anträge.")
            group = place.split(".")[1]
            return redirect(f"{reverse('desk:form', args=[key])}?offen={group}#group-{group}")
    context = framed(
        request,
        now,
        "Worte ändern",
        element=found[0].present,
        texts=[
            {
                "id": f"wort-{number}",
                "name": one.address,
                "label": one.purpose,
                "author": one.author,
                "own": one.own,
                "value": typed.get(one.address, one.present),
            }
            for number, one in enumerate(found, 1)
        ],
        errors=[{"field_id": "wort-1", "message": problem}] if problem else [],
    )
    return render(request, "desk/offering/form_words.html", context, status=422 if problem else 200)
