"""Several DMN files become one document, which is stored and can be read for as long as a case needs it."""

from collections.abc import Mapping
from typing import cast

from lxml import etree

from stadtamt.decisions.dmn.parts import children, tag
from stadtamt.decisions.dmn.reader import read_decisions, read_decisions_of, roots_of

_PARTS = ("inputData", "businessKnowledgeModel", "decision")
_TARGETS = ("requiredInput", "requiredDecision", "requiredKnowledge", "requiredAuthority")


def merge_sources(sources: Mapping[str, bytes]) -> bytes:
    """One DMN document that computes what the files compute together; the same files give the same bytes.

    A single file comes back as it is. Of several only what computes is taken, not the drawings and descriptions of the
    files; an input that stands in several is taken once. DecisionModelError as `read_decisions_of`.
    """
    read_decisions_of(sources)
    ordered = dict(sorted(sources.items()))
    if len(ordered) == 1:
        return next(iter(ordered.values()))
    roots = roots_of(ordered)
    space = str(etree.QName(roots[0]).namespace)
    merged = etree.Element(f"{{{space}}}definitions", nsmap=cast("dict[str, str]", {None: space}))
    for name in ("id", "name", "namespace"):
        merged.set(name, roots[-1].get(name, name))
    inputs: dict[str, str] = {}
    renamed: dict[str, str] = {}
    for kind in _PARTS:
        for root in roots:
            for element in children(root, kind):
                if kind == "inputData" and element.get("name", "") in inputs:
                    renamed[element.get("id", "")] = inputs[element.get("name", "")]
                    continue
                if kind == "inputData":
                    inputs[element.get("name", "")] = element.get("id", "")
                merged.append(_in(space, element))
    _settle(merged, renamed)
    xml = etree.tostring(merged, encoding="utf-8", xml_declaration=True)
    read_decisions(xml)
    return xml


def _in(space: str, element: etree._Element) -> etree._Element:
    """A copy of the element in the namespace of the first file; the files may follow different versions of DMN."""
    copy = etree.Element(
        f"{{{space}}}{tag(element)}", {str(name): str(value) for name, value in element.attrib.items()}
    )
    copy.text = element.text
    copy.tail = element.tail
    copy.extend([_in(space, child) for child in element])
    return copy


def _settle(merged: etree._Element, renamed: Mapping[str, str]) -> None:
    """Arrows lead to the one input of a name, and an id stands once: inside the parts it is for messages only."""
    top = {element.get("id", "") for element in merged}
    seen: set[str] = set()
    for element in merged.iter():
        href = element.get("href", "").removeprefix("#")
        if tag(element) in _TARGETS and href in renamed:
            element.set("href", f"#{renamed[href]}")
        identifier = element.get("id", "")
        if element.getparent() is merged or not identifier:
            continue
        if identifier in top or identifier in seen:
            del element.attrib["id"]
        seen.add(identifier)
