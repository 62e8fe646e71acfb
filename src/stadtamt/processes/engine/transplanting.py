"""A running instance goes on in another version of its diagram, where that one knows the places at which it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from stadtamt.processes.engine import tree
from stadtamt.processes.engine.building import build, name_of, position_in
from stadtamt.processes.engine.errors import NotTransplantable, StateOfAnotherVersion
from stadtamt.processes.engine.running import ProcessState
from stadtamt.processes.engine.soundness import Token, stuck_at
from stadtamt.processes.engine.spec import Node, ProcessSpec

_TO_COME = TaskState.FUTURE | TaskState.LIKELY | TaskState.MAYBE
_HUMAN = frozenset({"user", "message"})


def transplant(
    old: ProcessSpec, new: ProcessSpec, state: ProcessState, *, passed: Set[str] = frozenset()
) -> ProcessState:
    """The same instance in the new diagram: at the same places, with the same data, tasks and running clocks.

    `passed` are the places that were gone through so far. NotTransplantable names the place that stands against it:
    one that the new diagram does not know or understands otherwise, work of a person that the new diagram would have
    asked for before, or a gateway at which it would wait for ever.
    """
    content = json.loads(state.text)
    if content["spec"] != old.digest:
        raise StateOfAnotherVersion
    if content["ended"]:
        raise NotTransplantable("Der Ablauf ist schon zu Ende.")
    build(new)  # refuses a diagram with errors
    gone = passed | {step for step, _ in content["unreported"]}
    past = _Past(old, content["tree"])
    for node in past.standing:
        _check_place(old, new, node)
    _check_forks(past, new)
    tokens = [*_tokens(past, new)]
    _check_skipped(new, past, gone)
    _check_end(new, tokens)
    workflow = tree.load(build(new), [*_rows(past, new)], ended=False)
    for task in [*tree.walk(workflow)]:
        if task.has_state(TaskState.READY | TaskState.WAITING):
            task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
    return ProcessState(
        json.dumps(
            {**content, "spec": new.digest, "tree": tree.dump(workflow)}, ensure_ascii=False, separators=(",", ":")
        )
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A task of the engine that is no mere forecast. `node` is None for what the engine adds by itself."""

    place: int
    parent: int
    name: str
    state: int
    rest: list[Any]
    node: Node | None

    @property
    def active(self) -> bool:
        return bool(self.state & (TaskState.READY | TaskState.WAITING | TaskState.STARTED))


class _Past:
    """What the stored tree says without its forecasts."""

    def __init__(self, spec: ProcessSpec, rows: list[Any]) -> None:
        self.spec = spec
        self.rows: dict[int, _Row] = {}
        for place, (parent, name, state, *rest) in enumerate(rows):
            if not state & _TO_COME:
                self.rows[place] = _Row(place, parent, name, state, rest, _node_of(spec, name))

    @property
    def standing(self) -> list[Node]:
        """Where the instance stands now, with the gateways at which a branch waits for another."""
        return [row.node for row in self.rows.values() if row.active and row.node is not None and _own(row.name)]

    @property
    def finished(self) -> list[_Row]:
        return [row for row in self.rows.values() if not row.active and row.node is not None]

    def waiting_at_joins(self) -> list[tuple[Node, Node]]:
        """Pairs of the place that a branch came from and the gateway at which it waits."""
        found = []
        for row in self.rows.values():
            before = self.rows[row.parent].node if row.parent >= 0 else None
            if row.node is not None and row.node.kind == "parallel" and row.state == TaskState.WAITING and before:
                found.append((before, row.node))
        return found


def _check_place(old: ProcessSpec, new: ProcessSpec, node: Node) -> None:
    other = new.by_id.get(node.id)
    name = node.name or node.id
    if other is None:
        raise NotTransplantable(f"Der Vorgang steht bei „{name}“. Diesen Schritt gibt es im neuen Ablauf nicht.")
    if (other.kind, other.activity, other.attached_to) != (node.kind, node.activity, node.attached_to):
        raise NotTransplantable(f"Der Vorgang steht bei „{name}“. Dieser Schritt ist im neuen Ablauf etwas anderes.")
    if _edge(old, node) != _edge(new, other):
        raise NotTransplantable(f"Für „{name}“ gelten im neuen Ablauf andere Fristen; sie laufen schon.")


def _check_forks(past: _Past, new: ProcessSpec) -> None:
    for row in past.finished:
        node = row.node
        if node is not None and (node.id not in new.by_id or new.by_id[node.id].kind != node.kind):
            name = node.name or node.id
            raise NotTransplantable(f"Von „{name}“ laufen mehrere Wege. Im neuen Ablauf gibt es die Stelle nicht so.")


def _tokens(past: _Past, new: ProcessSpec) -> Iterator[Token]:
    waiting = {node.id for node in past.standing}
    for row in past.rows.values():
        node = row.node
        if node is None or not row.active or not _own(row.name) or node.kind == "boundary":
            continue
        if node.kind == "parallel" and row.state == TaskState.WAITING:
            continue
        edge = tuple(key for key, _ in _edge(new, node) if key in waiting)
        yield Token(at=node.id, edge=edge)
    for before, gateway in past.waiting_at_joins():
        ways = [flow for flow in new.ways_out[before.id] if flow.target == gateway.id]
        if len(ways) != 1:
            name = gateway.name or gateway.id
            raise NotTransplantable(f"Ein Weg wartet bei „{name}“. Im neuen Ablauf führt er nicht dorthin.")
        yield Token(on=ways[0].id)


def _check_skipped(new: ProcessSpec, past: _Past, gone: Set[str]) -> None:
    """Work of a person without which nobody comes to where the instance stands must have been done."""
    standing = {node.attached_to or node.id for node in past.standing}
    for node in new.nodes:
        if node.kind not in _HUMAN or node.id in gone or node.id in standing:
            continue
        if standing - _reached(new, without=node.id):
            name = node.name or node.id
            raise NotTransplantable(f"Im neuen Ablauf käme vorher „{name}“. Das ist in diesem Vorgang nicht geschehen.")


def _check_end(new: ProcessSpec, tokens: list[Token]) -> None:
    try:
        gateway = stuck_at(new, tokens)
    except OverflowError:
        raise NotTransplantable("Der neue Ablauf ist zu verzweigt, um den Wechsel zu prüfen.") from None
    if gateway is not None:
        name = gateway.name or gateway.id
        raise NotTransplantable(f"Im neuen Ablauf bliebe der Vorgang bei „{name}“ stehen: Dort fehlte ein zweiter Weg.")


def _reached(spec: ProcessSpec, *, without: str) -> set[str]:
    found: set[str] = set()
    ahead = [node.id for node in spec.nodes if node.kind == "start"]
    while ahead:
        key = ahead.pop()
        if key in found or key == without:
            continue
        found.add(key)
        ahead += [flow.target for flow in spec.ways_out[key]]
        ahead += [node.id for node in spec.nodes if node.attached_to == key]
    return found


def _rows(past: _Past, new: ProcessSpec) -> Iterator[list[Any]]:
    places = {row.place: number for number, row in enumerate(past.rows.values())}
    positions = {node.id: name_of(position) for position, node in enumerate(new.nodes)}
    for row in past.rows.values():
        name = row.name
        if row.node is not None:
            name = positions[row.node.id] + _ending(row.name)
        yield [places[row.parent] if row.parent >= 0 else -1, name, row.state, *row.rest]


def _node_of(spec: ProcessSpec, name: str) -> Node | None:
    """The place of the diagram; also for the engine's split and join around a place with deadlines at its edge."""
    position = position_in(name.removesuffix(_ending(name)))
    return spec.nodes[position] if position is not None else None


def _own(name: str) -> bool:
    return position_in(name) is not None


def _ending(name: str) -> str:
    return next((ending for ending in (":split", ":join") if name.endswith(ending)), "")


def _edge(spec: ProcessSpec, node: Node) -> list[tuple[str, bool]]:
    return sorted((one.id, one.interrupting) for one in spec.nodes if one.attached_to == node.id)
