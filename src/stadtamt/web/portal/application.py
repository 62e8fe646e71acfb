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
from stadtamt.forms.schema import Field, Given, PageAnswer, Question, Review, Situation, is_long, paths, sections_of
from stadtamt.forms.wording import AnswerRow, answer_groups
from stadtamt.kernel.money import euros
from stadtamt.processes.actions import start_for
from stadtamt.web.access import by_link
from stadtamt.web.answers import summary
from stadtamt.web.portal.fields import field_id, field_view, is_shown, reasons, with_choices
from stadtamt.web.portal.repeated import REMOVE, heading_of, occasion_of, occurrences, removal
from stadtamt.web.uploads import read_upload

BACK_TO_CHECK = "pruefen"
IN_A_ROW = 3


@by_link
@require_GET
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The secret link: to the first question still open, the check or the case; in long forms to the tasks."""
    found = queries.draft_by_token(token)
    if queries.is_sent(found):
        return redirect("portal:status", token=token)
    current = queries.situation(found)
    if found.answers and is_long(current):
        return redirect("portal:tasks", token)
    open_ones = queries.review_of(found, current).open_questions
    return redirect("portal:question", token, open_ones[0].key) if open_ones else redirect("portal:check", token)


@by_link
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, token: str, key: str) -> HttpResponse:
    found = queries.draft_by_token(token, lock=request.method == "POST")
    if request.method == "POST":
        return _removed(request, token, found) or _answered(request, token, found, key)
    if queries.is_sent(found):
        return redirect("portal:status", token=token)
    current = queries.situation(found)
    return _question_page(request, token, found, current, queries.question_in(current, key))


def _removed(request: HttpRequest, token: str, found: Draft) -> HttpResponse | None:
    """A file or an occurrence of a repeated group is taken out, where a button asks for it."""
    for name in request.POST:
        if name.startswith("remove:"):
            forms.remove_upload(draft=found, upload_id=_uuid(name.removeprefix("remove:")))
            return redirect(request.get_full_path())
        if name.startswith(REMOVE):
            address = name.removeprefix(REMOVE)
            forms.remove_occurrence(draft=found, address=address)
            return redirect(_after_removal(request, token, found, paths.parent(address)))
    return None


def _after_removal(request: HttpRequest, token: str, found: Draft, group: str) -> str:
    """Where the others are listed; where there are none, where the form goes on."""
    pages = queries.situation(found).pages()
    listed = next((page.key for page in pages if page.kind == "more" and page.place == group), "")
    url = reverse("portal:question", args=[token, listed]) if listed else reverse("portal:draft", args=[token])
    return f"{url}?von={BACK_TO_CHECK}" if listed and request.GET.get("von") == BACK_TO_CHECK else url


def _answered(request: HttpRequest, token: str, found: Draft, key: str) -> HttpResponse:
    forms.check_not_sent(draft=found)
    before = queries.situation(found)
    asked = queries.question_in(before, key)
    given = _given(request, found, before, asked)
    outcome = forms.answer(draft=found, question=asked, given=given, confirm=frozenset(request.POST.getlist("confirm")))
    current = queries.situation(found)
    if not outcome.accepted or _wants_more(request, asked):
        return _question_page(request, token, found, current, asked, given=given, outcome=outcome)
    if asked.kind == "more" and given.texts.get(asked.fields[0].address) == ["true"]:
        address = forms.add_occurrence(draft=found, question=asked)
        url = reverse("portal:question", args=[token, _first_page(found, address)])
        return redirect(f"{url}?von={BACK_TO_CHECK}" if request.GET.get("von") == BACK_TO_CHECK else url)
    return redirect(_next_url(request, token, found, current, asked))


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
    situation = queries.situation(found)
    checked = queries.review_of(found, situation)
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
        "tasks_url": reverse("portal:tasks", args=[token]) if is_long(situation) else "",
        "cost": _cost(words),
        "after": _afterwards(words, electronic=queries.wants_electronic(found)),
        "hidden": [{"name": "revision", "value": found.revision}],
        **resume_later(request, token, found),
    }
    return render(request, "portal/check.html", context)


def _question_page(  # the page in its three states
    request: HttpRequest,
    token: str,
    found: Draft,
    situation: Situation,
    asked: Question,
    *,
    given: Given | None = None,
    outcome: PageAnswer | None = None,
) -> HttpResponse:
    # Who asks for one more input is not told yet what the page still lacks.
    adding = given is not None and _wants_more(request, asked)
    errors = dict(given.file_errors if given and adding else outcome.errors if outcome else ())
    fields = [entry for entry in situation.fields(asked) if is_shown(entry)]
    unsure = outcome.unsure if outcome and not adding else {}
    views = [
        field_view(
            situation, entry, typed=given, error=errors.get(entry.address, ""), among=unsure.get(entry.address, ())
        )
        for entry in fields
    ]
    title, occasion = occasion_of(situation, asked, heading_of(situation, asked))
    group = next((one for one in situation.schema.groups if one.id == asked.group), None)
    context = {
        "back_url": _back_url(request, token, situation, asked),
        "progress": _progress(situation, asked),
        "occasion": occasion,
        "title": title,
        "help": situation.words(asked.help, asked.place),
        "fields": views,
        **reasons(views, group.basis if group else ()),
        "occurrences": occurrences(situation, asked, token) if asked.kind == "more" else [],
        "removal": removal(situation, asked),
        "errors": [{"field_id": field_id(path), "message": sentence} for path, sentence in errors.items()],
        "asks": [
            {"id": ask.id, "message": ask.message, "field_label": _label(situation, fields, ask.field)}
            for ask in (outcome.asks if outcome and not adding else ())
        ],
        "hidden": [{"name": "shown", "value": entry.address} for entry in fields if entry.asked],
        "has_uploads": any(entry.type == "file" for entry in fields),
        "in_row": 1 < len(fields) <= IN_A_ROW and all(_is_small_number(entry) for entry in fields),
        "submit": "Weiter",
        "tasks_url": reverse("portal:tasks", args=[token]) if is_long(situation) else "",
        **resume_later(request, token, found),
    }
    status = 422 if errors else 200
    return render(request, "portal/question.html", context, status=status)


def _given(request: HttpRequest, found: Draft, situation: Situation, asked: Question) -> Given:
    """What the page sent. Files are inspected and stored first, so that another error does not lose them."""
    files: dict[str, list[dict[str, Any]]] = {}
    refused: dict[str, str] = {}
    texts = {name: [text.replace("\x00", "") for text in values] for name, values in request.POST.lists()}
    for entry in asked.fields:
        if entry.code_list:
            texts |= with_choices(entry, texts)
        if entry.type != "file":
            continue
        kept = list(situation.value(entry) or [])
        sent = request.FILES.getlist(entry.address)
        if sent and not entry.several:
            for file in kept:
                forms.remove_upload(draft=found, upload_id=str(file["id"]))
            kept = []
        for file in sent:
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
    return Given(texts, frozenset(request.POST.getlist("shown")), files, refused)


def _next_url(request: HttpRequest, token: str, found: Draft, current: Situation, asked: Question) -> str:
    """The next question; after a change from the check page back to it, unless something new is open."""
    checked = queries.review_of(found, current)
    if request.GET.get("von") == BACK_TO_CHECK:
        if checked.open_questions:
            url = reverse("portal:question", args=[token, checked.open_questions[0].key])
            return f"{url}?von={BACK_TO_CHECK}"
        return reverse("portal:check", args=[token])
    following = _following(current, checked, asked)
    if following is not None:
        return reverse("portal:question", args=[token, following.key])
    return reverse("portal:tasks" if is_long(current) and not checked.complete else "portal:check", args=[token])


def _following(current: Situation, checked: Review, asked: Question) -> Question | None:
    """The page after this one. In a long form no section is gone through again that is finished."""
    pages = current.pages()
    keys = [page.key for page in pages]
    place = keys.index(asked.key) + 1 if asked.key in keys else _place_gone(current, asked)
    if place >= len(pages):
        return None
    if not is_long(current):
        return pages[place]
    section = next((one for one in sections_of(current) if pages[place] in one.pages), None)
    if section is None or asked.key in {page.key for page in section.pages}:
        return pages[place]
    open_keys = {page.key for page in checked.open_questions}
    return next((page for page in section.pages if page.key in open_keys), None)


def _place_gone(current: Situation, asked: Question) -> int:
    """Where the form goes on after a page that no longer applies."""
    open_to = [group.id for group in current.schema.groups]
    pages = current.pages()
    if asked.group not in open_to:
        return 0
    here = open_to.index(asked.group)
    return next((n for n, page in enumerate(pages) if open_to.index(page.group) >= here), len(pages))


def _back_url(request: HttpRequest, token: str, situation: Situation, asked: Question) -> str:
    if request.GET.get("von") == BACK_TO_CHECK:
        return reverse("portal:check", args=[token])
    keys = [page.key for page in situation.pages()]
    place = keys.index(asked.key) if asked.key in keys else 0
    if place == 0:
        return reverse("portal:service", args=[situation.schema.key])
    return reverse("portal:question", args=[token, keys[place - 1]])


def _progress(situation: Situation, asked: Question) -> str:
    sections = sections_of(situation)
    place = next(
        (number for number, one in enumerate(sections, 1) if any(page.key == asked.key for page in one.pages)), 0
    )
    return f"Schritt {place} von {len(sections) + 1}: {situation.words(sections[place - 1].short)}" if place else ""


def _summary(situation: Situation, token: str) -> list[dict[str, Any]]:
    def url(row: AnswerRow) -> str:
        page = reverse("portal:question", args=[token, row.question])
        return f"{page}?von={BACK_TO_CHECK}#{field_id(row.path)}"

    return summary(answer_groups(situation, decisions=True), url)


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


def resume_later(request: HttpRequest, token: str, found: Draft) -> dict[str, Any]:
    """What kit/resume_later.html shows."""
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


def _is_small_number(entry: Field) -> bool:
    """Like day, month and year of a date that is only partly known: they stand beside each other."""
    small = entry.maximum is None or entry.maximum < 10**4
    return entry.type == "num_int" and not entry.several and entry.hint is None and small


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
