"""The four-eyes step: before somebody decides, somebody else prepares the decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from stadtamt.kernel.xml import XmlRefused, parse_xml
from stadtamt.packages.format.layer import Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.overrides.drawing import draw_before
from stadtamt.packages.overrides.errors import OverrideRefused
from stadtamt.processes.engine import ProcessRefused, read_process

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DECIDE = "stadtamt:decide"
PREPARE = "stadtamt:prepare"
NAME = "Entscheidung vorbereiten"


def four_eyes(package: Package, override: Override) -> Package:
    """Every task in which a person decides gets a preparing task before it, in the same lane, and in the picture.

    Where all ways to the decision already lead through such a task, nothing changes.
    """
    if override.data:
        key = next(iter(override.data))
        raise OverrideRefused(override, "wrong", f"Die Angabe „{key}“ gibt es hier nicht.")
    try:
        root = parse_xml(package.process.encode())
    except XmlRefused as problem:
        raise OverrideRefused(override, "wrong", f"Der Ablauf ist nicht lesbar. {problem}") from problem
    tasks = [task for task in root.iter(_tag("userTask")) if task.get("implementation") == DECIDE]
    if not tasks:
        raise OverrideRefused(override, "gone", "Im Ablauf entscheidet kein Mensch (stadtamt:decide).")
    open_tasks = [task for task in tasks if _unprepared(root, task)]
    if not open_tasks:
        return package
    for task in open_tasks:
        _insert(root, task)
    process = etree.tostring(root, xml_declaration=True, encoding="UTF-8").decode()
    try:
        read_process(process.encode())
    except ProcessRefused as problem:
        raise OverrideRefused(override, "wrong", f"Der Ablauf ginge so nicht. {problem}") from problem
    return replace(package, process=process)


def _insert(root: etree._Element, task: etree._Element) -> None:
    process, decide = task.getparent(), task.get("id", "")
    assert process is not None  # noqa: S101 - a task stands in a process
    taken = {str(element.get("id")) for element in root.iter() if element.get("id")}
    key, flow = _free(f"prepare-{decide}", taken), _free(f"prepared-{decide}", taken)
    enters = [one for one in process.iterfind(_tag("sequenceFlow")) if one.get("targetRef") == decide]
    prepare = etree.Element(_tag("userTask"), id=key, name=NAME, implementation=PREPARE)
    listed = task.findall(_tag("incoming"))
    for one in listed:
        prepare.append(one)  # moves it over
    if listed:
        etree.SubElement(prepare, _tag("outgoing")).text = flow
        first = next((n for n, one in enumerate(task) if one.tag == _tag("outgoing")), len(task))
        task.insert(first, _with_text("incoming", flow))
    process.insert(process.index(task), prepare)
    for one in enters:
        one.set("targetRef", key)
    follow = etree.Element(_tag("sequenceFlow"), id=flow, sourceRef=key, targetRef=decide)
    process.insert(process.index(enters[-1]) + 1, follow) if enters else process.append(follow)
    for reference in [one for one in process.iter(_tag("flowNodeRef")) if (one.text or "").strip() == decide]:
        reference.addprevious(_with_text("flowNodeRef", key))
    draw_before(root, task=decide, inserted=key, flow=flow, taken=taken | {key, flow})


def _unprepared(root: etree._Element, task: etree._Element) -> bool:
    """Whether a way leads to the task that passes no preparing task; ways back from the task itself count too."""
    decide = task.get("id", "")
    passed = {str(one.get("id")) for one in root.iter(_tag("userTask")) if one.get("implementation") == PREPARE}
    follows: dict[str, list[str]] = {}
    for flow in root.iter(_tag("sequenceFlow")):
        follows.setdefault(str(flow.get("sourceRef")), []).append(str(flow.get("targetRef")))
    for event in root.iter(_tag("boundaryEvent")):
        follows.setdefault(str(event.get("attachedToRef")), []).append(str(event.get("id")))
    waiting = [*_starts(root), *follows.get(decide, [])]
    seen: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key == decide:
            return True
        if key not in seen and key not in passed:
            seen.add(key)
            waiting += follows.get(key, [])
    return False


def _starts(root: etree._Element) -> Iterator[str]:
    for event in root.iter(_tag("startEvent")):
        yield str(event.get("id"))


def _free(wanted: str, taken: set[str]) -> str:
    number = 1
    name = wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _with_text(name: str, text: str) -> etree._Element:
    element = etree.Element(_tag(name))
    element.text = text
    return element


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"
