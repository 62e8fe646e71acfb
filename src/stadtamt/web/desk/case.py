"""One case at the desk: what is to do now, the answers, the file, and the deeds."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from stadtamt.cases.models import Case
from stadtamt.cases.queries import case_by_id
from stadtamt.decisions.actions import decide as decide_case
from stadtamt.decisions.actions import give_opinion
from stadtamt.decisions.actions import prepare as prepare_case
from stadtamt.decisions.errors import AnswerMissing, GroundsMissing, OpinionMissing
from stadtamt.kernel import audit
from stadtamt.kernel.errors import NotFound, Refusal
from stadtamt.kernel.rights import actor_for
from stadtamt.notices.queries import NoNotice, notice_of
from stadtamt.postbox import actions as postbox
from stadtamt.postbox.errors import TextMissing
from stadtamt.processes.errors import TaskDone
from stadtamt.processes.models import Task
from stadtamt.processes.queries import named_task, open_task
from stadtamt.web.access import StaffRequest, staff_only
from stadtamt.web.desk.casepage import case_context
from stadtamt.web.downloads import file_response, pdf_response


@staff_only
@require_GET
def case(request: StaffRequest, id: UUID) -> HttpResponse:
    found = case_by_id(id)
    audit.record("case.viewed", subject=found, actor=actor_for(request.user))
    return render(request, "desk/case.html", case_context(request, found))


@staff_only
@require_POST
def decide(request: StaffRequest, id: UUID) -> HttpResponse:
    """Grant, or refuse with grounds."""
    found = case_by_id(id)
    outcome = request.POST.get("outcome", "")
    if outcome not in {"granted", "refused"}:
        raise Refusal("Bitte wählen Sie, ob Sie stattgeben oder ablehnen.")
    grounds = request.POST.get("grounds", "").replace("\x00", "")[:10_000]
    try:
        decide_case(task=_task(found, "decide"), outcome=outcome, grounds=grounds, staff=request.user)
    except AnswerMissing as refused:
        return _again(request, found, {"deed_error": refused.sentence}, "deed-text", refused.sentence)
    except GroundsMissing as refused:
        context = {"errors_of": "refuse", "refuse_error": refused.sentence, "refuse_text": grounds}
        return _again(request, found, context, "refuse-text", refused.sentence)
    messages.success(request, f"Entschieden: {found.number}. Der Brief wird ausgestellt.")
    return redirect("desk:case", id=id)


@staff_only
@require_POST
def ask(request: StaffRequest, id: UUID) -> HttpResponse:
    """Ask the citizen back."""
    found = case_by_id(id)
    text = request.POST.get("text", "").replace("\x00", "")[:10_000]
    try:
        postbox.ask(task=_task(found, "decide"), question=text, staff=request.user)
    except TextMissing as refused:
        context = {"errors_of": "ask", "ask_error": refused.sentence, "ask_text": text}
        return _again(request, found, context, "ask-text", refused.sentence)
    messages.success(request, f"Rückfrage gestellt: {found.number}.")
    return redirect("desk:case", id=id)


@staff_only
@require_POST
def posted(request: StaffRequest, id: UUID) -> HttpResponse:
    """The printed notice was taken to the post."""
    found = case_by_id(id)
    postbox.post_notice(task=_task(found, "post-notice"), staff=request.user)
    messages.success(request, f"Zur Post gegeben: {found.number}.")
    return redirect("desk:case", id=id)


@staff_only
@require_POST
def consult(request: StaffRequest, id: UUID) -> HttpResponse:
    """A consulted unit gives its opinion."""
    found, agrees = case_by_id(id), request.POST.get("agrees", "")
    if agrees not in {"true", "false"}:
        raise Refusal("Bitte wählen Sie, ob Sie zustimmen.")
    try:
        give_opinion(
            task=_named(request, found, "consult"), text=_text(request), agrees=agrees == "true", staff=request.user
        )
    except OpinionMissing as refused:
        return _again(request, found, {"deed_error": refused.sentence}, "deed-text", refused.sentence)
    messages.success(request, f"Stellungnahme abgegeben: {found.number}.")
    return redirect("desk:case", id=id)


@staff_only
@require_POST
def prepare(request: StaffRequest, id: UUID) -> HttpResponse:
    """The first of four eyes hands the case on to the second."""
    found = case_by_id(id)
    try:
        prepare_case(task=_named(request, found, "prepare"), text=_text(request), staff=request.user)
    except OpinionMissing as refused:
        return _again(request, found, {"deed_error": refused.sentence}, "deed-text", refused.sentence)
    messages.success(request, f"Zur Entscheidung gegeben: {found.number}.")
    return redirect("desk:case", id=id)


@staff_only
@require_GET
def notice_pdf(request: StaffRequest, id: UUID) -> HttpResponse:
    found = case_by_id(id)
    notice = notice_of(found)
    if notice is None:
        raise NoNotice
    return pdf_response(bytes(notice.pdf), f"Bescheid-{found.number}.pdf")


@staff_only
@require_GET
def document(request: StaffRequest, id: UUID, document: UUID) -> HttpResponse:
    found = case_by_id(id).documents.select_related("upload").filter(pk=document).first()
    if found is None:
        raise NotFound
    return file_response(bytes(found.upload.content), found.upload.name, found.upload.media_type)


def _text(request: StaffRequest) -> str:
    return request.POST.get("text", "").replace("\x00", "")[:10_000]


def _task(found: Case, kind: str) -> Task:
    task = open_task(found, kind)
    if task is None:
        raise TaskDone
    return task


def _named(request: StaffRequest, found: Case, kind: str) -> Task:
    """The task that the page was about; another of its kind may be open beside it."""
    try:
        task = named_task(found, UUID(request.POST.get("task", "")), kind)
    except ValueError:
        task = None
    if task is None:
        raise TaskDone
    return task


def _again(request: StaffRequest, found: Case, extra: dict[str, str], field: str, sentence: str) -> HttpResponse:
    errors = [{"field_id": field, "message": sentence}]
    context = {**case_context(request, found), **extra, "errors": errors}
    return render(request, "desk/case.html", context, status=422)
