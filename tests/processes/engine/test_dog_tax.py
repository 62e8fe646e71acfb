"""The shipped process of the dog tax: its whole ways, and that any modeller opens it."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from stadtamt.processes.engine import Progress, Step, advance, complete, start
from stadtamt.processes.engine.allowed import BPMN, BPMNDI, DC, DI

from .diagrams import DOG_TAX, NOON, dog_tax

SPEC = dog_tax()


class Office:
    """Stands in for the activities and remembers which were called."""

    def __init__(self, *, clear: bool) -> None:
        self.clear = clear
        self.called: list[str] = []

    def __call__(self, step: Step, data: dict[str, Any]) -> dict[str, Any]:
        self.called.append(step.activity)
        return {"assess": {"clear": self.clear}, "ask-citizen": {"asked": True}}.get(step.activity, {})

    def begin(self, **data: Any) -> Progress:
        return advance(SPEC, start(SPEC, data), activities=self, now=NOON)

    def answer(self, progress: Progress, **data: Any) -> Progress:
        (task,) = progress.waiting
        state = complete(SPEC, progress.state, task_id=task.task_id, data=data, now=NOON)
        return advance(SPEC, state, activities=self, now=NOON)


def test_a_clear_case_runs_to_the_postbox_without_a_clerk() -> None:
    office = Office(clear=True)
    progress = office.begin(electronic=True)
    assert (progress.ended, progress.outcome) == (True, "announced")
    assert office.called == ["assess", "decide-automatically", "issue-notice", "deliver"]


@pytest.mark.parametrize("outcome", ["granted", "refused"])
def test_what_is_not_clear_waits_for_the_clerk_and_both_outcomes_give_a_notice(outcome: str) -> None:
    office = Office(clear=False)
    progress = office.begin(electronic=True)
    assert [(task.step.activity, task.step.lane) for task in progress.waiting] == [("decide", "Steueramt")]
    assert office.answer(progress, outcome=outcome).ended
    assert office.called == ["assess", "issue-notice", "deliver"]


def test_a_case_that_was_asked_back_stays_with_the_clerk_even_when_it_is_clear_now() -> None:
    office = Office(clear=False)
    progress = office.answer(office.begin(electronic=True), outcome="ask")
    assert [(task.step.activity, task.step.lane) for task in progress.waiting] == [("answer", "Bürgerin oder Bürger")]
    office.clear = True
    progress = office.answer(progress, answer="Rasse: Dackel")
    assert [task.step.activity for task in progress.waiting] == ["decide"]
    assert office.answer(progress, outcome="granted").ended
    assert office.called == ["assess", "ask-citizen", "assess", "issue-notice", "deliver"]


@pytest.mark.parametrize("electronic", [False, None])
def test_whoever_does_not_retrieve_electronically_gets_the_notice_by_post(electronic: bool | None) -> None:
    office = Office(clear=True)
    progress = office.begin(electronic=electronic)
    assert [task.step.activity for task in progress.waiting] == ["post-notice"]
    assert office.answer(progress).outcome == "announced"
    assert office.called[-1] == "deliver-by-post"


def test_a_clear_case_that_was_asked_before_is_not_decided_by_itself() -> None:
    assert Office(clear=True).begin(asked=True).waiting[0].step.activity == "decide"


def test_ids_are_unique_and_every_reference_leads_somewhere() -> None:
    root = etree.parse(DOG_TAX).getroot()
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    names = ("bpmnElement", "sourceRef", "targetRef", "processRef", "default")
    references = {element.get(name) for element in root.iter() for name in names} - {None}
    references |= {
        element.text for name in ("incoming", "outgoing", "flowNodeRef") for element in root.iter(bpmn(name))
    }
    assert references <= set(ids)


def test_incoming_and_outgoing_say_the_same_as_the_flows() -> None:
    root = etree.parse(DOG_TAX).getroot()
    for flow in root.iter(bpmn("sequenceFlow")):
        for end, tag in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
            owner = next(element for element in root.iter() if element.get("id") == flow.get(end))
            assert flow.get("id") in {element.text for element in owner.findall(bpmn(tag))}


def test_every_element_is_drawn_inside_its_lane_and_every_flow_touches_its_ends() -> None:
    root = etree.parse(DOG_TAX).getroot()
    boxes = {shape.get("bpmnElement"): bounds(shape) for shape in root.iter(f"{{{BPMNDI}}}BPMNShape")}
    for lane in root.iter(bpmn("lane")):
        left, top, right, bottom = boxes[lane.get("id")]
        for reference in lane.iter(bpmn("flowNodeRef")):
            x1, y1, x2, y2 = boxes[reference.text]
            assert left < x1 < x2 < right
            assert top < y1 < y2 < bottom
    points = {
        edge.get("bpmnElement"): [
            (float(p.get("x", "")), float(p.get("y", ""))) for p in edge.iter(f"{{{DI}}}waypoint")
        ]
        for edge in root.iter(f"{{{BPMNDI}}}BPMNEdge")
    }
    for flow in root.iter(bpmn("sequenceFlow")):
        way = points[flow.get("id")]
        assert touches(way[0], boxes[flow.get("sourceRef")])
        assert touches(way[-1], boxes[flow.get("targetRef")])


def test_nothing_but_standard_bpmn_stands_in_the_file() -> None:
    spaces = {etree.QName(element).namespace for element in etree.parse(DOG_TAX).getroot().iter()}
    assert spaces == {BPMN, BPMNDI, DC, DI}


def bpmn(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def bounds(shape: etree._Element) -> tuple[float, float, float, float]:
    box = shape.find(f"{{{DC}}}Bounds")
    assert box is not None
    x, y, width, height = (float(box.get(name, "")) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def touches(point: tuple[float, float], box: tuple[float, float, float, float]) -> bool:
    (x, y), (left, top, right, bottom) = point, box
    return left <= x <= right and top <= y <= bottom and (x in {left, right} or y in {top, bottom})
