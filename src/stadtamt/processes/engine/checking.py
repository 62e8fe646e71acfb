"""What a diagram lacks before it can run: each finding with the element, its line and a German sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from stadtamt.processes.engine.spec import Finding, Node, ProcessSpec

_WAITS = frozenset({"user", "message", "timer"})


def check(spec: ProcessSpec) -> list[Finding]:
    """Errors first, each group in the order of the file. Without errors the process can be started."""
    findings = [*_doubled(spec), *_ends(spec), *_dangling(spec)]
    if not findings:  # what follows needs a whole graph
        findings = [*_reach(spec), *_waits_for_itself(spec), *_circles(spec)]
    for node in spec.nodes:
        findings += [*_place(spec, node), *_edge_event(spec, node)]
        findings += _gateway(spec, node) if node.kind == "exclusive" else _plain_exit(spec, node)
    return sorted(findings, key=lambda finding: (finding.severity != "error", finding.line))


def _doubled(spec: ProcessSpec) -> Iterator[Finding]:
    lines = [(node.id, node.line) for node in spec.nodes] + [(flow.id, flow.line) for flow in spec.flows]
    count = Counter(key for key, _ in lines)
    seen: set[str] = set()
    for key, line in lines:
        if count[key] > 1 and key in seen:
            yield Finding(key, line, f"Die Kennung „{key}“ ist mehrfach vergeben.")
        seen.add(key)


def _ends(spec: ProcessSpec) -> Iterator[Finding]:
    starts = [node for node in spec.nodes if node.kind == "start"]
    if not starts:
        yield Finding(spec.key, 1, "Es fehlt ein Startereignis.")
    for node in starts[1:]:
        yield Finding(node.id, node.line, "Es gibt mehr als ein Startereignis.")
    if not any(node.kind == "end" for node in spec.nodes):
        yield Finding(spec.key, 1, "Es fehlt ein Endereignis.")


def _dangling(spec: ProcessSpec) -> Iterator[Finding]:
    for flow in spec.flows:
        for end, word in ((flow.source, "beginnt"), (flow.target, "endet")):
            if end not in spec.by_id:
                yield Finding(flow.id, flow.line, f"Der Fluss {word} im Leeren („{end}“ gibt es nicht).")


def _reach(spec: ProcessSpec) -> Iterator[Finding]:
    forwards: dict[str, list[str]] = {node.id: [] for node in spec.nodes}
    backwards: dict[str, list[str]] = {node.id: [] for node in spec.nodes}
    links = [(flow.source, flow.target) for flow in spec.flows]
    links += [(node.attached_to, node.id) for node in spec.nodes if node.attached_to in spec.by_id]
    for source, target in links:
        forwards[source].append(target)
        backwards[target].append(source)
    reached = _closure((node.id for node in spec.nodes if node.kind == "start"), forwards)
    leaving = _closure((node.id for node in spec.nodes if node.kind == "end"), backwards)
    for node in spec.nodes:
        if node.id not in reached:
            yield Finding(node.id, node.line, f"„{node.name or node.id}“ ist vom Start aus nicht erreichbar.")
        elif node.id not in leaving:
            yield Finding(node.id, node.line, f"Von „{node.name or node.id}“ führt kein Weg zu einem Ende.")


def _waits_for_itself(spec: ProcessSpec) -> Iterator[Finding]:
    """Parallel gateways into which a way leads that begins only behind them: they would wait for ever."""
    for node in spec.nodes:
        enters = [flow for flow in spec.flows if flow.target == node.id]
        if node.kind != "parallel" or len(enters) < 2:
            continue
        links: dict[str, list[str]] = {other.id: [] for other in spec.nodes}
        for flow in spec.flows:
            links[flow.source] += [flow.target] if node.id not in {flow.source, flow.target} else []
        for other in spec.nodes:
            if other.attached_to in links:
                links[other.attached_to].append(other.id)
        before = _closure((other.id for other in spec.nodes if other.kind == "start"), links)
        if any(flow.source not in before for flow in enters):
            sentence = (
                "Hier wird auf einen Weg gewartet, der erst dahinter beginnt. Setzen Sie ein exklusives Gateway davor."
            )
            yield Finding(node.id, node.line, sentence)


def _closure(begin: Iterable[str], links: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    open_ends = list(begin)
    while open_ends:
        key = open_ends.pop()
        if key not in found:
            found.add(key)
            open_ends += links[key]
    return found


def _circles(spec: ProcessSpec) -> Iterator[Finding]:
    """Ways back on which nobody is waited for: what is left when places without a way in are taken off again."""
    hurried = {node.id for node in spec.nodes if node.kind not in _WAITS}
    links = {(flow.source, flow.target) for flow in spec.flows if {flow.source, flow.target} <= hurried}
    while True:
        entered = {target for _, target in links}
        left = {source for source, _ in links}
        kept = {(source, target) for source, target in links if source in entered and target in left}
        if kept == links:
            break
        links = kept
    for node in spec.nodes:
        if any(node.id == source for source, _ in links) and node.kind == "exclusive":
            sentence = "Hier kann der Ablauf im Kreis laufen, ohne auf jemanden zu warten."
            yield Finding(node.id, node.line, sentence, "warning")


def _place(spec: ProcessSpec, node: Node) -> Iterator[Finding]:
    called = node.name or node.id
    enters = [flow for flow in spec.flows if flow.target == node.id]
    if node.kind in {"start", "boundary"} and enters:
        yield Finding(node.id, node.line, f"In „{called}“ darf kein Fluss hineinführen.")
    if node.kind == "end" and spec.ways_out[node.id]:
        yield Finding(node.id, node.line, f"Aus dem Ende „{called}“ führt ein Fluss heraus.")
    if node.kind != "end" and not spec.ways_out[node.id]:
        yield Finding(node.id, node.line, f"„{called}“ ist eine Sackgasse: Kein Fluss führt weiter.")
    if node.kind == "service" and not node.activity:
        yield Finding(node.id, node.line, f'„{called}“ nennt keine Tätigkeit (implementation="stadtamt:…").')
    if node.kind in _WAITS | {"service"} and not node.name:
        yield Finding(node.id, node.line, "Der Schritt hat keinen Namen.", "warning")
    if node.kind == "user" and not node.lane:
        yield Finding(node.id, node.line, f"„{called}“ steht in keiner Bahn; wer es tut, bleibt offen.", "warning")
    if node.default and node.default not in {flow.id for flow in spec.ways_out[node.id]}:
        yield Finding(node.id, node.line, f"Der Standardfluss „{node.default}“ geht nicht von „{called}“ aus.")


def _edge_event(spec: ProcessSpec, node: Node) -> Iterator[Finding]:
    if node.kind != "boundary":
        return
    host = spec.by_id.get(node.attached_to)
    if host is None or host.kind not in {"user", "message"}:
        sentence = (
            "Eine Frist am Rand wirkt nur an einer Aufgabe, auf die jemand wartet (Benutzer- oder Empfangsaufgabe)."
        )
        yield Finding(node.id, node.line, sentence)


def _plain_exit(spec: ProcessSpec, node: Node) -> Iterator[Finding]:
    ways = spec.ways_out[node.id]
    if len(ways) > 1 and node.kind != "parallel":
        yield Finding(
            node.id, node.line, f"Aus „{node.name or node.id}“ führen mehrere Flüsse; nehmen Sie ein Gateway."
        )
    for flow in ways:
        if flow.condition:
            yield Finding(flow.id, flow.line, "Eine Bedingung wirkt nur hinter einer exklusiven Verzweigung.")


def _gateway(spec: ProcessSpec, node: Node) -> Iterator[Finding]:
    ways, called = spec.ways_out[node.id], node.name or node.id
    free = [flow for flow in ways if not flow.condition and flow.id != node.default]
    if len(ways) < 2:
        return
    if free and (node.default or len(free) > 1):
        for flow in free:
            yield Finding(flow.id, flow.line, f"Hinter „{called}“ fehlt diesem Fluss die Bedingung.")
    elif free:
        sentence = (
            f"Der Fluss ohne Bedingung hinter „{called}“ gilt für alle übrigen Fälle; machen Sie ihn zum Standardfluss."
        )
        yield Finding(free[0].id, free[0].line, sentence, "warning")
    elif not node.default:
        sentence = f"„{called}“ hat keinen Standardfluss: Trifft keine Bedingung zu, bleibt der Ablauf stehen."
        yield Finding(node.id, node.line, sentence, "warning")
    for flow in ways:
        if flow.id == node.default and flow.condition:
            yield Finding(flow.id, flow.line, "Die Bedingung eines Standardflusses wird nicht beachtet.", "warning")
