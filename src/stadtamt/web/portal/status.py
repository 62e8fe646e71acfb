"""The case as the citizen sees it: receipt, what happens next, the notice, questions and answers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stadtamt.cases.models import Case, State
from stadtamt.cases.queries import case_by_token
from stadtamt.decisions.queries import Words, assess, words_for
from stadtamt.forms.actions import store_upload
from stadtamt.forms.errors import UploadRefused
from stadtamt.forms.queries import answers_in_words
from stadtamt.forms.schema.reader import MAX_UPLOAD_BYTES
from stadtamt.kernel import clock
from stadtamt.kernel.dates import long_date, moment
from stadtamt.kernel.errors import NotFound
from stadtamt.kernel.money import euros
from stadtamt.notices.queries import NoNotice, letter_of, notice_of
from stadtamt.payments.queries import claim_of
from stadtamt.postbox.actions import answer as answer_question
from stadtamt.postbox.actions import note_read
from stadtamt.postbox.errors import TextMissing
from stadtamt.postbox.models import Delivery, Message
from stadtamt.postbox.queries import delivery_of, messages_of
from stadtamt.processes.queries import open_task
from stadtamt.web.access import by_link
from stadtamt.web.answers import summary
from stadtamt.web.downloads import file_response, pdf_response
from stadtamt.web.uploads import read_upload

ACCEPTED = ("pdf", "jpeg", "png")
MAX_FILES = 3
_STATE_KIND = {
    State.RECEIVED: "info",
    State.IN_REVIEW: "info",
    State.WAITING: "warning",
    State.DECIDED: "info",
    State.CLOSED: "success",
}


@by_link
@require_GET
def status(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, token, case_by_token(token))


@by_link
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The citizen answers the office's question."""
    case = case_by_token(token)
    text = request.POST.get("text", "").replace("\x00", "")
    errors: dict[str, str] = {}
    uploads = []
    for file in request.FILES.getlist("anlage")[:MAX_FILES]:
        try:
            uploads.append(
                store_upload(
                    draft=None,
                    field="",
                    name=file.name or "",
                    content=read_upload(file, max_bytes=MAX_UPLOAD_BYTES),
                    accept=ACCEPTED,
                    max_bytes=MAX_UPLOAD_BYTES,
                )
            )
        except UploadRefused as refused:
            errors["anlage"] = refused.sentence
    if not text.strip():
        errors["text"] = "Bitte schreiben Sie uns Ihre Antwort."
    if not errors:
        try:
            answer_question(case=case, text=text, uploads=uploads)
        except TextMissing as refused:
            errors["text"] = refused.sentence
    if errors:
        # Files already taken belong to no case yet; they go with this page.
        for upload in uploads:
            upload.delete()
        return _page(request, token, case, errors=errors, typed=text)
    return redirect("portal:status", token=token)


@by_link
@require_GET
def notice(request: HttpRequest, token: str) -> HttpResponse:
    """The notice as a page: the same words as the sealed letter."""
    case = case_by_token(token)
    found = notice_of(case)
    if found is None or delivery_of(case) is None:
        raise NoNotice
    note_read(notice=found)
    context = {
        "back_url": reverse("portal:status", args=[token]),
        "title": found.subject,
        "date": found.issued_at,
        "pdf_url": reverse("portal:notice-pdf", args=[token]),
        "verify_url": reverse("portal:verify"),
        "letter": letter_of(found),
    }
    return render(request, "portal/notice.html", context)


@by_link
@require_GET
def notice_pdf(request: HttpRequest, token: str) -> HttpResponse:
    case = case_by_token(token)
    found = notice_of(case)
    if found is None or delivery_of(case) is None:
        raise NoNotice
    note_read(notice=found)
    return pdf_response(bytes(found.pdf), f"Bescheid-{case.number}.pdf")


@by_link
@require_GET
def document(request: HttpRequest, token: str, id: UUID) -> HttpResponse:
    """A file the citizen handed in; always a download, never shown by us."""
    case = case_by_token(token)
    found = case.documents.select_related("upload").filter(pk=id).first()
    if found is None:
        raise NotFound
    return file_response(bytes(found.upload.content), found.upload.name, found.upload.media_type)


def _page(
    request: HttpRequest, token: str, case: Case, *, errors: dict[str, str] | None = None, typed: str = ""
) -> HttpResponse:
    delivery, messages = delivery_of(case), messages_of(case)
    errors, words = errors or {}, words_for(case, assess(case))
    context: dict[str, Any] = {
        "title": case.title,
        "number": case.number,
        "state": State(case.state).label,
        "state_kind": _STATE_KIND[State(case.state)],
        "just_sent": request.GET.get("neu") == "1",
        "sent_at": case.opened_at,
        "steps": _steps(case, delivery, words),
        "turn": _turn(case),
        "expected": _expected(case, words),
        "letter": words.letter,
        "notices": _notices(token, delivery),
        "deadlines": _deadlines(delivery),
        "messages": [_message(token, case, message) for message in messages],
        "answer": _answer_form(token, case, messages, errors, typed),
        "errors": [{"field_id": field, "message": sentence} for field, sentence in errors.items()],
        "groups": summary(answers_in_words(case.submission)),
        "keep_url": request.build_absolute_uri(reverse("portal:status", args=[token])),
        "keep_code": token,
        "again_url": "" if case.service.withdrawn else reverse("portal:begin", args=[case.service.key]),
        "contact": {"name": case.unit.name, "phone": case.unit.phone, "mail": case.unit.mail},
    }
    return render(request, "portal/status.html", context, status=422 if errors else 200)


def _steps(case: Case, delivery: Delivery | None, words: Words) -> list[dict[str, str]]:
    """Done, now, next: in words, with dates."""
    steps = [
        {"state": "done", "title": "Antrag eingegangen", "text": "", "when": moment(case.opened_at)},
    ]
    if delivery is not None:
        steps.append({"state": "done", "title": "Entschieden", "text": "", "when": moment(delivery.notice.issued_at)})
        how = "liegt hier für Sie bereit" if delivery.channel == Delivery.Channel.ELECTRONIC else "ist in der Post"
        when = moment(delivery.provided_at)
        steps.append({"state": "done", "title": f"{words.letter} {how}", "text": "", "when": when})
        return steps
    title, text = _now(case, words)
    when = f"spätestens am {long_date(case.due_on)}" if _expected(case, words) else ""
    steps.append({"state": "now", "title": title, "text": text, "when": when})
    steps.append({"state": "next", "title": f"{words.letter} kommt", "text": _channel_words(case), "when": ""})
    return steps


def _now(case: Case, words: Words) -> tuple[str, str]:
    """What happens at the moment: a title and a sentence."""
    office = f"{case.unit.name} kümmert sich darum."
    if case.state == State.WAITING:
        return "Sie sind dran", "Bitte beantworten Sie unsere Frage."
    if case.state == State.RECEIVED:
        return "Wir prüfen Ihren Antrag", "Das dauert meist nur einen Moment."
    if case.state == State.DECIDED and case.person.electronic:
        return f"{words.letter} wird bereitgestellt", "Das dauert meist nur einen Moment."
    if case.state == State.DECIDED:
        return f"{words.letter} wird gedruckt und geht zur Post", office
    if not words.ready:
        return "Wir prüfen Ihren Antrag", words.not_ready
    return "Wir prüfen Ihren Antrag", office


def _channel_words(case: Case) -> str:
    if case.person.electronic:
        return "Dann liegt alles hier bereit, und wir schreiben Ihnen eine E-Mail."
    return "Mit der Post. Eine Kopie liegt dann auch hier."


def _turn(case: Case) -> str:
    if case.state == State.WAITING:
        return "Sie"
    if case.state == State.CLOSED:
        return ""
    return case.unit.name


def _expected(case: Case, words: Words) -> str:
    """By when; nothing for what takes a moment only or waits for the duty to begin."""
    if case.state in {State.RECEIVED, State.CLOSED} or (case.state == State.DECIDED and case.person.electronic):
        return ""
    if case.state == State.IN_REVIEW and not words.ready:
        return ""
    return f"bis zum {long_date(case.due_on)}"


def _notices(token: str, delivery: Delivery | None) -> list[dict[str, Any]]:
    if delivery is None:
        return []
    return [
        {
            "title": delivery.notice.subject,
            "date": delivery.notice.issued_at,
            "url": reverse("portal:notice", args=[token]),
            "pdf_url": reverse("portal:notice-pdf", args=[token]),
        }
    ]


def _deadlines(delivery: Delivery | None) -> list[dict[str, Any]]:
    if delivery is None:
        return []
    today = clock.today()
    rows = [*_payments(delivery), ("Widerspruch möglich bis", delivery.objection_ends_on)]
    days = [{"title": title, "due": day, "days": (day - today).days} for title, day in rows]
    announced = {"title": "Gilt als bekannt gegeben am", "due": delivery.announced_on, "days": None}
    return [announced, *days]


def _payments(delivery: Delivery) -> list[tuple[str, date]]:
    """What is to be paid, and by when; in parts where the bylaw names days."""
    claim = claim_of(delivery.notice.decision.case)
    if claim is None:
        return []
    if len(claim.instalments) < 2:
        return [("Zu zahlen bis", claim.due_on or delivery.due_on)]
    return [
        (
            f"{euros(part['amount_cents'])} zu zahlen bis",
            date.fromisoformat(part["due"]) if part["due"] else delivery.due_on,
        )
        for part in claim.instalments
    ]


def _message(token: str, case: Case, message: Message) -> dict[str, Any]:
    return {
        "from_office": message.kind == Message.Kind.QUESTION,
        "sender": f"{message.author}, {case.unit.name}" if message.kind == Message.Kind.QUESTION else "Sie",
        "at": message.sent_at,
        "text": message.text,
        "files": [
            {
                "name": document.upload.name,
                "url": reverse("portal:document", args=[token, document.pk]),
                "size": document.upload.size,
            }
            for document in message.documents.all()
        ],
    }


def _answer_form(
    token: str, case: Case, messages: list[Message], errors: dict[str, str], typed: str
) -> dict[str, Any] | None:
    if open_task(case, "answer") is None:
        return None
    asked = next((m.text for m in reversed(messages) if m.kind == Message.Kind.QUESTION), "")
    text = {"name": "text", "id": "text", "type": "text", "rows": 6, "label": "Ihre Antwort", "value": typed}
    file = {
        "name": "anlage",
        "id": "anlage",
        "type": "file",
        "label": "Datei",
        "optional": True,
        "hint": "PDF, JPEG oder PNG.",
        "accept": "application/pdf,.pdf,image/jpeg,.jpg,.jpeg,image/png,.png",
        "max_size_text": "8 MB",
    }
    return {
        "question": asked,
        "action": reverse("portal:answer", args=[token]),
        "fields": [text | {"error": errors.get("text", "")}, file | {"error": errors.get("anlage", "")}],
        "hidden": [],
    }
