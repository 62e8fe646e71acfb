"""Makes room in a drawn diagram: the new task takes the place of the old one, which moves right with all behind it.

So flows that led to the old task end at the new one without being drawn anew, and what stood apart stays apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
GAP = 60.0
"""Room for an arrow between two tasks."""
APART = 30.0
_BANDS = frozenset({"participant", "lane", "group"})

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width


def draw_before(root: etree._Element, *, task: str, inserted: str, flow: str, taken: set[str]) -> None:
    """Draw `inserted` where `task` stands, `task` and what lies behind it further right, and `flow` between them.

    A diagram in which the task is not drawn stays as it is.
    """
    shape = _shape_of(root, task)
    box = _box(shape) if shape is not None else None
    plane = shape.getparent() if shape is not None else None
    if shape is None or box is None or plane is None:
        return
    moving = _Moving(root, task, inserted, box)
    moving.edges()
    moving.shapes()
    place = etree.Element(_di("BPMNShape"), id=_free(f"{inserted}-shape", taken), bpmnElement=inserted)
    _set_box(etree.SubElement(place, _dc("Bounds")), box)
    shape.addprevious(place)
    edge = etree.SubElement(plane, _di("BPMNEdge"), id=_free(f"{flow}-edge", taken), bpmnElement=flow)
    middle = box.middle[1]
    _set_points(edge, [(box.right, middle), (box.right + GAP, middle)])


class _Moving:
    """What moves right by how much: everything whose middle lies behind the middle of the task, and the task."""

    def __init__(self, root: etree._Element, task: str, inserted: str, box: Box) -> None:
        self.root, self.inserted, self.box = root, inserted, box
        self.step = box.width + GAP
        self.cut = box.middle[0]
        self.kinds = {str(one.get("id")): etree.QName(one).localname for one in root.iter() if isinstance(one.tag, str)}
        edges = {str(one.get("id")) for one in root.iter(_bpmn("boundaryEvent")) if one.get("attachedToRef") == task}
        self.along = edges | {task}
        self.ends = {
            str(one.get("id")): (str(one.get("sourceRef")), str(one.get("targetRef")))
            for tag in ("sequenceFlow", "association", "messageFlow")
            for one in root.iter(_bpmn(tag))
        }

    def shapes(self) -> None:
        for shape in self.root.iter(_di("BPMNShape")):
            element, box = shape.get("bpmnElement", ""), _box(shape)
            if box is None:
                continue
            moves = self.moves(element, box)
            if self.kinds.get(element) in _BANDS:
                if box.x > self.cut:
                    self._shift(shape)
                elif box.right > self.cut:
                    _set_box(shape.find(_dc("Bounds")), Box(box.x, box.y, box.width + self.step, box.height))
            elif moves:
                self._shift(shape)

    def edges(self) -> None:
        """Flows follow their places; must be done while the places still stand where they stood."""
        for edge in self.root.iter(_di("BPMNEdge")):
            points = _points(edge)
            if len(points) < 2:
                continue
            source, target = self.ends.get(edge.get("bpmnElement", ""), ("", ""))
            enters = target == self.inserted
            first = self._end_moves(source, points[0])
            # A flow that led to the task ends at its old place, where the inserted one stands from now on.
            last = not enters and self._end_moves(target, points[-1])
            moved = self._moved(points, first, last)
            if enters and points[-1][0] >= self.box.right - 1:
                moved = self._around(moved)
            _set_points(edge, moved)
            label = edge.find(f"{_di('BPMNLabel')}/{_dc('Bounds')}")
            box = _bounds(label)
            if box is not None and box.middle[0] > self.cut:
                _set_box(label, Box(box.x + self.step, box.y, box.width, box.height))

    def moves(self, element: str, box: Box) -> bool:
        return element in self.along or box.middle[0] > self.cut

    def _end_moves(self, element: str, point: Point) -> bool:
        shape = _shape_of(self.root, element)
        box = _box(shape) if shape is not None else None
        return self.moves(element, box) if box is not None else point[0] > self.cut

    def _moved(self, points: list[Point], first: bool, last: bool) -> list[Point]:
        """Upright stretches move as a whole, by the place they touch, so that no corner becomes a slope."""
        moves = [x > self.cut for x, _ in points]
        for order, fixed in ((range(len(points)), first), (range(len(points) - 1, -1, -1), last)):
            places = list(order)
            for place in places:
                if points[place][0] != points[places[0]][0]:
                    break
                moves[place] = fixed
        moves[0], moves[-1] = first, last
        shifted = [(x + self.step if move else x, y) for (x, y), move in zip(points, moves, strict=True)]
        made = [shifted[0]]
        for before, after, was, now in zip(shifted, shifted[1:], points, points[1:], strict=False):
            if (
                was[0] == now[0] and before[0] != after[0]
            ):  # an upright stretch between one that moved and one that stayed
                half = (before[1] + after[1]) / 2
                made += [(before[0], half), (after[0], half)]
            made.append(after)
        return made

    def _around(self, points: list[Point]) -> list[Point]:
        """A way back that came from the right now comes from below, around the task that moved there."""
        (x, y), (_, second) = points[:2]
        bottom, middle = self.box.y + self.box.height, self.box.middle[0]
        below = max(bottom + APART, second)
        leaving = [(x, y)] if second != y else [(x, y), (x - APART / 2, y)]
        return [*leaving, (leaving[-1][0], below), (middle, below), (middle, bottom)]

    def _shift(self, shape: etree._Element) -> None:
        for bounds in shape.iter(_dc("Bounds")):
            box = _bounds(bounds)
            if box is not None:
                _set_box(bounds, Box(box.x + self.step, box.y, box.width, box.height))


def _shape_of(root: etree._Element, element: str) -> etree._Element | None:
    return next((one for one in root.iter(_di("BPMNShape")) if one.get("bpmnElement") == element), None)


def _box(shape: etree._Element) -> Box | None:
    return _bounds(shape.find(_dc("Bounds")))


def _bounds(bounds: etree._Element | None) -> Box | None:
    if bounds is None:
        return None
    try:
        return Box(*(float(bounds.get(name, "")) for name in ("x", "y", "width", "height")))
    except ValueError:
        return None


def _set_box(bounds: etree._Element | None, box: Box) -> None:
    if bounds is not None:
        for name in ("x", "y", "width", "height"):
            bounds.set(name, f"{getattr(box, name):g}")


def _points(edge: etree._Element) -> list[Point]:
    try:
        return [(float(one.get("x", "")), float(one.get("y", ""))) for one in edge.findall(_wp())]
    except ValueError:
        return []


def _set_points(edge: etree._Element, points: list[Point]) -> None:
    for old in edge.findall(_wp()):
        edge.remove(old)
    for place, (x, y) in enumerate(points):
        edge.insert(place, etree.Element(_wp(), x=f"{x:g}", y=f"{y:g}"))


def _free(wanted: str, taken: set[str]) -> str:
    name = wanted
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _wp() -> str:
    return f"{{{DI}}}waypoint"


def _bpmn(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _di(name: str) -> str:
    return f"{{{BPMNDI}}}{name}"


def _dc(name: str) -> str:
    return f"{{{DC}}}{name}"
