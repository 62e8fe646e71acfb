"""The diagram interchange part of the file: where the modeller drew what."""

from __future__ import annotations

import math
from typing import Literal

from lxml import etree

from stadtamt.processes.engine.allowed import BPMN, BPMNDI, DC, DI
from stadtamt.processes.engine.spec import Edge, Flow, Node, Shape

FARTHEST = 100_000.0
MOST_POINTS = 100

type Bounds = tuple[float, float, float, float]


def read_shapes(root: etree._Element, nodes: tuple[Node, ...]) -> tuple[Shape, ...]:
    """The drawn places, pools, lanes and notes; shapes without usable bounds are left out."""
    texts = {node.id: node.name for node in nodes}
    kinds: dict[str, Literal["node", "pool", "lane", "note"]] = {node.id: "node" for node in nodes}
    for tag, kind in (("participant", "pool"), ("lane", "lane"), ("textAnnotation", "note")):
        for element in root.iter(f"{{{BPMN}}}{tag}"):
            key = element.get("id", "")
            kinds[key] = "pool" if kind == "pool" else "lane" if kind == "lane" else "note"
            said = element.findtext(f"{{{BPMN}}}text") if kind == "note" else element.get("name")
            texts[key] = " ".join((said or "").split())
    shapes: list[Shape] = []
    for element in root.iter(f"{{{BPMNDI}}}BPMNShape"):
        key = element.get("bpmnElement", "")
        bounds = _bounds(element)
        if key in kinds and bounds is not None:
            upright = element.get("isHorizontal") == "false"
            shapes.append(Shape(key, kinds[key], texts[key], *bounds, label=_label(element), upright=upright))
    return tuple(shapes)


def read_edges(root: etree._Element, flows: tuple[Flow, ...]) -> tuple[Edge, ...]:
    """The drawn flows and the lines to notes; edges with fewer than two usable points are left out."""
    texts = {flow.id: flow.name for flow in flows}
    notes = {element.get("id", "") for element in root.iter(f"{{{BPMN}}}association")}
    edges: list[Edge] = []
    for element in root.iter(f"{{{BPMNDI}}}BPMNEdge"):
        key = element.get("bpmnElement", "")
        points = _points(element)
        if len(points) > 1 and (key in texts or key in notes):
            kind: Literal["flow", "note"] = "flow" if key in texts else "note"
            edges.append(Edge(key, kind, texts.get(key, ""), points, label=_label(element)))
    return tuple(edges)


def _points(element: etree._Element) -> tuple[tuple[float, float], ...]:
    found = element.findall(f"{{{DI}}}waypoint")[:MOST_POINTS]
    points = [(_number(point, "x"), _number(point, "y")) for point in found]
    return tuple((x, y) for x, y in points if x is not None and y is not None)


def _label(element: etree._Element) -> Bounds | None:
    label = element.find(f"{{{BPMNDI}}}BPMNLabel")
    return _bounds(label) if label is not None else None


def _bounds(element: etree._Element) -> Bounds | None:
    bounds = element.find(f"{{{DC}}}Bounds")
    if bounds is None:
        return None
    x, y, width, height = (_number(bounds, name) for name in ("x", "y", "width", "height"))
    if x is None or y is None or width is None or height is None or width < 0 or height < 0:
        return None
    return (x, y, width, height)


def _number(element: etree._Element, name: str) -> float | None:
    try:
        value = float(element.get(name, ""))
    except ValueError:
        return None
    return round(value, 1) if math.isfinite(value) and abs(value) <= FARTHEST else None
