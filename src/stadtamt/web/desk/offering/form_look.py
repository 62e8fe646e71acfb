"""The form's pages as citizens see them, with the changes in force and those the officer has not taken yet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stadtamt.kernel.errors import NotFound
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.officer.deviating import Deviating
from stadtamt.packages.officer.looking import Look, Seen, look
from stadtamt.packages.officer.saying import Sentences
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.offering.form_frame import forget_kept, framed, in_force, kept_to_look


@officer_only
@require_http_methods(["GET", "POST"])
def form_look(request: StaffRequest, key: str) -> HttpResponse:
    """All pages as a list, or one of them. What is typed there goes nowhere."""
    now = in_force(key)
    if "forget" in request.POST:
        forget_kept(request)
        return redirect("desk:form-look", key)
    kept = kept_to_look(request, key)
    try:
        looked = look(now, kept)
    except PackageProblem as problem:
        messages.error(request, f"Diese Änderungen passen nicht mehr. {problem}")
        forget_kept(request)
        return redirect("desk:form-look" if kept else "desk:form", key)
    name = request.GET.get("seite", "")
    if not name:
        return render(request, "desk/offering/form_look.html", _listed(request, now, looked))
    seen = looked.page(name)
    if seen is None:
        raise NotFound("Diese Seite gibt es im Formular nicht.")
    following = looked.after(seen)
    if request.method == "POST":
        return redirect(_url(now, following))
    return render(request, "desk/offering/form_page.html", _one(now, looked, seen, bool(kept)))


def _listed(request: StaffRequest, now: Deviating, looked: Look) -> dict[str, Any]:
    sections: list[dict[str, Any]] = []
    for one in looked.pages:
        if not sections or sections[-1]["title"] != one.section:
            sections.append({"title": one.section, "pages": []})
        sections[-1]["pages"].append({"seen": one, "url": _url(now, one)})
    sentences = Sentences(now.author)
    return framed(
        request,
        now,
        "So sehen es Bürgerinnen und Bürger",
        sections=sections,
        always=sum(one.always for one in looked.pages),
        sometimes=sum(not one.always for one in looked.pages),
        kept=[sentences.of(one) for one in kept_to_look(request, now.author.id)],
    )


def _one(now: Deviating, looked: Look, seen: Seen, changed: bool) -> dict[str, Any]:
    place = looked.pages.index(seen) + 1
    return {
        "situation": looked.situation,
        "question": seen.question,
        "always": seen.always,
        "more": {
            "progress": f"Vorschau, Seite {place} von {len(looked.pages)}: {seen.section}",
            "overview_url": _url(now, None),
            "before_url": _url(now, before) if (before := looked.before(seen)) else "",
            "after_url": _url(now, after) if (after := looked.after(seen)) else "",
            "conditions": seen.conditions,
            "changed": changed,
            "always": seen.always,
        },
    }


def _url(now: Deviating, seen: Seen | None) -> str:
    base = reverse("desk:form-look", args=[now.author.id])
    return f"{base}?{urlencode({'seite': seen.question.key})}" if seen else base
