"""Deeds of the room: a draft is begun, answered, sent; files are stored after inspection."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Sum

from stadtamt.catalogue.models import Service
from stadtamt.forms import queries
from stadtamt.forms.errors import (
    AlreadySent,
    ChangedMeanwhile,
    Incomplete,
    NoSuchQuestion,
    TooManyUploads,
    TooMuchUploaded,
)
from stadtamt.forms.inspection import inspect_upload, safe_name, with_ending
from stadtamt.forms.models import Draft, Form, Submission, Upload
from stadtamt.forms.schema import Given, PageAnswer, Question, answer_page, paths, read_form, review
from stadtamt.forms.schema.prefilling import prefilled
from stadtamt.kernel import audit, clock
from stadtamt.kernel.tokens import digest, new_token

DRAFT_LIFETIME = timedelta(days=30)
EMPTY_LIFETIME = timedelta(days=1)  # nothing answered yet: nobody misses it
MAX_UPLOADS = 50
MAX_TOTAL_BYTES = 80 * 1024 * 1024


def publish_form(
    *, key: str, edition: str, source: str, parameters: Mapping[str, Any], person_fields: Mapping[str, str]
) -> Form:
    """Make an edition of a form available; an edition that exists already stays as it is."""
    read_form(source)
    form, made = Form.objects.get_or_create(
        key=key,
        edition=edition,
        defaults={"source": source, "parameters": dict(parameters), "person_fields": dict(person_fields)},
    )
    if made:
        audit.record("form.published", subject=form, key=key, edition=edition)
    return form


def begin_draft(*, service: Service, earlier: Submission | None = None) -> tuple[Draft, str]:
    """A new draft for a service and its secret token, which is shown to the person and kept nowhere else.

    `earlier`: an application whose answers the person wants to use again; what fits is taken over, see `prefilling`.
    """
    form = queries.form_edition(key=service.package, edition=service.edition)
    token, now = new_token(), clock.now()
    draft = Draft.objects.create(
        service=service,
        form=form,
        token_digest=digest(token),
        begun_at=now,
        changed_at=now,
        expires_at=now + (DRAFT_LIFETIME if earlier else EMPTY_LIFETIME),
    )
    if earlier is not None:
        draft.answers = dict(prefilled(queries.situation(draft), earlier.form.schema, earlier.answers))
        draft.save(update_fields=["answers"])
    return draft, token


def answer(*, draft: Draft, question: Question, given: Given, confirm: frozenset[str]) -> PageAnswer:
    """Take the answers of one page. What can be read is kept even when something else must be mended."""
    check_not_sent(draft=draft)
    situation = queries.situation(draft)
    on_this_page = {check.id for check in question.checks}
    before = frozenset(draft.confirmed)
    confirmed = (before - on_this_page) | (confirm & on_this_page)
    outcome = answer_page(situation, question, given, confirmed=frozenset(confirmed))
    draft.answers = situation.with_answers(outcome.values).answers
    draft.confirmed = sorted(confirmed)
    _touch(draft)
    return outcome


def store_upload(
    *, draft: Draft | None, field: str, name: str, content: bytes, accept: tuple[str, ...], max_bytes: int
) -> Upload:
    """Inspect a file and store it, with the draft if there is one. Raises UploadRefused."""
    if draft is not None:
        check_not_sent(draft=draft)
        kept = draft.uploads.aggregate(many=Count("pk"), size=Sum("size", default=0))
        if kept["many"] >= MAX_UPLOADS:
            raise TooManyUploads
        if kept["size"] + len(content) > MAX_TOTAL_BYTES:
            raise TooMuchUploaded
    media_type = inspect_upload(name=name, content=content, accept=accept, max_bytes=max_bytes)
    return Upload.objects.create(
        draft=draft,
        field=field,
        name=with_ending(safe_name(name), media_type),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        stored_at=clock.now(),
    )


def remove_upload(*, draft: Draft, upload_id: str) -> None:
    """Take a file out of a draft."""
    check_not_sent(draft=draft)
    for upload in draft.uploads.filter(pk=upload_id):
        draft.answers = _without_file(draft.answers, str(upload.pk))
        upload.delete()
    _touch(draft)


def add_occurrence(*, draft: Draft, question: Question) -> str:
    """A repeated group once more; gives its address."""
    check_not_sent(draft=draft)
    if question.kind != "more":
        raise NoSuchQuestion
    many = len(
        [
            place
            for group, place in queries.situation(draft).places()
            if paths.parent(place) == question.place and not group.continues
        ]
    )
    address = paths.join(question.place, many + 1)
    draft.answers = paths.put(draft.answers, address, {})
    _touch(draft)
    return address


def remove_occurrence(*, draft: Draft, address: str) -> None:
    """Take one occurrence of a repeated group out of a draft, with its files; the later ones move up."""
    check_not_sent(draft=draft)
    group = queries.situation(draft).schema.group_at.get(paths.path_of(address))
    if group is None or not group.repeated or not address.rpartition(".")[2].isdigit():
        raise NoSuchQuestion
    for identity in queries.files_in(paths.lookup(draft.answers, address)):
        draft.uploads.filter(pk=identity).delete()
    draft.answers = paths.without(draft.answers, address)
    draft.confirmed = [one for one in draft.confirmed if "@" not in one]
    _touch(draft)


def submit(*, draft: Draft, revision: int) -> Submission:
    """Freeze the answers. `revision` is the state of the draft that the person has checked.

    The caller holds the draft's row lock. Raises AlreadySent, ChangedMeanwhile or Incomplete.
    """
    check_not_sent(draft=draft)
    if draft.revision != revision:
        raise ChangedMeanwhile
    checked = review(queries.situation(draft), confirmed=frozenset(draft.confirmed))
    if not checked.complete:
        raise Incomplete
    frozen = json.dumps(checked.answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    submission = Submission.objects.create(
        draft=draft,
        form=draft.form,
        answers=checked.answers,
        confirmed=list(checked.confirmed),
        sha256=hashlib.sha256(frozen.encode()).hexdigest(),
        submitted_at=clock.now(),
    )
    audit.record("submission.received", subject=submission, actor=audit.CITIZEN, sha256=submission.sha256)
    return submission


def delete_expired_drafts() -> int:
    """Delete drafts past their end that were never sent, with their files. Gives how many there were."""
    expired = Draft.objects.filter(expires_at__lt=clock.now(), submission=None)
    count = expired.count()
    expired.delete()
    return count


def check_not_sent(*, draft: Draft) -> None:
    """Raises AlreadySent when the draft became a submission."""
    if queries.is_sent(draft):
        raise AlreadySent


def _without_file(answers: Any, identity: str) -> Any:
    """The answers without the file of this id, wherever it stands."""
    if isinstance(answers, dict):
        return {key: _without_file(value, identity) for key, value in answers.items()}
    if isinstance(answers, list):
        kept = [one for one in answers if not (isinstance(one, dict) and one.get("id") == identity and "name" in one)]
        return [_without_file(one, identity) for one in kept]
    return answers


def _touch(draft: Draft) -> None:
    draft.revision += 1
    draft.changed_at = clock.now()
    draft.expires_at = draft.changed_at + DRAFT_LIFETIME
    draft.save(update_fields=["answers", "confirmed", "revision", "changed_at", "expires_at"])
