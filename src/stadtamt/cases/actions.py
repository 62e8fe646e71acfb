"""Deeds of the room: a case is opened, moved on, closed; documents are filed."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction

from stadtamt.cases.models import Case, Document, State, StateChange
from stadtamt.citizens.actions import register_person
from stadtamt.forms import queries as forms
from stadtamt.forms.models import Submission, Upload
from stadtamt.kernel import audit, clock
from stadtamt.kernel.ids import readable_code

NUMBER_TRIES = 5


def open_case(*, submission: Submission) -> Case:
    """Open the case for a submission: person, number, state, deadline, responsible unit, evidence on file."""
    service = submission.draft.service
    person = register_person(**forms.applicant(submission))
    now = clock.now()
    case = Case(
        service=service,
        package=submission.form.key,
        edition=submission.form.edition,
        submission=submission,
        person=person,
        unit=service.unit,
        title=service.title,
        opened_at=now,
        due_on=clock.local(now).date() + timedelta(days=service.processing_days),
    )
    _save_with_number(case)
    StateChange.objects.create(case=case, before="", after=State.RECEIVED, at=now)
    for upload, title in forms.uploads_of(submission):
        file_document(case=case, upload=upload, title=title)
    audit.record("case.opened", subject=case, actor=audit.CITIZEN, number=case.number, submission=str(submission.pk))
    return case


def file_document(*, case: Case, upload: Upload, title: str) -> Document:
    """Put an upload into the case's file."""
    return Document.objects.create(case=case, upload=upload, title=title, filed_at=clock.now())


def move_case(*, case: Case, state: State, actor: audit.Actor = audit.OFFICE) -> None:
    """Move the case to another state, with the time noted."""
    before = case.state
    case.move_to(state, at=clock.now())
    if before != state:
        audit.record("case.moved", subject=case, actor=actor, before=before, after=state)


def _save_with_number(case: Case) -> None:
    """Numbers are random, so that no counter makes applicants queue and no number tells how many there were."""
    year = clock.local(case.opened_at).year
    for _ in range(NUMBER_TRIES):
        case.number = f"{year}-{readable_code()}"
        try:
            with transaction.atomic():
                case.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise RuntimeError("No free case number was found.")
