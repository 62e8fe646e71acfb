"""Before somebody decides, somebody else prepares: in the process and in its picture."""

# ruff: noqa: E501 - diagrams and tables in one line each

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from stadtamt.packages.overrides import OverrideRefused, apply
from stadtamt.processes.engine import ProcessSpec, read_process
from stadtamt.processes.engine.spec import Shape
from support.small_package import PROCESS, override, small_package

# Three ways into the decision (from the left, from above, from the right), a deadline at its edge, a place below it in the
# same column, a second decision behind it.
WIDE = """<?xml version="1.0" encoding="UTF-8"?>
<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="d" targetNamespace="urn:x">
  <b:collaboration id="c"><b:participant id="pool" name="Amt" processRef="p"/></b:collaboration>
  <b:process id="p"><b:laneSet id="ls"><b:lane id="lane" name="Amt"><b:flowNodeRef>decide</b:flowNodeRef>
    <b:flowNodeRef>second</b:flowNodeRef></b:lane></b:laneSet>
    <b:startEvent id="start"/>
    <b:userTask id="above" name="Oben"/>
    <b:userTask id="decide" name="Entscheiden" implementation="stadtamt:decide"><b:incoming>in</b:incoming><b:incoming>down</b:incoming>
      <b:incoming>back</b:incoming><b:outgoing>out</b:outgoing></b:userTask>
    <b:boundaryEvent id="late" name="Frist" attachedToRef="decide" cancelActivity="false"><b:timerEventDefinition><b:timeDuration>P7D</b:timeDuration></b:timerEventDefinition></b:boundaryEvent>
    <b:userTask id="below" name="Erinnern"/>
    <b:endEvent id="told"/>
    <b:exclusiveGateway id="which" default="on"/>
    <b:userTask id="second" name="Noch einmal" implementation="stadtamt:decide"/>
    <b:endEvent id="end"/>
    <b:exclusiveGateway id="split" default="in"/>
    <b:sequenceFlow id="begin" sourceRef="start" targetRef="split"/>
    <b:sequenceFlow id="in" sourceRef="split" targetRef="decide"/>
    <b:sequenceFlow id="up" sourceRef="split" targetRef="above"><b:conditionExpression>=x = 1</b:conditionExpression></b:sequenceFlow>
    <b:sequenceFlow id="down" sourceRef="above" targetRef="decide"/>
    <b:sequenceFlow id="out" sourceRef="decide" targetRef="which"/>
    <b:sequenceFlow id="back" sourceRef="which" targetRef="decide"><b:conditionExpression>=x = 2</b:conditionExpression></b:sequenceFlow>
    <b:sequenceFlow id="on" sourceRef="which" targetRef="second"/>
    <b:sequenceFlow id="done" sourceRef="second" targetRef="end"/>
    <b:sequenceFlow id="remind" sourceRef="late" targetRef="below"/>
    <b:sequenceFlow id="over" sourceRef="below" targetRef="told"/>
  </b:process>
  <bpmndi:BPMNDiagram id="dd"><bpmndi:BPMNPlane id="pl" bpmnElement="c">
    SHAPES
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</b:definitions>"""
PLACES = {
    "pool": (0, 0, 900, 460), "lane": (30, 0, 870, 460), "start": (60, 202, 36, 36), "split": (140, 195, 50, 50),
    "above": (270, 40, 100, 80), "decide": (270, 180, 100, 80), "late": (302, 242, 36, 36), "below": (270, 340, 100, 80),
    "told": (430, 362, 36, 36), "which": (450, 195, 50, 50), "second": (580, 180, 100, 80), "end": (760, 202, 36, 36),
}  # fmt: skip
WAYS = {
    "begin": [(96, 220), (140, 220)], "in": [(190, 220), (270, 220)], "up": [(165, 195), (165, 80), (270, 80)],
    "down": [(320, 120), (320, 180)], "out": [(370, 220), (450, 220)], "back": [(475, 245), (475, 300), (390, 300), (390, 240), (370, 240)],
    "on": [(500, 220), (580, 220)], "done": [(680, 220), (760, 220)], "remind": [(320, 278), (320, 340)], "over": [(370, 380), (430, 380)],
}  # fmt: skip


def wide() -> str:
    shapes = [
        f'<bpmndi:BPMNShape id="{key}-s" bpmnElement="{key}" isHorizontal="true"><dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/></bpmndi:BPMNShape>'
        for key, (x, y, w, h) in PLACES.items()
    ]
    edges = [
        f'<bpmndi:BPMNEdge id="{key}-e" bpmnElement="{key}">'
        + "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
        + "</bpmndi:BPMNEdge>"
        for key, points in WAYS.items()
    ]
    return WIDE.replace("SHAPES", "".join(shapes + edges))


def with_four_eyes(process: str = PROCESS) -> ProcessSpec:
    changed = apply(small_package(process=process), [override("four-eyes")])
    assert apply(changed, [override("four-eyes")]) == changed
    return read_process(changed.process.encode())


def overlap(one: Shape, two: Shape) -> bool:
    return (
        one.x < two.x + two.width
        and two.x < one.x + one.width
        and one.y < two.y + two.height
        and two.y < one.y + one.height
    )


def test_all_ways_to_the_decision_lead_through_its_preparation_in_the_same_lane() -> None:
    spec = with_four_eyes()
    assert [finding for finding in spec.check() if finding.severity == "error"] == []
    prepare = spec.by_id["prepare-decide"]
    assert (prepare.activity, prepare.lane, prepare.name) == ("prepare", "Ordnungsamt", "Entscheidung vorbereiten")
    assert [flow.source for flow in spec.flows if flow.target == "decide"] == ["prepare-decide"]
    assert [flow.source for flow in spec.flows if flow.target == "prepare-decide"] == ["assess"]


@pytest.mark.parametrize("process", [PROCESS, wide()], ids=["small", "wide"])
def test_in_the_picture_every_place_has_room_and_every_flow_touches_its_places(process: str) -> None:
    spec = with_four_eyes(process)
    shapes = {shape.element: shape for shape in spec.shapes}
    places = [shape for shape in spec.shapes if shape.kind == "node" and spec.by_id[shape.element].kind != "boundary"]
    assert len(shapes) == len(spec.shapes)
    assert not [(one.element, two.element) for one in places for two in places if one is not two and overlap(one, two)]
    flows = {flow.id: flow for flow in spec.flows}
    for edge in spec.edges:
        for point, end in ((edge.points[0], flows[edge.element].source), (edge.points[-1], flows[edge.element].target)):
            box = shapes[end]
            assert box.x <= point[0] <= box.x + box.width, edge
            assert box.y <= point[1] <= box.y + box.height, edge
    assert len(spec.edges) == len(spec.flows)
    for band in (shape for shape in spec.shapes if shape.kind in {"lane", "pool"}):
        assert all(band.x < place.x and place.x + place.width < band.x + band.width for place in places)


def test_in_the_picture_no_flow_runs_slanted_or_through_a_place() -> None:
    spec = with_four_eyes(wide())
    places = [shape for shape in spec.shapes if shape.kind == "node"]
    for edge in spec.edges:
        for (ax, ay), (bx, by) in pairwise(edge.points):
            assert ax == bx or ay == by, edge
            stretch = Shape("", "node", "", min(ax, bx) + 1, min(ay, by) + 1, abs(ax - bx) - 2, abs(ay - by) - 2)
            inner = replace(stretch, width=max(stretch.width, 0.1), height=max(stretch.height, 0.1))
            hit = [one.element for one in places if overlap(inner, one)]
            assert len(hit) <= 1, (edge, hit)


def test_two_decisions_are_prepared_each_for_itself() -> None:
    spec = with_four_eyes(wide())
    assert {flow.source for flow in spec.flows if flow.target in {"decide", "second"}} == {
        "prepare-decide",
        "prepare-second",
    }
    assert sorted(flow.id for flow in spec.flows if flow.target == "prepare-decide") == ["back", "down", "in"]
    assert [finding for finding in spec.check() if finding.severity == "error"] == []


def test_a_decision_that_the_author_already_has_prepared_stays_as_it_is() -> None:
    prepared = PROCESS.replace(
        '<serviceTask id="assess" name="Gebühr berechnen" implementation="stadtamt:assess"/>',
        '<userTask id="assess" name="Vorbereiten" implementation="stadtamt:prepare"/>',
    )
    package = small_package(process=prepared)
    assert apply(package, [override("four-eyes")]) == package


def test_without_a_drawing_the_step_is_there_all_the_same() -> None:
    spec = with_four_eyes(re.sub(r"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "", PROCESS, flags=re.DOTALL))
    assert "prepare-decide" in spec.by_id
    assert spec.shapes == ()


def test_where_nobody_decides_four_eyes_are_refused() -> None:
    with pytest.raises(OverrideRefused, match="entscheidet kein Mensch") as refused:
        apply(small_package(process=PROCESS.replace("stadtamt:decide", "stadtamt:answer")), [override("four-eyes")])
    assert refused.value.code == "gone"
