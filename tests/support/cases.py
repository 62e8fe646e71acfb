"""Cases in the states a test needs, made by the deeds themselves and not by rows."""

from __future__ import annotations

from typing import Any

from stadtamt.cases.models import Case
from stadtamt.catalogue.queries import service_by_key
from stadtamt.conf import demo
from stadtamt.forms import actions as forms
from stadtamt.forms import queries
from stadtamt.forms.models import Draft
from stadtamt.forms.schema import Given
from stadtamt.kernel.models import Municipality, Staff
from stadtamt.kernel.tenancy import within
from stadtamt.processes.actions import start_for
from stadtamt.processes.models import Task
from support.citizen import CLEAR
from support.jobs import work_off

UNCLEAR = {**CLEAR, "besonderes-umstaende": {"besonderes.hinweis": "Bello ist taub."}}
BY_POST = {**CLEAR, "kontakt-zustellung": {"kontakt.elektronisch": "false"}}
UNCLEAR_BY_POST = {**UNCLEAR, "kontakt-zustellung": {"kontakt.elektronisch": "false"}}
Answers = dict[str, dict[str, Any]]


def given(texts: dict[str, Any]) -> Given:
    return Given({key: value if isinstance(value, list) else [value] for key, value in texts.items()})


def begin() -> tuple[Draft, str]:
    """A fresh draft of the dog tax; inside the town."""
    return forms.begin_draft(service=service_by_key(demo.PACKAGE))


def edition() -> str:
    return service_by_key(demo.PACKAGE).edition


def fill(draft: Draft, answers: Answers) -> None:
    """Answer every question that applies; inside the town."""
    for _ in range(40):
        open_questions = queries.review_of(draft).open_questions
        if not open_questions:
            return
        question = open_questions[0]
        outcome = forms.answer(draft=draft, question=question, given=given(answers[question.key]), confirm=frozenset())
        assert outcome.accepted, (question.key, outcome)
    raise AssertionError("The form does not end.")


def filled(answers: Answers = CLEAR) -> tuple[Draft, str]:
    draft, token = begin()
    fill(draft, answers)
    return draft, token


def send(answers: Answers = CLEAR) -> Case:
    """A sent application whose process has not begun to move; inside the town."""
    draft, token = filled(answers)
    return start_for(token=token, revision=draft.revision).case


def open_case(town: Municipality, answers: Answers = CLEAR) -> Case:
    """A case as far as the office comes without a person. Not inside the town: the deeds' transaction ends here."""
    with within(town):
        case = send(answers)
    work_off()
    with within(town):
        return Case.objects.get(pk=case.pk)


def clerk() -> Staff:
    return Staff.objects.get(username=demo.CLERK)


def task_of(case: Case, kind: str) -> Task:
    return Task.objects.select_related("run__case").get(run__case=case, kind=kind, state=Task.State.OPEN)
