"""Named deviations of the town: each as a small form of its own, in force for new applications at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stadtamt.kernel.errors import NotFound
from stadtamt.kernel.rights import actor_for
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.layer import Override
from stadtamt.packages.models import Installation
from stadtamt.packages.officer.deviating import (
    Choice,
    Deviating,
    deviate,
    deviating,
    name_for,
    new_question,
    take_back,
)
from stadtamt.packages.officer.saying import Sentences
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.frame import frame

QUESTION_TYPES = (
    ("text", "kurzer Text"),
    ("integer", "ganze Zahl"),
    ("date", "Datum"),
    ("boolean", "Ja oder Nein"),
    ("choice", "eine von mehreren Antworten"),
)
Sent = Mapping[str, str]


class Unfinished(Exception):
    """Something is missing in a form: the field and the sentence about it."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field, self.sentence = field, sentence
        super().__init__(sentence)


@officer_only
@require_http_methods(["GET", "POST"])
def deviations(request: StaffRequest, key: str) -> HttpResponse:
    """What deviates, and a form for each kind of deviation."""
    installation = Installation.objects.select_related("package").filter(key=key).first()
    if installation is None:
        raise NotFound
    now = deviating(installation)
    if request.method == "GET":
        return _page(request, now, {"address": request.GET.get("adresse", "")}, [])
    sent = {
        name: text.replace("\x00", "").replace("\r\n", "\n")[:4000]
        for name, text in request.POST.items()
        if isinstance(text, str)
    }
    kind, actor = sent.get("kind", ""), actor_for(request.user)
    try:
        if kind == "back":
            take_back(installation=installation, id=sent.get("id", ""), actor=actor)
            messages.success(request, "Zurückgenommen. Es gilt wieder, was im Paket steht.")
        elif kind in _MADE:
            deviate(installation=installation, override=_MADE[kind](now, sent), actor=actor)
            messages.success(request, "Die Abweichung gilt ab jetzt für neue Anträge.")
        else:
            raise NotFound
    except Unfinished as problem:
        return _page(request, now, sent, [{"field_id": problem.field, "message": problem.sentence}])
    except PackageProblem as problem:
        return _page(request, now, sent, [{"field_id": _FIELD.get(kind, ""), "message": problem.sentence}])
    return redirect("desk:deviations", key)


def _hide(now: Deviating, sent: Sent) -> Override:
    field = _needed(sent, "field", "Bitte wählen Sie eine Angabe aus.")
    return Override(name_for("ohne", field), "hide", {"field": field})


def _text(now: Deviating, sent: Sent) -> Override:
    address = sent.get("address", "")
    was = now.texts().get(address)
    if was is None:
        raise Unfinished("adresse", "Diesen Text gibt es nicht. Bitte wählen Sie einen aus.")
    text = _needed(sent, "text", "Bitte schreiben Sie Ihren Text.")
    return Override(name_for("text", address), "text", {"address": address, "was": was, "text": text})


def _unit(now: Deviating, sent: Sent) -> Override:
    data = {"name": _needed(sent, "unit_name", "Bitte schreiben Sie den Namen der Stelle.")}
    return Override("stelle", "unit", data | _given(sent, {"unit_phone": "phone", "unit_mail": "mail"}))


def _letterhead(now: Deviating, sent: Sent) -> Override:
    data: dict[str, Any] = _given(sent, {"head_office": "office", "head_phone": "phone", "head_mail": "mail"})
    lines = [line.strip() for line in sent.get("head_address", "").splitlines() if line.strip()]
    data |= {"address": lines} if lines else {}
    if not data:
        raise Unfinished("head_office", "Bitte schreiben Sie, was im Briefkopf anders sein soll.")
    return Override("briefkopf", "letterhead", data)


def _four_eyes(now: Deviating, sent: Sent) -> Override:
    return Override("vier-augen", "four-eyes", {})


def _add(now: Deviating, sent: Sent) -> Override:
    after = _needed(sent, "after", "Bitte wählen Sie, hinter welcher Frage.")
    title = _needed(sent, "title", "Bitte schreiben Sie die Frage.")
    purpose = _needed(sent, "purpose", "Bitte schreiben Sie, wozu Sie das fragen.")
    kind = sent.get("type", "")
    if kind not in dict(QUESTION_TYPES):
        raise Unfinished("type", "Bitte wählen Sie, was geantwortet werden kann.")
    choices = [line.strip() for line in sent.get("choices", "").splitlines() if line.strip()]
    if kind == "choice" and len(choices) < 2:
        raise Unfinished("choices", "Bitte schreiben Sie mindestens zwei Antworten, jede in eine eigene Zeile.")
    question = new_question(title, kind, purpose, choices)
    return Override(name_for("frage", title), "add", {"after": after, "question": question})


def _needed(sent: Sent, name: str, sentence: str) -> str:
    text = sent.get(name, "").strip()
    if not text:
        raise Unfinished(name, sentence)
    return text


def _given(sent: Sent, names: Mapping[str, str]) -> dict[str, str]:
    return {key: text for name, key in names.items() if (text := sent.get(name, "").strip())}


_MADE: dict[str, Callable[[Deviating, Sent], Override]] = {
    "hide": _hide,
    "text": _text,
    "unit": _unit,
    "letterhead": _letterhead,
    "four-eyes": _four_eyes,
    "add": _add,
}
# The field to which an error of the whole deviation leads.
_FIELD = {
    "hide": "field",
    "text": "text",
    "unit": "unit_name",
    "letterhead": "head_office",
    "four-eyes": "four_eyes",
    "add": "title",
}


def _page(request: StaffRequest, now: Deviating, sent: Sent, errors: list[dict[str, str]]) -> HttpResponse:
    present = {one.kind: one.data for one in now.layer.overrides}
    said = Sentences(now.author)
    texts, address = now.texts(), sent.get("address", "")
    own = next((one.data["text"] for one in now.layer.overrides if one.data.get("address") == address), None)
    context = {
        **frame(request, current="leistungen"),
        "title": "Abweichungen",
        "service": str(now.author.service["title"]),
        "back_url": reverse("desk:package", args=[now.author.id]),
        "form_url": reverse("desk:form", args=[now.author.id]),
        "deviations": [{"id": one.id, "sentence": said.of(one)} for one in now.layer.overrides],
        "sent": _defaults(present) | dict(sent),
        "open": sent.get("kind", "") or ("text" if address in texts else ""),
        "fields": _grouped(now.hideable()),
        "texts": _grouped(now.text_choices()),
        "author_text": texts.get(address, ""),
        "own_text": sent.get("text") or own or texts.get(address, ""),
        "anchors": _grouped(now.anchors()),
        "types": QUESTION_TYPES,
        "has_four_eyes": "four-eyes" in present,
        "own_cases": [{"name": one.name, "passed": one.passed} for one in now.own_outcomes()],
        "errors": errors,
        "error": {one["field_id"]: one["message"] for one in errors},
    }
    return render(request, "desk/offering/deviations.html", context, status=422 if errors else 200)


def _defaults(present: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The forms of unit and letterhead begin with what is in force."""
    unit, head = present.get("unit", {}), present.get("letterhead", {})
    filled = {f"unit_{key}": str(value) for key, value in unit.items()}
    filled |= {f"head_{key}": str(value) for key, value in head.items() if key != "address"}
    return filled | ({"head_address": "\n".join(head["address"])} if "address" in head else {})


def _grouped(choices: list[Choice]) -> list[dict[str, Any]]:
    groups: dict[str, list[Choice]] = {}
    for choice in choices:
        groups.setdefault(choice.group, []).append(choice)
    return [{"title": title, "choices": members} for title, members in groups.items()]
