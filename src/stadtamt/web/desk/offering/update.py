"""The author's next version: what changes, what is asked, a dry run, and taking it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from stadtamt.kernel.errors import NotFound
from stadtamt.kernel.money import euros
from stadtamt.kernel.rights import actor_for
from stadtamt.packages.comparing import Fee, LetterChange
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.models import Installation, KeptPackage
from stadtamt.packages.officer.offers import changes_author, source_of
from stadtamt.packages.planning import UpdatePlan
from stadtamt.packages.updating import plan_update
from stadtamt.packages.updating import update as take_update
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.frame import frame
from stadtamt.web.desk.offering.conflicts import answers_from, conflict_view
from stadtamt.web.desk.offering.fields import Entered, Typed
from stadtamt.web.desk.offering.preview import tell

# Groups of changes in the order of the page, by the first word of their kind.
_GROUPS = (
    ("Einstellungen", ("parameter",)),
    ("Fragen", ("group", "question", "field", "check", "choice")),
    ("Briefe", ("letter",)),
    ("Ablauf", ("step", "path", "process")),
    ("Regeln", ("rule", "rules")),
)
_OTHER = "Texte und Angaben zur Leistung"


@officer_only
@require_http_methods(["GET", "POST"])
def update(request: StaffRequest, key: str) -> HttpResponse:
    """Looked at, answered, tried and taken on one page; nothing is changed before the last button."""
    installed = Installation.objects.select_related("package").filter(key=key).first()
    kept = _kept(key, request.POST.get("paket", "") or request.GET.get("paket", ""))
    if installed is None or kept is None:
        raise NotFound
    sent: Typed = {name: [text.replace("\x00", "") for text in texts] for name, texts in request.POST.lists()}
    package, files = read_package(kept.files), kept.files
    try:
        asked = plan_update(key=key, files=files)
        answers, entered = answers_from(asked.conflicts, sent, package)
        plan = plan_update(key=key, files=files, answers=answers) if answers else asked
        if "take" in sent and not entered.errors and plan.ready and _author_is_known(installed, kept, sent):
            return _taken(request, key, kept, answers)
    except PackageProblem as problem:
        messages.error(request, f"Die Fassung {kept.version} kann nicht übernommen werden. {problem}")
        return redirect("desk:package", key)
    context = _context(request, installed, kept, plan)
    context |= _questions(plan, sent, package, entered)
    if "take" in sent and not _author_is_known(installed, kept, sent):
        context["errors"].append({"field_id": "author", "message": "Bitte klären Sie zuerst den neuen Urheber."})
    return render(request, "desk/offering/update.html", context, status=422 if context["errors"] else 200)


def _taken(request: StaffRequest, key: str, kept: KeptPackage, answers: dict[str, Any]) -> HttpResponse:
    done = take_update(
        key=key,
        files=kept.files,
        answers=answers,
        source=source_of(kept),
        actor=actor_for(request.user),
        new_author=request.POST.get("author") == "yes",
    )
    tell(request, done)
    messages.success(request, f"Aktualisiert auf Fassung {done.version}. Laufende Vorgänge gehen unter ihrer weiter.")
    return redirect("desk:package", key)


def _author_is_known(installed: Installation, kept: KeptPackage, sent: Typed) -> bool:
    return not _other_author(installed, kept) or sent.get("author") == ["yes"]


def _other_author(installed: Installation, kept: KeptPackage) -> bool:
    return changes_author(installed.package, kept)


def _questions(plan: UpdatePlan, sent: Typed, package: Package, entered: Entered) -> dict[str, Any]:
    """The conflicts, and what is still to be answered; only said as an error once something was sent."""
    views = [conflict_view(conflict, sent, package, entered.errors) for conflict in plan.conflicts]
    told = entered.told()
    if sent and not told:
        open_ones = {conflict.id for conflict in plan.open}
        told += [
            {"field_id": view["id"], "message": f"Bitte entscheiden Sie: {view['error'] or view['sentence']}"}
            for view, conflict in zip(views, plan.conflicts, strict=True)
            if conflict.id in open_ones
        ]
    return {"conflicts": views, "errors": told, "tried": bool(sent)}


def _remarks(text: str) -> str:
    """The author's CHANGES.md as plain text: without the title and without the marks of headings."""
    return re.sub(r"^#{2,} *", "", re.sub(r"\A\s*# .*\n+", "", text), flags=re.MULTILINE)


def _context(request: StaffRequest, installed: Installation, kept: KeptPackage, plan: UpdatePlan) -> dict[str, Any]:
    return {
        **frame(request, current="leistungen"),
        "title": f"Fassung {plan.after}: was sich ändert",
        "service": str(read_package(kept.files).service["title"]),
        "back_url": reverse("desk:package", args=[plan.key]),
        "paket": kept.pk,
        "before": plan.before,
        "after": plan.after,
        "ready": plan.ready,
        "open": len(plan.open),
        "failures": plan.failures,
        "remarks": _remarks(kept.content.get("CHANGES.md", "")),
        "groups": _groups(plan),
        "kept_own": [change.sentence for change in plan.kept],
        "fees": [_fee(fee) for fee in plan.fees],
        "fees_differ": sum(fee.differs for fee in plan.fees),
        "letter": _letter(plan.letter),
        "diagrams": _diagrams(plan),
        "other_author": {"before": installed.package.author or "niemand", "after": kept.author or "niemand"}
        if _other_author(installed, kept)
        else None,
    }


def _groups(plan: UpdatePlan) -> list[dict[str, Any]]:
    named = {word: title for title, words in _GROUPS for word in words}
    found: dict[str, list[str]] = {title: [] for title in (*(title for title, _ in _GROUPS), _OTHER)}
    for change in plan.changes:
        found[named.get(change.kind.partition("-")[0], _OTHER)].append(change.sentence)
    return [{"title": title, "sentences": sentences} for title, sentences in found.items() if sentences]


def _fee(fee: Fee) -> dict[str, Any]:
    return {
        "case": fee.case,
        "before": _amount(fee.before, fee.clear_before),
        "after": _amount(fee.after, fee.clear_after),
        "differs": fee.differs,
    }


def _amount(cents: int | None, clear: bool | None) -> str:
    if cents is None:
        return "nicht berechnet"
    return euros(cents) if clear else f"{euros(cents)} (ein Mensch entscheidet)"


def _letter(letter: LetterChange | None) -> dict[str, Any] | None:
    """Only what differs: lines with a mark and a word, so that colour alone never says it."""
    if letter is None:
        return None
    words = {"- ": ("gone", "entfällt"), "+ ": ("new", "neu")}
    lines = [
        {"kind": words[line[:2]][0], "word": words[line[:2]][1], "text": line[2:]}
        for line in letter.difference
        if line[:2] in words
    ]
    return {"case": letter.case, "lines": lines}


def _diagrams(plan: UpdatePlan) -> dict[str, Any] | None:
    if not plan.diagrams.differ:
        return None
    # Drawn by processes.diagram, which escapes every word of the package.
    before = mark_safe(plan.diagrams.before)  # noqa: S308
    # Drawn by processes.diagram as well.
    after = mark_safe(plan.diagrams.after)  # noqa: S308
    return {"before": before, "after": after}


def _kept(key: str, id: str) -> KeptPackage | None:
    try:
        return KeptPackage.objects.filter(key=key, pk=UUID(id)).first()
    except ValueError:
        return None
