"""Every element and attribute of the file held against the allow-list."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from stadtamt.processes.engine import allowed
from stadtamt.processes.engine.spec import Finding

_NEEDS_ID = allowed.KINDS.keys() | {"process", "sequenceFlow"}


def vet(root: etree._Element) -> Iterator[Finding]:
    """What in the file would not be obeyed, each by name, with the id and line where it stands."""
    if root.tag != f"{{{allowed.BPMN}}}definitions":
        yield Finding(_called(root), _line(root), "Das ist keine BPMN-2.0-Datei (es fehlt „definitions“).")
        return
    stack = [root]
    while stack:
        element = stack.pop()
        yield from _attributes(element)
        yield from _rules(element)
        within = etree.QName(element).localname
        inner: list[etree._Element] = []
        for child in element:
            if not isinstance(child.tag, str):
                continue  # comments and processing instructions say nothing to the engine
            finding = _placed(child, within)
            if finding is not None:
                yield finding
            elif etree.QName(child).namespace == allowed.BPMN:
                inner.append(child)
        stack.extend(reversed(inner))


def _placed(child: etree._Element, within: str) -> Finding | None:
    name = etree.QName(child)
    if name.namespace in allowed.DRAWING:
        return None if within == "definitions" else _refused(child, "Zeichnungen stehen am Ende der Datei.")
    if within == "extensionElements":
        return _extension(child)
    if name.namespace != allowed.BPMN:
        return _refused(child, "Das gehört nicht zu BPMN 2.0 und wird hier nicht beachtet.")
    if name.localname not in allowed.CHILDREN.get(within, frozenset()):
        return _refused(child, allowed.reason(name.localname))
    return None


def _extension(child: etree._Element) -> Finding | None:
    """Extensions of a modeller may carry listeners, connectors and scripts; only plain properties are let pass."""
    parts = [part for part in child.iter() if isinstance(part.tag, str)]
    strange = next((part for part in parts if _local(part) not in allowed.HARMLESS_EXTENSIONS), None)
    if strange is None:
        return None
    return _refused(
        strange,
        "Erweiterungen eines Modellierers (Listener, Konnektoren, Skripte) werden nicht ausgeführt. "
        "Entfernen Sie die Angabe; Tätigkeiten stehen im Attribut implementation.",
    )


def _attributes(element: etree._Element) -> Iterator[Finding]:
    for raw, value in ((str(raw), str(value)) for raw, value in element.attrib.items()):
        name = etree.QName(raw)
        if name.namespace in {allowed.XSI, allowed.XML} or name.localname in allowed.HARMLESS_ATTRIBUTES:
            continue
        if name.namespace is not None and name.namespace != allowed.BPMN:
            yield _refused(
                element, f"Das Attribut „{name.localname}“ gehört nicht zu BPMN 2.0 und wird nicht beachtet."
            )
        elif value not in allowed.FORBIDDEN_VALUES.get(name.localname, frozenset({value})):
            yield _refused(element, f"Das Attribut „{name.localname}“ mit dem Wert „{value}“ gibt es hier nicht.")


def _rules(element: etree._Element) -> Iterator[Finding]:
    """What only the element itself can get wrong."""
    name = _local(element)
    if name in _NEEDS_ID and not (element.get("id") or "").strip():
        yield _refused(element, "Dieses Element hat keine Kennung (id).")
    if name in {"conditionExpression", "timeDuration", "timeDate"}:
        language = (element.get("language") or "").strip().lower()
        if language not in allowed.EXPRESSION_LANGUAGES:
            yield _refused(element, f"Die Sprache „{element.get('language')}“ wird nicht ausgewertet, nur FEEL.")
    if name in {"intermediateCatchEvent", "boundaryEvent"}:
        definitions = [child for child in element if _local(child).endswith("EventDefinition")]
        if len(definitions) != 1:
            yield _refused(element, "Dieses Ereignis braucht genau eine Angabe, worauf es wartet.")
    if name == "timerEventDefinition" and sum(_local(child).startswith("time") for child in element) != 1:
        yield _refused(element, "Eine Frist braucht genau eine Dauer oder genau ein Datum.")
    implementation = element.get("implementation")
    if implementation and not implementation.startswith((allowed.PREFIX, "##")):
        yield _refused(element, f"„{implementation}“ ist keine eingebaute Tätigkeit; erwartet wird stadtamt:… .")


def _refused(element: etree._Element, sentence: str) -> Finding:
    name = etree.QName(element)
    prefix = f"{element.prefix}:" if name.namespace != allowed.BPMN and element.prefix else ""
    return Finding(_called(element), _line(element), f"{prefix}{name.localname}: {sentence}")


def _called(element: etree._Element) -> str:
    """The id of the element, or of the nearest one around it that has one."""
    around: etree._Element | None = element
    while around is not None:
        if around.get("id"):
            return str(around.get("id"))
        around = around.getparent()
    return _local(element)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0
