"""The diagram: what cannot run, what nobody can do, what leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from stadtamt.packages.checking.findings import Finding, error, warning
from stadtamt.packages.checking.parts import Parts
from stadtamt.processes.activities import CITIZEN_LANE, KNOWN
from stadtamt.processes.engine import ProcessRefused, ProcessSpec, read_process
from stadtamt.processes.engine.conditions import compiled
from stadtamt.processes.engine.spec import Node

FILE = "process.bpmn"


def check_diagram(parts: Parts) -> ProcessSpec | None:
    """Puts what is wrong among the findings; the process where it could be read."""
    if FILE not in parts.texts:
        return None
    try:
        spec = read_process(parts.texts[FILE].encode())
    except ProcessRefused as problem:
        for one in problem.findings:
            parts.findings.append(error(FILE, f"„{one.element}“: {one.sentence}", one.line))
        return None
    for one in spec.check():
        parts.findings.append(Finding(FILE, one.line or None, one.severity, f"„{one.element}“: {one.sentence}"))
    for node in spec.nodes:
        parts.findings += _activity(node)
    parts.findings += [*_conditions(spec), *_drawn(spec), *_automation(parts, spec)]
    return spec


def _activity(node: Node) -> Iterator[Finding]:
    called = node.name or node.id
    if node.kind not in {"service", "user"} or (node.kind == "service" and not node.activity):
        return
    known = KNOWN.get(node.activity)
    if known is None:
        named = f"stadtamt:{node.activity}" if node.activity else "ohne Angabe (implementation)"
        names = ", ".join(name for name, one in KNOWN.items() if one.kind == node.kind)
        yield error(FILE, f"„{called}“: Die Tätigkeit {named} gibt es nicht. Möglich sind: {names}.", node.line)
        return
    if known.kind != node.kind:
        word = "Dienstaufgabe" if known.kind == "service" else "Benutzeraufgabe"
        yield error(FILE, f"„{called}“: stadtamt:{node.activity} gehört an eine {word}.", node.line)
    if known.citizen and node.lane != CITIZEN_LANE:
        yield error(FILE, f"„{called}“ gehört in die Bahn „{CITIZEN_LANE}“.", node.line)
    if known.kind == "user" and not known.citizen and node.lane == CITIZEN_LANE:
        yield error(FILE, f"„{called}“ ist Sache des Amts und steht in der Bahn „{CITIZEN_LANE}“.", node.line)


def _conditions(spec: ProcessSpec) -> Iterator[Finding]:
    """Conditions may look only at what a step of this diagram leaves behind."""
    known = {name for node in spec.nodes if node.activity in KNOWN for name in KNOWN[node.activity].sets}
    for flow in spec.flows:
        if flow.condition:
            for name in sorted(compiled(flow.condition).names - known):
                sentence = f"„{flow.id}“: Den Wert „{name}“ setzt keine Tätigkeit dieses Ablaufs."
                yield error(FILE, sentence, flow.line)


def _drawn(spec: ProcessSpec) -> Iterator[Finding]:
    drawn = {shape.element for shape in spec.shapes}
    missing = [node for node in spec.nodes if node.id not in drawn]
    if missing and len(missing) == len(spec.nodes):
        yield warning(FILE, "Der Ablauf ist nicht gezeichnet (BPMN DI fehlt). Es gibt dann kein Bild von ihm.")
        return
    for node in missing:
        yield warning(FILE, f"„{node.name or node.id}“ ist nicht gezeichnet (BPMN DI fehlt).", node.line)


def _automation(parts: Parts, spec: ProcessSpec) -> Iterator[Finding]:
    there = {node.activity for node in spec.nodes}
    enabled = parts.section("automation").get("enabled") is True
    if enabled and "decide-automatically" not in there:
        yield warning(FILE, "Automatisch zu entscheiden ist erlaubt, aber der Ablauf tut es nirgends.")
    if not enabled and "decide-automatically" in there:
        yield warning(FILE, "Der Ablauf entscheidet automatisch, aber in [automation] ist das nicht erlaubt.")
    if not there & {"decide", "decide-automatically"}:
        yield error(FILE, "In diesem Ablauf entscheidet niemand (stadtamt:decide fehlt).")
    if "issue-notice" not in there:
        yield warning(FILE, "Dieser Ablauf erstellt keinen Bescheid (stadtamt:issue-notice fehlt).")
