"""The application: one question a page, check your answers, send."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from stadtamt.decisions.queries import Words, preview
from stadtamt.forms import actions as forms
from stadtamt.forms import queries
from stadtamt.forms.errors import UploadRefused
from stadtamt.forms.models import Draft
from stadtamt.forms.schema import Field, Given, PageAnswer, Question, Situation, paths, sections_of
from stadtamt.forms.wording import answer_groups
from stadtamt.kernel.money import euros
from stadtamt.processes.actions import start_for
from stadtamt.web.access import by_link
from stadtamt.web.portal.fields import field_id, field_view
from stadtamt.web.portal.repeated import occurrences
from stadtamt.web.uploads import read_upload

BACK_TO_CHECK = "pruefen"


@by_link
@require_GET
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The secret link: on to the first question still open, to the check, or to the case."""
    found = queries.draft_by_token(token)
    if queries.is_sent(found):
        return redirect("portal:status", token=token)
    checked = queries.review_of(found)
    open_ones = checked.open_questions
    return redirect("portal:question", token, open_ones[0].key) if open_ones else redirect("portal:check", token)


@by_link
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, token: str, key: str) -> HttpResponse:
    found = queries.draft_by_token(token, lock=request.method == "POST")
    if request.method == "POST":
        return _removed(request, token, found) or _answered(request, token, found, key)
    if queries.is_sent(found):
        return redirect("portal:status", token=token)
    return _question_page(request, token, found, queries.question_by_key(found, key))


def _removed(request: HttpRequest, token: str, found: Draft) -> HttpResponse | None:
    """A file or an occurrence of a repeated group is taken out, where a button asks for it."""
    for name in request.POST:
        if name.startswith("remove:"):
            forms.remove_upload(draft=found, upload_id=_uuid(name.removeprefix("remove:")))
            return redirect(request.get_full_path())
        if name.startswith("remove-occurrence:"):
            forms.remove_occurrence(draft=found, address=name.removeprefix("remove-occurrence:"))
            return redirect("portal:draft", token)
    return None


def _answered(request: HttpRequest, token: str, found: Draft, key: str) -> HttpResponse:
    forms.check_not_sent(draft=found)
    asked = queries.question_by_key(found, key)
    given = _given(request, found, asked)
    outcome = forms.answer(draft=found, question=asked, given=given, confirm=frozenset(request.POST.getlist("confirm")))
    if not outcome.accepted or _wants_more(request, asked):
        return _question_page(request, token, found, asked, given=given, outcome=outcome)
    if asked.kind == "more" and given.texts.get(asked.fields[0].address) == ["true"]:
        address = forms.add_occurrence(draft=found, question=asked)
        return redirect("portal:question", token, _first_page(found, address))
    return redirect(_next_url(request, token, found, asked))


@by_link
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        receipt = start_for(token=token, revision=_revision(request))
        url = reverse("portal:status", args=[token])
        return redirect(url if receipt.repeated else f"{url}?neu=1")
    found = queries.draft_by_token(token)
    if queries.is_sent(found):
        return redirect("portal:status", token=token)
    situation, checked = queries.situation(found), queries.review_of(found)
    if checked.open_questions:
        return redirect("portal:question", token, checked.open_questions[0].key)
    if checked.asks:
        asked = next(q for q in situation.pages() if checked.asks[0] in q.checks)
        return redirect("portal:question", token, asked.key)
    pages = situation.pages()
    total = len(sections_of(situation)) + 1
    words = preview(found)
    context = {
        "back_url": reverse("portal:question", args=[token, pages[-1].key]),
        "progress": f"Schritt {total} von {total}: Prüfen und absenden",
        "groups": _summary(situation, token),
        "cost": _cost(words),
        "after": _afterwards(words, electronic=queries.wants_electronic(found)),
        "hidden": [{"name": "revision", "value": found.revision}],
        **_resume(request, token, found),
    }
    return render(request, "portal/check.html", context)


def _question_page(  # the page in its three states
    request: HttpRequest,
    token: str,
    found: Draft,
    asked: Question,
    *,
    given: Given | None = None,
    outcome: PageAnswer | None = None,
) -> HttpResponse:
    situation = queries.situation(found)
    errors = dict(outcome.errors) if outcome else {}
    fields = situation.fields(asked)
    unsure = outcome.unsure if outcome else {}
    context = {
        "back_url": _back_url(token, situation, asked),
        "progress": _progress(situation, asked),
        "title": situation.words(asked.title, asked.place),
        "help": situation.words(asked.help, asked.place),
        "fields": [
            field_view(
                situation,
                entry,
                typed=given,
                error=errors.get(entry.address, ""),
                among=unsure.get(entry.address, ()),
            )
            for entry in fields
        ],
        "occurrences": occurrences(situation, asked, token) if asked.kind == "more" else [],
        "errors": [{"field_id": field_id(path), "message": sentence} for path, sentence in errors.items()],
        "asks": [
            {"id": ask.id, "message": ask.message, "field_label": _label(situation, fields, ask.field)}
            for ask in (outcome.asks if outcome else ())
        ],
        "hidden": [{"name": "shown", "value": entry.address} for entry in fields if entry.asked],
        "has_uploads": any(entry.type == "file" for entry in fields),
        "submit": "Weiter",
        **_resume(request, token, found),
    }
    status = 422 if errors else 200
    return render(request, "portal/question.html", context, status=status)


def _given(request: HttpRequest, found: Draft, asked: Question) -> Given:
    """What the page sent. Files are inspected and stored first, so that another error does not lose them."""
    files: dict[str, list[dict[str, Any]]] = {}
    refused: dict[str, str] = {}
    for entry in asked.fields:
        if entry.type != "file":
            continue
        kept = list(queries.situation(found).value(entry) or [])
        for file in request.FILES.getlist(entry.address):
            try:
                upload = forms.store_upload(
                    draft=found,
                    field=entry.address,
                    name=file.name or "",
                    content=read_upload(file, max_bytes=entry.max_bytes),
                    accept=entry.accept,
                    max_bytes=entry.max_bytes,
                )
            except UploadRefused as problem:
                refused[entry.address] = problem.sentence
                continue
            kept.append({"id": str(upload.pk), "name": upload.name, "size": upload.size})
        files[entry.address] = kept
    texts = {name: [text.replace("\x00", "") for text in values] for name, values in request.POST.lists()}
    return Given(texts, frozenset(request.POST.getlist("shown")), files, refused)


def _next_url(request: HttpRequest, token: str, found: Draft, asked: Question) -> str:
    """The next question; after a change from the check page back to it, unless something new is open."""
    checked = queries.review_of(found)
    if request.GET.get("von") == BACK_TO_CHECK:
        if checked.open_questions:
            url = reverse("portal:question", args=[token, checked.open_questions[0].key])
            return f"{url}?von={BACK_TO_CHECK}"
        return reverse("portal:check", args=[token])
    pages = queries.situation(found).pages()
    keys = [page.key for page in pages]
    place = keys.index(asked.key) if asked.key in keys else -1
    if place + 1 < len(keys):
        return reverse("portal:question", args=[token, keys[place + 1]])
    return reverse("portal:check", args=[token])


def _back_url(token: str, situation: Situation, asked: Question) -> str:
    keys = [page.key for page in situation.pages()]
    place = keys.index(asked.key) if asked.key in keys else 0
    if place == 0:
        return reverse("portal:service", args=[situation.schema.key])
    return reverse("portal:question", args=[token, keys[place - 1]])


def _progress(situation: Situation, asked: Question) -> str:
    sections = sections_of(situation)
    place = next(number for number, one in enumerate(sections, 1) if any(page.key == asked.key for page in one.pages))
    return f"Schritt {place} von {len(sections) + 1}: {situation.words(sections[place - 1].short)}"


def _summary(situation: Situation, token: str) -> list[dict[str, Any]]:
    def url(question_key: str, path: str) -> str:
        page = reverse("portal:question", args=[token, question_key])
        return f"{page}?von={BACK_TO_CHECK}#{field_id(path)}"

    return [
        {
            "title": group.title,
            "rows": [
                {"label": row.label, "value": row.value, "change_url": url(row.question, row.path)}
                for row in group.rows
            ],
        }
        for group in answer_groups(situation)
    ]


def _cost(words: Words) -> dict[str, Any]:
    """What it will cost, as far as the rules can say before a human looks."""
    amount = euros(words.amount_cents) if words.amount_cents is not None else ""
    return {"text": words.cost, "amount": amount, "note": words.note}


def _afterwards(words: Words, *, electronic: bool) -> list[str]:
    """What happens after sending, said before it happens."""
    first = "Sie bekommen sofort eine Bestätigung mit Ihrer Vorgangsnummer und einem geheimen Link."
    if words.at_once:
        how = f"{words.letter} liegt gleich danach bereit." if electronic else f"{words.letter} kommt mit der Post."
        return [first, f"Ihr Fall ist klar. Wir entscheiden sofort. {how}"]
    second = "Eine Mitarbeiterin oder ein Mitarbeiter prüft Ihren Antrag. Den Stand sehen Sie jederzeit unter dem Link."
    return [first, second] if words.ready else [first, second, words.not_ready]


def _resume(request: HttpRequest, token: str, found: Draft) -> dict[str, Any]:
    return {
        "resume_code": token,
        "resume_url": request.build_absolute_uri(reverse("portal:draft", args=[token])),
        "kept_until": found.expires_at,
    }


def _label(situation: Situation, fields: list[Field], path: str) -> str:
    return next((situation.words(entry.label) for entry in fields if entry.address == path), "")


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _wants_more(request: HttpRequest, asked: Question) -> bool:
    """Whether one more input was asked for, for a further answer to the same question."""
    return any(f"more:{entry.address}" in request.POST for entry in asked.fields if entry.several)


def _first_page(found: Draft, address: str) -> str:
    pages = queries.situation(found).pages()
    return next(page.key for page in pages if page.kind != "more" and paths.within(page.place, address))


def _uuid(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return str(uuid.UUID(int=0))
