"""The process as this house understands it: plain data read once from the diagram, stored once per version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from functools import cached_property, lru_cache
from typing import Any, Literal

type NodeKind = Literal["start", "end", "service", "user", "message", "timer", "boundary", "exclusive", "parallel"]
type StepKind = Literal["service", "user", "message", "timer"]
type Severity = Literal["error", "warning"]

FORMAT = 1
STEP_KINDS: dict[NodeKind, StepKind] = {"service": "service", "user": "user", "message": "message", "timer": "timer"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a diagram: the element's id, its line in the file, a German sentence."""

    element: str
    line: int
    sentence: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"Zeile {self.line}, „{self.element}“: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does or waits for. `activity` is the registered name behind `stadtamt:`, or empty."""

    id: str
    name: str
    kind: StepKind
    lane: str
    activity: str


@dataclass(frozen=True, slots=True)
class Timer:
    """When a timer event fires: ISO 8601 text, or an expression that gives it."""

    form: Literal["duration", "date"]
    text: str
    is_expression: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A place of the diagram. `attached_to` and `interrupting` belong to boundary timers only."""

    id: str
    kind: NodeKind
    name: str = ""
    lane: str = ""
    activity: str = ""
    line: int = 0
    default: str = ""
    attached_to: str = ""
    interrupting: bool = True
    timer: Timer | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `condition` is a normalised expression, or empty."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the diagram draws a place, pool, lane or note; in the diagram's own units."""

    element: str
    kind: Literal["node", "pool", "lane", "note"]
    text: str
    x: float
    y: float
    width: float
    height: float
    label: tuple[float, float, float, float] | None = None
    upright: bool = False
    """A lane or pool whose name stands at the top instead of at the left."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Where the diagram draws a flow or the dotted line to a note."""

    element: str
    kind: Literal["flow", "note"]
    text: str
    points: tuple[tuple[float, float], ...]
    label: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class ProcessSpec:
    """One process, read and found free of anything that could run code. Equal files give equal specs."""

    key: str
    name: str
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    lanes: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    edges: tuple[Edge, ...] = ()

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What is done or waited for, in the order of the file; without events at the edge of a task."""
        return tuple(step_of(node) for node in self.nodes if node.kind in STEP_KINDS)

    @cached_property
    def digest(self) -> str:
        """The fingerprint that ties a running state to this version."""
        return hashlib.sha256(self.serialize().encode()).hexdigest()[:32]

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """The places by id; of doubled ids (which `check` reports) the first."""
        return {node.id: node for node in reversed(self.nodes)}

    @cached_property
    def ways_out(self) -> dict[str, tuple[Flow, ...]]:
        """The flows that leave a place, in the order of the file."""
        return {node.id: tuple(flow for flow in self.flows if flow.source == node.id) for node in self.nodes}

    def check(self) -> list[Finding]:
        """What would not work when run: errors forbid a start, warnings are worth a look."""
        from stadtamt.processes.engine.checking import check

        return check(self)

    def serialize(self) -> str:
        """JSON to store once per version; `load_spec` gives back an equal spec."""
        content = {"format": FORMAT} | {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def step_of(node: Node) -> Step:
    """The place as a step; a timer at the edge of a task counts as a timer."""
    return Step(node.id, node.name, STEP_KINDS.get(node.kind, "timer"), node.lane, node.activity)


@lru_cache(maxsize=256)
def load_spec(text: str) -> ProcessSpec:
    """The spec that `serialize` stored. ValueError when the text is of an unknown format."""
    content = json.loads(text)
    if content.get("format") != FORMAT:
        raise ValueError("Dieses Format eines gespeicherten Ablaufs ist unbekannt.")
    return ProcessSpec(
        key=content["key"],
        name=content["name"],
        nodes=tuple(_node(entry) for entry in content["nodes"]),
        flows=tuple(Flow(**entry) for entry in content["flows"]),
        lanes=tuple(content["lanes"]),
        shapes=tuple(Shape(**entry | {"label": _label(entry)}) for entry in content["shapes"]),
        edges=tuple(
            Edge(**entry | {"label": _label(entry), "points": tuple((x, y) for x, y in entry["points"])})
            for entry in content["edges"]
        ),
    )


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else asdict(item) for item in value]
    return value


def _node(entry: dict[str, Any]) -> Node:
    return Node(**entry | {"timer": Timer(**entry["timer"]) if entry["timer"] else None})


def _label(entry: dict[str, Any]) -> tuple[float, float, float, float] | None:
    if not entry["label"]:
        return None
    x, y, width, height = entry["label"]
    return (x, y, width, height)
