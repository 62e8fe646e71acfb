"""The author's view of a form: its unclear rules, the tree of sections, pages and fields, and their order."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stadtamt.forms.schema import Schema
from stadtamt.forms.schema.paths import parent
from stadtamt.kernel.errors import NotFound
from stadtamt.kernel.rights import actor_for
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.addresses import form_data
from stadtamt.packages.officer.deviating import Deviating, schema_of, take_back
from stadtamt.packages.officer.ordering import Kind, move, ways
from stadtamt.packages.officer.outlining import Outline, Shown, figures
from stadtamt.packages.officer.settling import Rule, sentences, settled_by_town
from stadtamt.packages.officer.weighing import burden
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.offering.form_frame import forget_kept, framed, in_force

_FILTERS = {"": "alles", "unklar": "nur, wovon unklare Regeln sprechen", "bedingt": "nur, was von etwas abhängt"}


@officer_only
@require_http_methods(["GET", "POST"])
def form(request: StaffRequest, key: str) -> HttpResponse:
    """The form as a tree; a page or section goes up or down, a settled rule is unclear again."""
    now = in_force(key)
    if request.method == "GET":
        return render(request, "desk/offering/form.html", _context(request, now))
    try:
        return _deed(request, now)
    except PackageProblem as problem:
        messages.error(request, f"Nichts wurde geändert. {problem}")
        return redirect("desk:form", key)


def _deed(request: StaffRequest, now: Deviating) -> HttpResponse:
    key, actor = now.author.id, actor_for(request.user)
    if back := request.POST.get("back", ""):
        take_back(installation=now.installation, id=back, actor=actor)
        messages.success(request, "Zurückgenommen. Die Regel ist wieder so, wie sie im Paket steht.")
        forget_kept(request)
        return redirect("desk:form", key)
    up = "up" in request.POST
    kind, _, name = request.POST.get("up" if up else "down", "").partition(":")
    if kind not in ("question", "group"):
        raise NotFound
    move(installation=now.installation, kind=cast("Kind", kind), key=name, up=up, actor=actor)
    messages.success(request, "Verschoben. Neue Anträge fragen in dieser Reihenfolge.")
    opened = urlencode({"offen": name if kind == "group" else name.partition("-")[0]})
    return redirect(f"{reverse('desk:form', args=[key])}?{opened}#{kind}-{name}")


def _context(request: StaffRequest, now: Deviating) -> dict[str, Any]:
    asked = request.GET.get("zeige", "")
    shown = cast("Shown", asked if asked in _FILTERS else "")
    schema = schema_of(now.present)
    outline = Outline(schema, ways(form_data(now.present.form)))
    parts = outline.parts(shown)
    pages, fields = figures(parts)
    return framed(
        request,
        now,
        "Formular",
        back_url=reverse("desk:package", args=[now.author.id]),
        back_text=str(now.author.service["title"]),
        origin=schema.origin,
        measure=burden(now).words,
        unclear=[_unclear(now, outline, rule) for rule in outline.unclear],
        settled=_settled(now, schema),
        understood=[(rule, said) for rule, said in outline.in_force() if said],
        parts=parts,
        pages=pages,
        fields=fields,
        shown=shown,
        filters=[{"key": one, "words": words, "current": one == shown} for one, words in _FILTERS.items()],
        open_paths=_way_to(schema, request.GET.get("offen", "")),
        deviations=len(now.layer.overrides),
    )


def _unclear(now: Deviating, outline: Outline, rule: Rule) -> dict[str, str]:
    asked = urlencode({"regel": rule.id, "an": rule.at})
    return {
        "id": rule.id,
        "name": rule.name,
        "text": rule.text,
        "reason": rule.reason,
        "at": outline.names.label(rule.at) if rule.at else "",
        "url": f"{reverse('desk:form-rule', args=[now.author.id])}?{asked}",
    }


def _settled(now: Deviating, schema: Schema) -> list[dict[str, Any]]:
    texts = {(rule.id, rule.at): rule.text for rule in schema.rules}
    return [
        {"id": one.id, "rule": name, "text": texts.get((name, at), ""), "sentences": sentences(schema, one)}
        for (name, at), one in settled_by_town(now.layer).items()
    ]


def _way_to(schema: Schema, name: str) -> list[str]:
    """The paths of a section and of all around it."""
    path = next((group.path for group in schema.groups if group.id == name), "")
    found = []
    while path:
        found.append(path)
        path = parent(path)
    return found
