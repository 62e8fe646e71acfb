"""Deciding with others: another unit is consulted, and four eyes are never the same two."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings

from stadtamt.cases.models import Case
from stadtamt.decisions import actions
from stadtamt.decisions.errors import OpinionMissing, SamePerson
from stadtamt.decisions.models import Decision
from stadtamt.kernel.models import Municipality, Staff
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import install
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.layer import Override, read_layer
from stadtamt.processes.models import Run
from stadtamt.processes.queries import remarks_on, way_of
from support.cases import UNCLEAR, open_case, task_of
from support.jobs import work_off
from support.staff import Desk, lay_clerk

FOLDER = settings.SERVICES / "hundesteuer-anmelden"


@pytest.fixture
def four_eyes(konstanz: Municipality) -> Case:
    """An unclear case in a town that wants four eyes."""
    files = files_of_folder(FOLDER)
    layer = read_layer(files["parameters/konstanz.toml"].decode())
    with within(konstanz):
        install(files=files, layer=replace(layer, overrides=(Override("vier-augen", "four-eyes", {}),)))
    return open_case(konstanz, UNCLEAR)


def prepare(town: Municipality, case: Case, staff: Staff, text: str = "Ich schlage 80 Euro vor.") -> None:
    with within(town):
        actions.prepare(task=task_of(case, "prepare"), text=text, staff=staff)
    work_off()


def test_with_four_eyes_somebody_prepares_first(konstanz: Municipality, four_eyes: Case) -> None:
    clerk = lay_clerk(konstanz)
    with within(konstanz):
        assert [task.kind for task in Run.objects.get(case=four_eyes).tasks.all()] == ["prepare"]
    prepare(konstanz, four_eyes, clerk)
    with within(konstanz):
        assert task_of(four_eyes, "decide")
        assert [task.note for task in remarks_on(four_eyes)] == ["Ich schlage 80 Euro vor."]


def test_whoever_prepared_cannot_decide(konstanz: Municipality, four_eyes: Case) -> None:
    clerk = lay_clerk(konstanz)
    prepare(konstanz, four_eyes, clerk)
    with within(konstanz), pytest.raises(SamePerson):
        actions.decide(task=task_of(four_eyes, "decide"), outcome="granted", grounds="", staff=clerk)
    with within(konstanz):
        assert not Decision.objects.exists()


def test_another_person_decides(konstanz: Municipality, four_eyes: Case) -> None:
    first, second = lay_clerk(konstanz), lay_clerk(konstanz, username="zwei", name="Kemal Muster")
    prepare(konstanz, four_eyes, first)
    with within(konstanz):
        actions.decide(task=task_of(four_eyes, "decide"), outcome="granted", grounds="", staff=second)
        assert Decision.objects.get(case=four_eyes).decided_by == second


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_proposal_needs_words(konstanz: Municipality, four_eyes: Case, text: str) -> None:
    clerk = lay_clerk(konstanz)
    with within(konstanz), pytest.raises(OpinionMissing):
        actions.prepare(task=task_of(four_eyes, "prepare"), text=text, staff=clerk)


def test_the_desk_asks_for_the_proposal_and_shows_it_to_the_second_person(
    konstanz: Municipality, four_eyes: Case
) -> None:
    desk = Desk(konstanz).client
    with within(konstanz):
        task = task_of(four_eyes, "prepare")
    page = desk.get(f"/amt/vorgang/{four_eyes.pk}/").content.decode()
    assert "Ihr Vorschlag" in page
    answer = desk.post(f"/amt/vorgang/{four_eyes.pk}/vorbereiten/", {"task": str(task.pk), "text": ""})
    assert answer.status_code == 422
    desk.post(f"/amt/vorgang/{four_eyes.pk}/vorbereiten/", {"task": str(task.pk), "text": "<b>Gut</b>"})
    work_off()
    page = desk.get(f"/amt/vorgang/{four_eyes.pk}/").content.decode()
    assert "&lt;b&gt;Gut" in page
    assert "<b>Gut" not in page


def test_the_step_stands_in_the_picture(konstanz: Municipality, four_eyes: Case) -> None:
    with within(konstanz):
        assert "prepare" in way_of(four_eyes).svg or "vorbereiten" in way_of(four_eyes).svg
