"""The citizen answers the office's question: taken whole, or not at all."""

from __future__ import annotations

import pytest

from stadtamt.cases.models import Case
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.postbox.actions import MAX_TEXT, answer, ask
from stadtamt.postbox.errors import TextMissing
from stadtamt.processes.queries import open_task
from support.cases import UNCLEAR, open_case, task_of
from support.citizen import Citizen
from support.jobs import work_off
from support.staff import lay_clerk


def asked(town: Municipality, case: Case) -> Case:
    clerk = lay_clerk(town)
    with within(town):
        ask(task=task_of(case, "decide"), question="Wie heißt die Rasse?", staff=clerk)
    work_off()
    return case


@pytest.mark.parametrize("text", ["x" * (MAX_TEXT + 1), " \n"])
def test_an_answer_that_is_refused_leaves_the_question_open(konstanz: Municipality, text: str) -> None:
    case = asked(konstanz, open_case(konstanz, UNCLEAR))
    with within(konstanz):
        with pytest.raises(TextMissing):
            answer(case=case, text=text)
        assert open_task(case, "answer") is not None


def test_after_a_text_too_long_the_citizen_can_still_answer(konstanz: Municipality) -> None:
    citizen = Citizen()
    citizen.begin()
    citizen.fill_in(UNCLEAR)
    citizen.send()
    work_off()
    with within(konstanz):
        case = Case.objects.get()
    asked(konstanz, case)
    too_long = citizen.client.post(f"{citizen.case_url}antwort/", {"text": "x" * (MAX_TEXT + 1)})
    assert too_long.status_code == 422
    assert citizen.client.post(f"{citizen.case_url}antwort/", {"text": "Dackel"}).status_code == 302
    assert "Dackel" in citizen.client.get(citizen.case_url).content.decode()
