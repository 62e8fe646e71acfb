"""Where the process stands, as a drawing for those who see and as a list for everybody else.

The drawing is SVG without style, script or outside references: colour comes from the page through the class names
`bpmn-…`, and without any style sheet it is still a legible line drawing. Done and current places carry a sign and a
word, so colour alone never says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from math import hypot
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from stadtamt.processes.engine import ProcessSpec
from stadtamt.processes.engine.spec import Edge, Node, Shape

type PlaceState = Literal["done", "now", "open"]

MARGIN = 20
LINE = 15
LETTER = 6.6
"""Width of an average letter at the drawing's 12 units, on the safe side."""

WORDS: dict[PlaceState, str] = {"done": "erledigt", "now": "jetzt hier", "open": "offen"}
_LISTED = frozenset({"start", "service", "user", "message", "timer", "end"})
_KIND_WORDS = {
    "start": "Beginn",
    "end": "Ende",
    "service": "geschieht von selbst",
    "user": "Aufgabe",
    "message": "Nachricht",
    "timer": "Frist",
    "boundary": "Frist",
    "exclusive": "Verzweigung",
    "parallel": "gleichzeitig",
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the list: what it is called, whose it is, and whether it is behind, present or ahead."""

    name: str
    lane: str
    state: PlaceState


def list_steps(spec: ProcessSpec, done: Set[str], current: Set[str]) -> list[StepLine]:
    """The named places in the order in which a case without detours reaches them; loops are told once."""
    by_id = spec.by_id
    ordered = (by_id[key] for key in reading_order(spec))
    return [StepLine(node.name, node.lane, _state(node, done, current)) for node in ordered if _tells(node)]


def reading_order(spec: ProcessSpec) -> list[str]:
    """All places so that each stands behind what leads to it; of two ways the one drawn or written first comes first.

    Ways back are left out of the count; places that cannot be reached stand at the end.
    """
    follows = {
        key: [flow.target for flow in flows if flow.target in spec.by_id] for key, flows in spec.ways_out.items()
    }
    for node in spec.nodes:
        if node.attached_to in follows:
            follows[node.attached_to].append(node.id)
    begin = [node.id for node in spec.nodes if node.kind == "start"]
    ended: list[str] = []
    seen: set[str] = set()
    for root in [*begin, *(node.id for node in spec.nodes)]:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(reversed(follows[root])))]
        while stack:
            key, rest = stack[-1]
            target = next((key for key in rest if key not in seen), None)
            if target is None:
                ended.append(key)
                stack.pop()
            else:
                seen.add(target)
                stack.append((target, iter(reversed(follows[target]))))
        if root in begin:
            ended.reverse()
    return ended


def draw_svg(spec: ProcessSpec, *, done: Set[str], current: Set[str]) -> str:
    """The diagram as the modeller laid it out, with what is done and where it is now. Empty without a drawing."""
    places = [shape for shape in spec.shapes if shape.kind == "node" and shape.element in spec.by_id]
    if not places:
        return ""
    x, y, width, height = _frame(spec.shapes, spec.edges)
    key = f"bpmn-{spec.digest[:8]}"
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bpmn" role="img" aria-labelledby="{key}-title {key}-desc" '
        f'viewBox="{x:g} {y:g} {width:g} {height:g}" width="{width:g}" height="{height:g}" fill="none" '
        'stroke="currentColor" stroke-width="1.5" font-family="inherit" font-size="12">'
    )
    parts = [
        opening,
        f'<title id="{key}-title">{escape(spec.name)}</title>',
        f'<desc id="{key}-desc">{escape(describe(spec, done, current))}</desc>',
    ]
    for shape in spec.shapes:
        if shape.kind in {"pool", "lane"}:
            parts += _band(shape)
    for edge in spec.edges:
        parts += _edge(edge)
    for shape in spec.shapes:
        if shape.kind == "note":
            parts += _note(shape)
    order = {node.id: node for node in spec.nodes}
    for shape in places:
        node = order[shape.element]
        parts += _place(node, shape, _state(node, done, current))
    return "".join([*parts, "</svg>"])


def describe(spec: ProcessSpec, done: Set[str], current: Set[str]) -> str:
    """The drawing in one or two sentences."""
    lines = list_steps(spec, done, current)
    here = [line for line in lines if line.state == "now"]
    behind = sum(line.state == "done" for line in lines)
    if not here:
        return f"{behind} von {len(lines)} Schritten sind erledigt."
    names = " und ".join(f"„{line.name}“" + (f" ({line.lane})" if line.lane else "") for line in here)
    return f"Der Ablauf steht bei {names}. {behind} von {len(lines)} Schritten sind erledigt."


def _state(node: Node, done: Set[str], current: Set[str]) -> PlaceState:
    if node.id in current:
        return "now"
    return "done" if node.id in done else "open"


def _tells(node: Node) -> bool:
    return node.kind in _LISTED and bool(node.name)


def _frame(shapes: Sequence[Shape], edges: Sequence[Edge]) -> tuple[float, float, float, float]:
    boxes = [(shape.x, shape.y, shape.width, shape.height) for shape in shapes]
    boxes += [shape.label for shape in shapes if shape.label] + [edge.label for edge in edges if edge.label]
    boxes += [(x, y, 0, 0) for edge in edges for x, y in edge.points]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return (left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN)


def _band(shape: Shape) -> list[str]:
    """A pool or lane with its name at the left, turned, or at the top."""
    box = f'<rect class="bpmn-{shape.kind}" x="{shape.x:g}" y="{shape.y:g}" '
    box += f'width="{shape.width:g}" height="{shape.height:g}"/>'
    if shape.upright:
        name = _text(wrapped(shape.text, shape.width), shape.x + shape.width / 2, shape.y + LINE, "bpmn-band-name")
        return [box, name]
    x, y = shape.x + 15, shape.y + shape.height / 2
    turned = _text(wrapped(shape.text, shape.height), x, y, "bpmn-band-name", turn=f"rotate(-90 {x:g} {y:g})")
    return [box, turned]


def _note(shape: Shape) -> list[str]:
    x, y, bottom = shape.x, shape.y, shape.y + shape.height
    bracket = f'<path class="bpmn-note" d="M{x + 10:g} {y:g}H{x:g}V{bottom:g}H{x + 10:g}"/>'
    middle = shape.x + shape.width / 2
    return [bracket, _text(wrapped(shape.text, shape.width - 8), middle, y + shape.height / 2, "bpmn-note-text")]


def _edge(edge: Edge) -> list[str]:
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in edge.points)
    if edge.kind == "note":
        return [f'<path class="bpmn-note-line" stroke-dasharray="2 4" d="{path}"/>']
    parts = [f'<path class="bpmn-flow" d="{path}"/>', _arrow(edge.points[-2], edge.points[-1])]
    if edge.text:
        x, y, width, height = edge.label or _middle(edge.points)
        parts.append(_text(wrapped(edge.text, max(width, 80)), x + width / 2, y + height / 2, "bpmn-flow-name"))
    return parts


def _arrow(before: tuple[float, float], tip: tuple[float, float]) -> str:
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = hypot(dx, dy) or 1.0
    dx, dy = dx / length, dy / length
    back_x, back_y = tip[0] - 10 * dx, tip[1] - 10 * dy
    corners = [tip, (back_x - 4 * dy, back_y + 4 * dx), (back_x + 4 * dy, back_y - 4 * dx)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<polygon class="bpmn-arrow" fill="currentColor" points="{points}"/>'


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    (ax, ay), (bx, by) = points[len(points) // 2 - 1], points[len(points) // 2]
    return ((ax + bx) / 2 - 40, (ay + by) / 2 - 20, 80, 14)


def _place(node: Node, shape: Shape, state: PlaceState) -> list[str]:
    """One place: its outline, its name, its sign; the group's title says all of it in words."""
    words = f"{node.name or _KIND_WORDS[node.kind]}: {_KIND_WORDS[node.kind]}, {WORDS[state]}"
    parts = [f'<g class="bpmn-place bpmn-{node.kind} bpmn-{state}">', f"<title>{escape(words)}</title>"]
    parts += _outline(node, shape)
    if node.kind in {"service", "user"} or (node.kind == "message" and shape.width > 60):
        centre = shape.y + shape.height / 2 + 4
        name = _text(wrapped(node.name, shape.width - 10), shape.x + shape.width / 2, centre, "bpmn-name")
        parts.append(name)
    elif node.name:
        label = shape.label or (shape.x + shape.width / 2 - 50, shape.y + shape.height + 4, 100, 14)
        x, y, width, height = label
        parts.append(_text(wrapped(node.name, max(width, 70)), x + width / 2, y + height / 2, "bpmn-label"))
    return [*parts, *_sign(shape, state), "</g>"]


def _outline(node: Node, shape: Shape) -> list[str]:
    x, y, width, height = shape.x, shape.y, shape.width, shape.height
    cx, cy = x + width / 2, y + height / 2
    if node.kind in {"exclusive", "parallel"}:
        sign = f"M{cx - 8:g} {cy - 8:g}l16 16m0 -16l-16 16"
        if node.kind == "parallel":
            sign = f"M{cx:g} {cy - 11:g}v22m-11 -11h22"
        diamond = f"M{cx:g} {y:g}L{x + width:g} {cy:g}L{cx:g} {y + height:g}L{x:g} {cy:g}Z"
        return [f'<path class="bpmn-outline" d="{diamond}"/>', f'<path class="bpmn-icon" stroke-width="3" d="{sign}"/>']
    if node.kind in {"service", "user"} or width > 60:
        box = f'<rect class="bpmn-outline" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="8"/>'
        return [box, _icon(node, x + 14, y + 13)]
    radius = min(width, height) / 2
    heavy = ' stroke-width="4"' if node.kind == "end" else ""
    parts = [f'<circle class="bpmn-outline" cx="{cx:g}" cy="{cy:g}" r="{radius:g}"{heavy}/>']
    if node.kind in {"message", "timer", "boundary"}:
        parts.append(f'<circle class="bpmn-outline" cx="{cx:g}" cy="{cy:g}" r="{max(radius - 3, 1):g}"/>')
        parts.append(_icon(node, cx, cy))
    return parts


def _icon(node: Node, x: float, y: float) -> str:
    """Small and drawn by hand: a person, an envelope, a clock, a wheel."""
    drawings = {
        "user": f"M{x - 6:g} {y + 6:g}v-2a6 5 0 0 1 12 0v2zM{x - 3:g} {y - 5:g}a3 3 0 1 1 6 0a3 3 0 1 1 -6 0",
        "service": f"M{x - 5:g} {y:g}a5 5 0 1 1 10 0a5 5 0 1 1 -10 0M{x - 8:g} {y:g}h3m10 0h3M{x:g} {y - 8:g}v3m0 10v3",
        "message": f"M{x - 7:g} {y - 5:g}h14v10h-14zl7 6l7 -6",
        "timer": f"M{x - 7:g} {y:g}a7 7 0 1 1 14 0a7 7 0 1 1 -14 0M{x:g} {y - 5:g}v5h4",
    }
    return f'<path class="bpmn-icon" stroke-width="1.2" d="{drawings.get(node.kind, drawings["timer"])}"/>'


def _sign(shape: Shape, state: PlaceState) -> list[str]:
    """Done: a tick at the corner. Now: a second outline, and a flag with the words above the place."""
    if state == "done":
        x, y = shape.x + shape.width - 9, shape.y + 1
        return [f'<path class="bpmn-tick" stroke-width="3" d="M{x - 7:g} {y + 4:g}l5 5l9 -10"/>']
    if state == "open":
        return []
    x, y, width, height = shape.x - 5, shape.y - 5, shape.width + 10, shape.height + 10
    ring = (
        f'<rect class="bpmn-ring" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="11" stroke-width="3"/>'
    )
    cx, top = shape.x + shape.width / 2, shape.y - 8
    flag = f'<path class="bpmn-flag" fill="currentColor" d="M{cx - 6:g} {top - 8:g}h12l-6 8z"/>'
    return [ring, flag, _text([WORDS["now"]], cx, top - 15, "bpmn-flag-text")]


def wrapped(text: str, width: float) -> list[str]:
    """The text in lines that fit `width`, broken between words, long words after `-` or hard."""
    most = max(int(width / LETTER), 4)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, most)
    return lines


def _pieces(word: str, most: int) -> Iterable[str]:
    while len(word) > most + 2:
        yield word[: most - 1] + "-"
        word = word[most - 1 :]
    yield word


def _text(lines: Sequence[str], x: float, y: float, name: str, turn: str = "") -> str:
    """Lines of text centred around a point."""
    top = y - (len(lines) - 1) * LINE / 2 + 4
    spans = "".join(
        f'<tspan x="{x:g}" y="{top + place * LINE:g}">{escape(line)}</tspan>' for place, line in enumerate(lines)
    )
    turned = f" transform={quoteattr(turn)}" if turn else ""
    return f'<text class="{name}" text-anchor="middle" fill="currentColor" stroke="none"{turned}>{spans}</text>'
