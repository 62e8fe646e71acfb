"""What a diagram lacks is found and said with its element."""

from __future__ import annotations

import pytest

from stadtamt.processes.engine import ProcessRefused, start

from .diagrams import bpmn, dog_tax, flows, place, read, service, straight, timed, user

START, END, GATE = place("startEvent", "start"), place("endEvent", "end"), place("exclusiveGateway", "g")

FAULTY = {
    "doubled ids": (START + END + user("t") + user("t") + flows("start>t", "t>end"), "t", "mehrfach"),
    "no start": (user("t") + END + flows("t>end"), "p", "fehlt ein Startereignis"),
    "two starts": (START + place("startEvent", "s2") + END + flows("start>end", "s2>end"), "s2", "mehr als ein Start"),
    "no end": (START + user("t") + flows("start>t"), "p", "fehlt ein Endereignis"),
    "flow to nowhere": (START + END + flows("start>end", "start>ghost"), "start-ghost", "endet im Leeren"),
    "flow from nowhere": (START + END + flows("start>end", "ghost>end"), "ghost-end", "beginnt im Leeren"),
    "unreachable": (START + END + user("t") + flows("start>end", "t>end"), "t", "nicht erreichbar"),
    "dead end": (START + END + GATE + user("t") + flows("start>g", "g>end", "g>t if x"), "t", "Sackgasse"),
    "trap": (
        START + END + GATE + user("a") + user("b") + flows("start>g", "g>end", "g>a if x", "a>b", "b>a"),
        "a",
        "kein Weg zu einem Ende",
    ),
    "into the start": (START + END + user("t") + flows("start>t", "t>start", "t>end"), "start", "hinein"),
    "out of the end": (START + END + user("t") + flows("start>end", "end>t", "t>end"), "end", "heraus"),
    "hidden fork": (
        START + END + user("t") + flows("start>t", "t>end", "start>end"),
        "start",
        "nehmen Sie ein Gateway",
    ),
    "condition at a task": (START + END + user("t") + flows("start>t", "t>end if x"), "t-end", "exklusiven"),
    "no activity": (START + END + place("serviceTask", "t") + flows("start>t", "t>end"), "t", "keine Tätigkeit"),
    "two free ways": (
        START + END + GATE + user("a") + flows("start>g", "g>a", "g>end", "a>end"),
        "g-a",
        "fehlt diesem Fluss die Bedingung",
    ),
    "waits for itself": (
        START
        + END
        + place("parallelGateway", "p1")
        + place("parallelGateway", "p2")
        + place("exclusiveGateway", "g", default="g-end")
        + user("a")
        + user("b")
        + flows("start>p1", "p1>a", "p1>b", "a>p2", "b>p2", "p2>g", "g>p1 if x", "g>end"),
        "p1",
        "der erst dahinter beginnt",
    ),
    "foreign default": (
        START + END + place("exclusiveGateway", "g", default="zzz") + flows("start>g", "g>end"),
        "g",
        "Standardfluss „zzz“",
    ),
    "deadline at a service": (
        START
        + END
        + service("t")
        + timed("boundaryEvent", "b", "P1D", attachedToRef="t")
        + flows("start>t", "t>end", "b>end"),
        "b",
        "wirkt nur an einer Aufgabe",
    ),
}


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: case.replace(" ", "-"))
def test_what_is_missing_is_found_and_forbids_the_start(case: str) -> None:
    body, element, words = FAULTY[case]
    spec = read(bpmn(body))
    errors = [finding for finding in spec.check() if finding.severity == "error"]
    assert any(finding.element == element and words in finding.sentence for finding in errors)
    with pytest.raises(ProcessRefused):
        start(spec, {})


def warnings_of(body: str) -> list[str]:
    found = read(bpmn(body)).check()
    assert {finding.severity for finding in found} <= {"warning"}
    return [finding.sentence for finding in found]


def test_a_gateway_without_a_way_for_the_rest_is_worth_a_warning() -> None:
    body = START + END + GATE + service("a") + flows("start>g", "g>a if x", "g>end if y", "a>end")
    assert "keinen Standardfluss" in warnings_of(body)[0]


def test_one_free_way_counts_as_default_with_a_warning() -> None:
    body = START + END + GATE + service("a") + flows("start>g", "g>a if x", "g>end", "a>end")
    assert "übrigen Fälle" in warnings_of(body)[0]


def test_a_circle_on_which_nobody_is_waited_for_is_worth_a_warning() -> None:
    gate = place("exclusiveGateway", "g", default="g-end")
    body = START + END + gate + service("a") + flows("start>a", "a>g", "g>a if x", "g>end")
    assert "im Kreis" in warnings_of(body)[0]


def test_a_circle_through_a_task_of_a_person_is_no_hurry() -> None:
    gate = place("exclusiveGateway", "g", default="g-end")
    spec = read(bpmn(START + END + gate + user("a") + flows("start>a", "a>g", "g>a if x", "g>end")))
    assert not any("im Kreis" in finding.sentence for finding in spec.check())


def test_a_straight_process_is_without_findings() -> None:
    assert read(straight(service("t"), "t")).check() == []


def test_the_dog_tax_is_without_findings() -> None:
    assert dog_tax().check() == []
