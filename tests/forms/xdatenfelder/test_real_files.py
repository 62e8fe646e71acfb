"""The released schemas of the library, and the faulty files of another project's tests."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from stadtamt.forms.xdatenfelder import XdfRefused, read_document, write_document
from stadtamt.forms.xdatenfelder.model import Document, Group, Node, Structure
from support.real import real_file

pytestmark = pytest.mark.real_data


def schemas() -> list[Path]:
    return sorted(real_file("fim").glob("*.xdf.xml"))


def read(name: str) -> Document:
    return read_document(real_file(f"fim/{name}").read_bytes())


def times(structure: Structure) -> str:
    return f"{structure.least}:{'*' if structure.most is None else structure.most}"


def described(node: Node) -> tuple[str, str, str, str]:
    kind = "group" if isinstance(node.element, Group) else "field"
    return ".".join(node.path), kind, node.element.common.label_in, times(node.structure)


def test_all_released_schemas_are_read_without_a_warning() -> None:
    told = {file.name: read_document(file.read_bytes()).warnings for file in schemas()}
    assert len(told) == 25
    assert not any(told.values())


def test_every_node_label_and_number_equals_the_independent_compilation() -> None:
    compared = 0
    for graph in sorted(real_file("fim/graph").glob("*.graph.json")):
        document = read(f"{graph.name.removesuffix('.graph.json')}.schema.xdf.xml")
        expected = [
            (node["path_id"], node["kind"], node["label"], node["anzahl"])
            for node in json.loads(graph.read_text())["nodes"]
        ]
        assert [described(node) for node in document.nodes()] == expected
        compared += 1
    assert compared == 24


def test_rules_and_relations_are_all_there() -> None:
    for file in schemas():
        tree = etree.fromstring(file.read_bytes())
        document = read_document(file.read_bytes())
        elements = [document.root, *(node.element for node in document.nodes())]
        assert sum(len(element.rules) for element in elements) == len(list(tree.iter("{*}regel")))
        assert sum(len(element.common.relations) for element in elements) == len(list(tree.iter("{*}relation")))


def test_what_is_written_has_every_element_and_text_of_what_was_read() -> None:
    for file in schemas():
        document = read_document(file.read_bytes())
        written = write_document(document)
        assert read_document(written) == document
        assert write_document(read_document(written)) == written
        assert plain(written) == plain(file.read_bytes()), file.name


def plain(data: bytes) -> list[tuple[str, str, dict[str, str]]]:
    """Every element with its text and attributes, in order; blanks at the ends do not count."""
    return [
        (
            str(element.tag),
            (element.text or "").strip(),
            {str(key): str(value).strip() for key, value in element.items()},
        )
        for element in etree.fromstring(data).iter()
    ]


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("edge/duplicate-id-node.xml", "Zeile 11: Das Element „id“ steht zweimal da"),
        ("edge/empty-id-node.xml", "Zeile 10: Die Id ist leer"),
        ("edge/missing-id-node.xml", "Zeile 9: Im Element „identifikation“ fehlt „id“"),
        ("edge/invalid-freigabestatus.xml", "Zeile 18: Der Code „10“ ist für „freigabestatus“ nicht bekannt"),
        ("edge/unknown-namespace.xml", "Zeile 3: Der Namensraum"),
        ("edge-v2/duplicate-optional-value.xml", "Zeile 15: Das Element „beschreibung“ steht zweimal da"),
        ("edge-v2/duplicate-required-value.xml", "Zeile 13: Das Element „name“ steht zweimal da"),
        ("edge-v2/unknown-namespace.xml", "Zeile 2: Der Namensraum"),
    ],
)
def test_faulty_files_are_refused_with_line_and_reason(name: str, refusal: str) -> None:
    with pytest.raises(XdfRefused) as caught:
        read(name)
    assert str(caught.value).startswith(refusal)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("edge/simple.xml", []),
        ("edge/input.xml", [55, 64]),
        ("edge/unexpected-node.xml", [11]),
        ("edge-v2/minimal.xml", [7]),
        ("edge-v2/label.xml", [7]),
        ("edge-v2/select.xml", [7]),
        ("edge-v2/rule.xml", [7, 40]),
        ("edge-v2/data-field-rule.xml", [7, 70]),
        ("edge-v2/data-group-rule.xml", [7, 65]),
        ("edge-v2/simple.xml", [7, 42, 45, 46, 48, 49]),
    ],
)
def test_small_files_are_read_told_about_and_written_as_3_0_0(name: str, lines: list[int]) -> None:
    document = read(name)
    assert [warning.line for warning in document.warnings] == lines
    again = read_document(write_document(document))
    assert (again, again.generation, again.warnings) == (document, "3.0.0", ())


def test_the_unexpected_element_is_named() -> None:
    (warning,) = read("edge/unexpected-node.xml").warnings
    assert warning.sentence.startswith("Das Element „unknown“ in „identifikation“ ist nicht bekannt")


def test_the_largest_file_is_read_in_twice_the_bare_time_and_a_bit() -> None:
    """In time of the processor, as others may work on the same machine."""
    data = real_file("fim/S05000001299.schema.xdf.xml").read_bytes()
    bare, whole = (min(timed(deed, data) for _ in range(9)) for deed in (etree.fromstring, read_document))
    assert whole <= 2 * bare + 0.2


def timed(deed: Callable[[bytes], object], data: bytes) -> float:
    begin = time.process_time()
    deed(data)
    return time.process_time() - begin
