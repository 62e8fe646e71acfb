"""Where the process stands, drawn and listed."""

from __future__ import annotations

import dataclasses
import re

from lxml import etree

from stadtamt.processes.diagram import StepLine, describe, draw_svg, list_steps, reading_order, wrapped

from .engine.diagrams import bpmn, dog_tax, flows, place, read, service, straight, timed, user

SVG = "{http://www.w3.org/2000/svg}"
DONE = {"received", "assess", "is-clear", "decide", "which-outcome", "ask"}


def drawn() -> etree._Element:
    return etree.fromstring(draw_svg(dog_tax(), done=DONE, current={"answer"}).encode())


def place_of(root: etree._Element, words: str) -> etree._Element:
    return next(group for group in root.iter(f"{SVG}g") if words in (group.findtext(f"{SVG}title") or ""))


def test_the_drawing_has_a_title_and_says_in_words_where_it_stands() -> None:
    root = drawn()
    named = root.get("aria-labelledby", "").split()
    texts = {element.get("id"): element.text for element in root if element.get("id")}
    assert root.get("role") == "img"
    assert [texts[key] for key in named] == [
        "Hund zur Hundesteuer anmelden",
        "Der Ablauf steht bei „Rückfrage beantworten“ (Bürgerin oder Bürger). 4 von 12 Schritten sind erledigt.",
    ]


def test_the_present_place_is_marked_by_shape_and_word_not_by_colour_alone() -> None:
    group = place_of(drawn(), "Rückfrage beantworten: Aufgabe, jetzt hier")
    classes = {element.get("class") for element in group.iter()}
    assert {"bpmn-ring", "bpmn-flag", "bpmn-flag-text"} <= classes
    assert "jetzt hier" in "".join(group.itertext(f"{SVG}tspan"))


def test_what_is_done_carries_a_tick_and_what_is_open_nothing() -> None:
    root = drawn()
    done = {element.get("class") for element in place_of(root, "Rückfrage stellen: geschieht von selbst, erledigt")}
    still_open = {element.get("class") for element in place_of(root, "Ins Postfach legen: geschieht von selbst, offen")}
    assert "bpmn-tick" in done
    assert not still_open & {"bpmn-tick", "bpmn-ring", "bpmn-flag"}


def test_the_drawing_carries_no_style_no_script_and_no_outside_reference() -> None:
    text = draw_svg(dog_tax(), done=DONE, current={"answer"})
    assert not re.search(r"<style|<script|style=|\son\w+=|href|url\(", text)


def test_every_place_flow_and_lane_of_the_file_is_drawn() -> None:
    root, spec = drawn(), dog_tax()
    count = {name: sum(element.get("class") == name for element in root.iter()) for name in ("bpmn-flow", "bpmn-lane")}
    places = [element for element in root.iter() if (element.get("class") or "").startswith("bpmn-place ")]
    assert (len(places), count["bpmn-flow"], count["bpmn-lane"]) == (len(spec.nodes), len(spec.flows), 2)


def test_names_from_the_file_cannot_break_out_of_the_drawing() -> None:
    spec = dog_tax()
    evil = "</title><script>alert(1)</script>"
    nodes = tuple(dataclasses.replace(node, name=evil) for node in spec.nodes)
    text = draw_svg(dataclasses.replace(spec, name=evil, nodes=nodes), done=set(), current=set())
    assert "<script" not in text
    etree.fromstring(text.encode())


def test_a_process_without_a_drawing_gives_no_picture_but_a_list() -> None:
    spec = read(straight(user("t"), "t"))
    assert draw_svg(spec, done=set(), current=set()) == ""
    assert [line.name for line in list_steps(spec, set(), set())] == ["start", "t", "end"]


def test_the_list_follows_the_case_and_names_whose_turn_it_is() -> None:
    lines = list_steps(dog_tax(), DONE, {"answer"})
    assert [line.name for line in lines] == [
        "Antrag eingegangen",
        "Antrag prüfen und Steuer berechnen",
        "Automatisch entscheiden",
        "Antrag entscheiden",
        "Rückfrage stellen",
        "Rückfrage beantworten",
        "Antwort prüfen und Steuer neu berechnen",
        "Bescheid ausstellen",
        "Ins Postfach legen",
        "Bescheid drucken und zur Post geben",
        "Aufgabe zur Post vermerken",
        "Bescheid bekannt gegeben",
    ]
    assert lines[5] == StepLine("Rückfrage beantworten", "Bürgerin oder Bürger", "now")
    assert [line.state for line in lines[3:5]] == ["done", "done"]


def test_the_order_does_not_depend_on_how_the_file_lists_its_elements() -> None:
    ways = flows("start>a", "a>g", "g>b if x", "b>a", "g>c", "c>end")
    tasks = service("c") + user("b") + place("exclusiveGateway", "g", default="g-c") + user("a")
    spec = read(bpmn(place("endEvent", "end") + tasks + place("startEvent", "start") + ways))
    assert reading_order(spec) == ["start", "a", "g", "b", "c", "end"]


def test_a_deadline_at_the_edge_of_a_task_is_drawn_but_no_line_of_the_list() -> None:
    event = timed("boundaryEvent", "late", "P30D", attachedToRef="t")
    body = place("startEvent", "start") + user("t") + event + place("endEvent", "end")
    spec = read(bpmn(body + flows("start>t", "t>end", "late>end")))
    assert [line.name for line in list_steps(spec, set(), set())] == ["start", "t", "end"]


def test_without_a_present_place_the_sentence_counts_only() -> None:
    assert describe(dog_tax(), set(), set()) == "0 von 12 Schritten sind erledigt."


def test_long_words_are_broken_so_that_they_fit() -> None:
    assert wrapped("Hundesteuerbescheid drucken", 70) == ["Hundesteu-", "erbescheid", "drucken"]
    assert wrapped("", 70) == []
