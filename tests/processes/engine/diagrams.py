"""Small diagrams for the tests, written in two lines each."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

from stadtamt.processes.engine import ProcessSpec, Step, read_process

NOON = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
DOG_TAX = Path(__file__).parents[3] / "services/hundesteuer-anmelden/process.bpmn"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'targetNamespace="t">'
)


def bpmn(body: str, *, before: str = "", after: str = "") -> bytes:
    """A file around the inside of one process; elements in `body` are written without their prefix."""
    process = f'<bpmn:process id="p" name="Probe">{body}</bpmn:process>'
    return f"{HEAD}{before}{process}{after}</bpmn:definitions>".encode()


def place(tag: str, key: str, *, inside: str = "", **attributes: str) -> str:
    """One element of the process, named like its id."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<bpmn:{tag} id="{key}" name="{key}"{said}>{inside}</bpmn:{tag}>'


def service(key: str, activity: str = "assess") -> str:
    return place("serviceTask", key, implementation=f"stadtamt:{activity}")


def user(key: str) -> str:
    return place("userTask", key, implementation="stadtamt:decide")


def flows(*ways: str) -> str:
    """`a>b` or `a>b if condition`; the id of each is `a-b`."""
    drawn = []
    for way in ways:
        ends, _, condition = way.partition(" if ")
        source, _, target = ends.partition(">")
        guard = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
        key = f'id="{source}-{target}" sourceRef="{source}" targetRef="{target}"'
        drawn.append(f"<bpmn:sequenceFlow {key}>{guard}</bpmn:sequenceFlow>")
    return "".join(drawn)


def timed(tag: str, key: str, wait: str, **attributes: str) -> str:
    form = "timeDuration" if wait.startswith(("P", "=", "R")) else "timeDate"
    inside = f"<bpmn:timerEventDefinition><bpmn:{form}>{wait}</bpmn:{form}></bpmn:timerEventDefinition>"
    return place(tag, key, inside=inside, **attributes)


def straight(middle: str, *keys: str) -> bytes:
    """start > keys … > end."""
    line = ["start", *keys, "end"]
    ways = flows(*(f"{one}>{two}" for one, two in itertools.pairwise(line)))
    return bpmn(place("startEvent", "start") + middle + place("endEvent", "end") + ways)


def read(xml: bytes) -> ProcessSpec:
    return read_process(xml)


def dog_tax() -> ProcessSpec:
    return read_process(DOG_TAX.read_bytes())


def nothing(step: Step, data: dict[str, object]) -> dict[str, object]:
    """Activities that do nothing."""
    return {}
