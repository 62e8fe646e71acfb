"""From the file to the plain process: first every element is held against the allow-list, then it is taken over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from stadtamt.kernel.expressions import ExpressionError
from stadtamt.kernel.xml import XmlRefused, parse_xml
from stadtamt.processes.engine import allowed, timers
from stadtamt.processes.engine.conditions import compiled, normalised
from stadtamt.processes.engine.drawing import read_edges, read_shapes
from stadtamt.processes.engine.errors import ProcessRefused
from stadtamt.processes.engine.spec import Finding, Flow, Node, NodeKind, ProcessSpec, Timer
from stadtamt.processes.engine.vetting import vet

MOST_PLACES = 500
MOST_FLOWS = 1_000


def read_process(xml: bytes) -> ProcessSpec:
    """The one process of a BPMN 2.0 file. ProcessRefused names every element that would not be obeyed.

    What is merely incomplete (no start, a flow to nowhere) is not refused here but reported by `spec.check()`.
    """
    try:
        root = parse_xml(xml)
    except XmlRefused as refused:
        raise ProcessRefused((Finding("Datei", getattr(refused, "line", None) or 1, str(refused)),)) from refused
    findings = list(vet(root))
    processes = root.findall(_bpmn("process"))
    if not findings and len(processes) != 1:
        findings.append(Finding("definitions", 1, f"Ein Paket hat genau einen Ablauf; hier stehen {len(processes)}."))
    if findings:
        raise ProcessRefused(tuple(findings))
    process = processes[0]
    nodes, flows = _nodes(process), _flows(process)
    findings = [*_unusable(nodes, flows)]
    if findings:
        raise ProcessRefused(tuple(findings))
    name: str = process.get("name") or _pool_name(root, process) or process.get("id") or ""
    return ProcessSpec(
        key=process.get("id", ""),
        name=" ".join(name.split()),
        nodes=nodes,
        flows=flows,
        lanes=tuple(dict.fromkeys(_name(lane) for lane in process.iter(_bpmn("lane")))),
        shapes=read_shapes(root, nodes),
        edges=read_edges(root, flows),
    )


def _nodes(process: etree._Element) -> tuple[Node, ...]:
    lanes = _lane_by_place(process)
    return tuple(_node(element, lanes) for element in process if _local(element) in allowed.KINDS)


def _node(element: etree._Element, lanes: dict[str, str]) -> Node:
    kind = cast(NodeKind, allowed.KINDS[_local(element)])
    if element.find(_bpmn("messageEventDefinition")) is not None:
        kind = "message"
    implementation = element.get("implementation", "")
    return Node(
        id=element.get("id", ""),
        kind=kind,
        name=_name(element),
        lane=lanes.get(element.get("id", ""), ""),
        activity=implementation.removeprefix(allowed.PREFIX) if implementation.startswith(allowed.PREFIX) else "",
        line=_line(element),
        default=element.get("default", ""),
        attached_to=element.get("attachedToRef", ""),
        interrupting=element.get("cancelActivity", "true") != "false",
        timer=_timer(element),
    )


def _timer(element: etree._Element) -> Timer | None:
    for definition in element.findall(_bpmn("timerEventDefinition")):
        for tag, form in (("timeDuration", "duration"), ("timeDate", "date")):
            said = definition.find(_bpmn(tag))
            if said is not None:
                text = _text(said)
                source = normalised(text)
                return Timer("duration" if form == "duration" else "date", source, source != text)
    return None


def _flows(process: etree._Element) -> tuple[Flow, ...]:
    return tuple(
        Flow(
            id=element.get("id", ""),
            source=element.get("sourceRef", ""),
            target=element.get("targetRef", ""),
            name=_name(element),
            condition=normalised(_text(element.find(_bpmn("conditionExpression")))),
            line=_line(element),
        )
        for element in process.findall(_bpmn("sequenceFlow"))
    )


def _unusable(nodes: tuple[Node, ...], flows: tuple[Flow, ...]) -> Iterator[Finding]:
    """Conditions and timers that cannot be read, and a size no honest package reaches."""
    if len(nodes) > MOST_PLACES or len(flows) > MOST_FLOWS:
        yield Finding("process", 1, f"Der Ablauf ist zu groß (höchstens {MOST_PLACES} Elemente, {MOST_FLOWS} Flüsse).")
        return
    for flow in flows:
        if flow.condition:
            try:
                compiled(flow.condition)
            except ExpressionError as error:
                yield Finding(
                    flow.id, flow.line, f"Die Bedingung „{flow.condition}“ ist nicht lesbar: {error.sentence}"
                )
    for node in nodes:
        if node.timer is not None and (fault := timers.fault_of(node.timer)):
            yield Finding(node.id, node.line, fault)


def _lane_by_place(process: etree._Element) -> dict[str, str]:
    """The innermost lane of each place."""
    lanes: dict[str, str] = {}
    for lane in process.iter(_bpmn("lane")):  # outer lanes come before the lanes inside them
        for reference in lane.findall(_bpmn("flowNodeRef")):
            lanes[_text(reference)] = _name(lane)
    return lanes


def _pool_name(root: etree._Element, process: etree._Element) -> str:
    pools = root.iter(_bpmn("participant"))
    return next((pool.get("name", "") for pool in pools if pool.get("processRef") == process.get("id")), "")


def _bpmn(name: str) -> str:
    return f"{{{allowed.BPMN}}}{name}"


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _name(element: etree._Element) -> str:
    return " ".join((element.get("name") or "").split())


def _text(element: etree._Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0
