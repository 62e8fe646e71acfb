"""Steps and paths of the diagram that are other than before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from stadtamt.packages.format.package import Package
from stadtamt.packages.merging.result import Change
from stadtamt.packages.merging.words import shown
from stadtamt.processes.engine import ProcessRefused, ProcessSpec, read_process
from stadtamt.processes.engine.spec import Flow, Node

type Way = tuple[str, str]
_WORDS = {
    "activity": "Tätigkeit",
    "lane": "Zuständigkeit",
    "kind": "Art",
    "timer": "Frist",
    "attached_to": "Platz der Frist",
    "interrupting": "Unterbrechung",
}


def process_changes(old: Package, new: Package) -> Iterator[Change]:
    """Steps added, removed, renamed or done otherwise; paths added, removed or under another condition."""
    if old.process == new.process:
        return
    try:
        before, after = (read_process(one.process.encode()) for one in (old, new))
    except ProcessRefused:
        yield Change("process", "process.bpmn", None, None, "Der Ablauf ist anders und lässt sich nicht vergleichen.")
        return
    yield from _steps(before, after)
    yield from _paths(before, after)


def _steps(before: ProcessSpec, after: ProcessSpec) -> Iterator[Change]:
    for key, node in after.by_id.items():
        if key not in before.by_id:
            yield Change("step-new", key, None, _called(node), f"Schritt neu: {shown(_called(node))}.")
        else:
            yield from _step(before.by_id[key], node)
    for key, node in before.by_id.items():
        if key not in after.by_id:
            yield Change("step-removed", key, _called(node), None, f"Schritt entfällt: {shown(_called(node))}.")


def _step(old: Node, new: Node) -> Iterator[Change]:
    if old.name != new.name:
        sentence = f"Schritt {shown(_called(old))} heißt jetzt {shown(_called(new))}."
        yield Change("step-renamed", new.id, _called(old), _called(new), sentence)
    for key, word in _WORDS.items():
        one, other = asdict(old)[key], asdict(new)[key]
        if one != other:
            sentence = f"Schritt {shown(_called(new))}, {word}: bisher {shown(one)}, jetzt {shown(other)}."
            yield Change("step-changed", f"{new.id}.{key}", one, other, sentence)


def _paths(before: ProcessSpec, after: ProcessSpec) -> Iterator[Change]:
    old, new = _ways(before), _ways(after)
    for way, flow in new.items():
        told = _told(after, way)
        if way not in old:
            yield Change("path-new", flow.id, None, list(way), f"Weg neu: {told}.")
            continue
        rules = [_rule(spec, one) for spec, one in ((before, old[way]), (after, flow))]
        if rules[0] != rules[1]:
            sentence = f"Weg {told}, Bedingung: bisher {shown(rules[0])}, jetzt {shown(rules[1])}."
            yield Change("path-changed", flow.id, rules[0], rules[1], sentence)
    for way, flow in old.items():
        if way not in new:
            yield Change("path-removed", flow.id, list(way), None, f"Weg entfällt: {_told(before, way)}.")


def _ways(spec: ProcessSpec) -> dict[Way, Flow]:
    return {(flow.source, flow.target): flow for flow in spec.flows}


def _rule(spec: ProcessSpec, flow: Flow) -> str:
    source = spec.by_id.get(flow.source)
    return flow.condition or ("sonst" if source is not None and source.default == flow.id else "")


def _told(spec: ProcessSpec, way: Way) -> str:
    return " → ".join(shown(_called(spec.by_id[key]) if key in spec.by_id else key) for key in way)


def _called(node: Node) -> str:
    return node.name or node.id
