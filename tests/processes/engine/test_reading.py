"""What the reader takes and, above all, what it refuses by name."""

from __future__ import annotations

import time

import pytest

from stadtamt.processes.engine import ProcessRefused, load_spec, read_process

from .diagrams import HEAD, bpmn, dog_tax, flows, place, service, straight, timed, user

START_END = place("startEvent", "start") + place("endEvent", "end")


def task_with(inside: str) -> bytes:
    task = place("serviceTask", "t", implementation="stadtamt:assess", inside=inside)
    return straight(task, "t")


def extended(inside: str) -> bytes:
    return task_with(f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>")


def condition(text: str, attributes: str = "") -> bytes:
    guard = f"<bpmn:conditionExpression{attributes}>{text}</bpmn:conditionExpression>"
    way = f'<bpmn:sequenceFlow id="f" sourceRef="g" targetRef="end">{guard}</bpmn:sequenceFlow>'
    return bpmn(START_END + place("exclusiveGateway", "g") + flows("start>g") + way)


HOSTILE = {
    "script task": (straight(place("scriptTask", "x", inside="<bpmn:script>1</bpmn:script>"), "x"), "scriptTask"),
    "business rule": (straight(place("businessRuleTask", "x"), "x"), "businessRuleTask"),
    "call activity": (straight(place("callActivity", "x", calledElement="q"), "x"), "callActivity"),
    "plain task": (straight(place("task", "x"), "x"), "task"),
    "sub-process": (straight(place("subProcess", "x"), "x"), "subProcess"),
    "ad-hoc": (straight(place("adHocSubProcess", "x"), "x"), "adHocSubProcess"),
    "transaction": (straight(place("transaction", "x"), "x"), "transaction"),
    "import": (bpmn(START_END, before='<bpmn:import importType="x" location="http://x.invalid/"/>'), "import"),
    "multi-instance": (task_with('<bpmn:multiInstanceLoopCharacteristics isSequential="true"/>'), "multiInstance"),
    "standard loop": (task_with("<bpmn:standardLoopCharacteristics/>"), "standardLoop"),
    "data mapping": (task_with("<bpmn:ioSpecification/>"), "ioSpecification"),
    "listener": (extended('<camunda:executionListener class="a.B" event="start"/>'), "camunda:executionListener"),
    "connector": (extended("<camunda:connector/>"), "camunda:connector"),
    "job worker": (extended('<zeebe:taskDefinition type="x"/>'), "zeebe:taskDefinition"),
    "hidden in properties": (
        extended("<camunda:properties><camunda:script>1</camunda:script></camunda:properties>"),
        "camunda:script",
    ),
    "code as attribute": (straight(place("serviceTask", "x", **{"camunda:class": "a.B"}), "x"), "class"),
    "expression as attribute": (
        straight(place("serviceTask", "x", **{"camunda:expression": "${f()}"}), "x"),
        "expression",
    ),
    "foreign element": (straight('<camunda:field name="x"/>' + service("x"), "x"), "camunda:field"),
    "web service": (straight(place("serviceTask", "x", implementation="http://x.invalid/"), "x"), "http://x.invalid/"),
    "endless timer": (
        straight(
            place(
                "intermediateCatchEvent",
                "x",
                inside="<bpmn:timerEventDefinition><bpmn:timeCycle>R/PT0S</bpmn:timeCycle></bpmn:timerEventDefinition>",
            ),
            "x",
        ),
        "timeCycle",
    ),
    "cycle as duration": (straight(timed("intermediateCatchEvent", "x", "R/PT0S"), "x"), "R/PT0S"),
    "negative duration": (straight(timed("intermediateCatchEvent", "x", "P-1D"), "x"), "P-1D"),
    "endless number": (straight(timed("intermediateCatchEvent", "x", "P" + "9" * 5000 + "D"), "x"), "ist nicht eine"),
    "timer at the start": (
        bpmn(timed("startEvent", "start", "P1D") + place("endEvent", "end") + flows("start>end")),
        "timerEventDefinition",
    ),
    "terminate": (
        bpmn(
            place("startEvent", "start")
            + place("endEvent", "end", inside="<bpmn:terminateEventDefinition/>")
            + flows("start>end")
        ),
        "terminateEventDefinition",
    ),
    "signal": (
        straight(place("intermediateCatchEvent", "x", inside="<bpmn:signalEventDefinition/>"), "x"),
        "signalEventDefinition",
    ),
    "compensation": (straight(place("userTask", "x", isForCompensation="true"), "x"), "isForCompensation"),
    "python call": (condition("__import__('os').system('id')"), "nicht lesbar"),
    "python dunder": (condition("x.__class__.__mro__ = 1"), "nicht lesbar"),
    "python comparison": (condition("clear == True"), "nicht lesbar"),
    "unknown function": (condition("=open(&quot;/etc/passwd&quot;)"), "nicht lesbar"),
    "condition in Python": (condition("clear", ' language="python"'), "„python“"),
    "condition from a file": (condition("clear", ' camunda:resource="x.groovy"'), "resource"),
    "two processes": (bpmn(START_END, after='<bpmn:process id="q"/>'), "hier stehen 2"),
    "no process": (f"{HEAD}</bpmn:definitions>".encode(), "hier stehen 0"),
    "no id": (bpmn("<bpmn:userTask/>"), "keine Kennung"),
    "not BPMN": (b"<html/>", "keine BPMN-2.0-Datei"),
    "not XML": (b"GIF89a", "XML"),
    "old namespace": (b'<definitions xmlns="http://schema.omg.org/spec/BPMN/1.0"/>', "keine BPMN-2.0-Datei"),
    "external entity": (
        b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>',
        "DOCTYPE",
    ),
    "billion laughs": (b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><d>&b;</d>', "DOCTYPE"),
    "thousands of tasks": (straight("".join(user(f"t{n}") for n in range(600)), "t1"), "zu groß"),
}


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.replace(" ", "-"))
def test_what_could_run_code_or_would_not_be_obeyed_is_refused_by_name(case: str) -> None:
    xml, word = HOSTILE[case]
    began = time.perf_counter()
    with pytest.raises(ProcessRefused) as refused:
        read_process(xml)
    assert word in str(refused.value)
    assert time.perf_counter() - began < 1


def test_a_refusal_names_every_element_with_its_id_and_line() -> None:
    xml = bpmn("\n" + place("scriptTask", "one") + "\n\n" + place("callActivity", "two"))
    with pytest.raises(ProcessRefused) as refused:
        read_process(xml)
    assert [(finding.element, finding.line) for finding in refused.value.findings] == [("one", 3), ("two", 5)]
    assert str(refused.value.findings[0]).startswith("Zeile 3, „one“: scriptTask: Skripte werden nie ausgeführt.")


@pytest.mark.parametrize("written", ["clear = true", "=clear = true", "= clear = true", "${clear = true}"])
def test_conditions_are_understood_however_a_modeller_wraps_them(written: str) -> None:
    assert read_process(condition(written)).flows[-1].condition == "clear = true"


def test_colours_properties_and_platform_marks_of_modellers_are_let_pass() -> None:
    inside = '<bpmn:extensionElements><camunda:properties><camunda:property name="a" value="b"/></camunda:properties>'
    task = place("userTask", "t", inside=inside + "</bpmn:extensionElements>", implementation="stadtamt:decide")
    assert read_process(straight(task, "t")).steps[0].activity == "decide"


def test_steps_know_their_activity_and_their_lane() -> None:
    steps = {step.id: step for step in dog_tax().steps}
    assert (steps["answer"].lane, steps["answer"].kind, steps["answer"].activity) == (
        "Bürgerin oder Bürger",
        "user",
        "answer",
    )
    assert (steps["assess"].lane, steps["assess"].kind, steps["assess"].activity) == ("Steueramt", "service", "assess")


def test_a_stored_spec_comes_back_equal() -> None:
    spec = dog_tax()
    again = load_spec(spec.serialize())
    assert again == spec
    assert again.digest == spec.digest


def test_a_spec_of_an_unknown_format_is_not_loaded() -> None:
    with pytest.raises(ValueError, match="Format"):
        load_spec('{"format": 99}')
