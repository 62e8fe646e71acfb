"""Reads of the room: a draft behind a link, the situation of its form, what a submission says."""

from __future__ import annotations

from datetime import date
from typing import Any

from stadtamt.catalogue.models import Service
from stadtamt.forms.errors import NoSuchDraft, NoSuchQuestion
from stadtamt.forms.models import Draft, Form, Submission, Upload
from stadtamt.forms.schema import Question, Review, Situation, review
from stadtamt.forms.schema.person import answer_at, applicant_of
from stadtamt.forms.wording import AnswerGroup, answer_groups
from stadtamt.kernel import clock, tenancy
from stadtamt.kernel.dates import with_dates
from stadtamt.kernel.tokens import digest


def form_edition(*, key: str, edition: str) -> Form:
    return Form.objects.get(key=key, edition=edition)


def draft_by_token(token: str, *, lock: bool = False) -> Draft:
    """The draft behind a secret link, as long as it lives. `lock` holds its row until the transaction ends."""
    drafts = Draft.objects.select_related("form", "service").defer("form__source")
    if lock:
        drafts = drafts.select_for_update(of=("self",))
    draft = drafts.filter(token_digest=digest(token)).first()
    if draft is None or (draft.expires_at < clock.now() and not Submission.objects.filter(draft=draft).exists()):
        raise NoSuchDraft
    return draft


def submission_by_token(token: str) -> Submission:
    """What was sent behind a secret link. Raises NoSuchDraft."""
    submission = Submission.objects.filter(draft=draft_by_token(token)).select_related("form").first()
    if submission is None:
        raise NoSuchDraft
    return submission


def is_sent(draft: Draft) -> bool:
    """Whether the draft became a submission."""
    return Submission.objects.filter(draft=draft).exists()


def situation(draft: Draft) -> Situation:
    """The draft's form with its answers so far, today."""
    return _situation(draft.form, draft.answers, clock.today(), draft.service)


def submitted_situation(submission: Submission, *, form: Form | None = None) -> Situation:
    """The form as it was sent, on the day it was sent; or what was sent under another `form`."""
    day = clock.local(submission.submitted_at).date()
    return _situation(form or submission.form, submission.answers, day, submission.draft.service)


def review_of(draft: Draft, current: Situation | None = None) -> Review:
    """What is missing. `current`: the draft's situation, where the caller has it already."""
    return review(current or situation(draft), confirmed=frozenset(draft.confirmed))


def question_by_key(draft: Draft, key: str) -> Question:
    """A question of the draft's form that applies now."""
    return question_in(situation(draft), key)


def question_in(current: Situation, key: str) -> Question:
    """A question that applies in this situation. Raises NoSuchQuestion."""
    for question in current.pages():
        if question.key == key:
            return question
    raise NoSuchQuestion


def files_in(answers: Any) -> list[str]:
    """The ids of all files in answers, wherever they stand."""
    if isinstance(answers, dict):
        if {"id", "name", "size"} <= answers.keys():
            return [str(answers["id"])]
        return [identity for value in answers.values() for identity in files_in(value)]
    return [identity for value in answers for identity in files_in(value)] if isinstance(answers, list) else []


def answers_in_words(submission: Submission) -> list[AnswerGroup]:
    """What was sent, grouped and labelled as in the form."""
    return answer_groups(submitted_situation(submission))


def confirmed_in_words(submission: Submission) -> list[str]:
    """What was asked back and confirmed, in the words in which it was asked."""
    current = submitted_situation(submission)
    checks = [check for question in current.pages() for check in question.checks]
    return [current.words(check.message, check.place) for check in checks if check.id in submission.confirmed]


def uploads_of(submission: Submission) -> list[tuple[Upload, str]]:
    """The files that belong to the submission, each with the label of its question."""
    current = submitted_situation(submission)
    named = {
        file["id"]: current.words(field.label, question.place)
        for question in current.pages()
        for field in question.fields
        if field.type == "file"
        for file in current.value(field) or []
    }
    uploads = Upload.objects.filter(draft_id=submission.draft_id).defer("content")
    return [(upload, named[str(upload.pk)]) for upload in uploads if str(upload.pk) in named]


def applicant(submission: Submission) -> dict[str, Any]:
    """Name, address and mail of the applicant, from the answers that the package names for them."""
    return applicant_of(submission.answers, submission.form.person_fields)


def wants_electronic(draft: Draft) -> bool:
    """Whether the person wants to fetch the notice online, as far as it is answered."""
    path = draft.form.person_fields.get("electronic", "")
    return answer_at(draft.answers, path) is True


def _situation(form: Form, answers: dict[str, Any], today: date, service: Service) -> Situation:
    town = tenancy.current()
    parameters = with_dates(form.parameters)
    return Situation(
        form.schema,
        answers,
        parameters,
        today,
        {"name": town.name, "office": town.office_name, "land": town.land},
        {"title": service.title},
    )
