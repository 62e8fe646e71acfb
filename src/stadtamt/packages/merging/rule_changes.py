"""Decisions that compute otherwise, by name."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from stadtamt.kernel.xml import XmlRefused, parse_xml
from stadtamt.packages.format.package import Package
from stadtamt.packages.merging.result import Change

_PARTS = {"decision": "Regel", "businessKnowledgeModel": "Rechenweg"}
_ALIKE = frozenset({"id", "label"})


def rule_changes(old: Package, new: Package) -> Iterator[Change]:
    """Decisions and functions added, removed, changed; ids and line breaks do not count."""
    if old.rules == new.rules:
        return
    try:
        before, after = (_parts(one.rules) for one in (old, new))
    except XmlRefused:
        yield Change("rules", "rules.dmn", None, None, "Die Regeln sind anders und lassen sich nicht vergleichen.")
        return
    for (word, name), text in after.items():
        if (word, name) not in before:
            yield Change("rule-new", name, None, text, f"{word} neu: „{name}“.")
        elif before[word, name] != text:
            yield Change("rule-changed", name, before[word, name], text, f"{word} „{name}“ rechnet anders.")
    for (word, name), text in before.items():
        if (word, name) not in after:
            yield Change("rule-removed", name, text, None, f"{word} entfällt: „{name}“.")


def _parts(rules: str) -> dict[tuple[str, str], str]:
    root = parse_xml(rules.encode())
    names = {str(one.get("id")): str(one.get("name")) for one in root if one.get("id")}
    found: dict[tuple[str, str], str] = {}
    for element in root:
        word = _PARTS.get(etree.QName(element).localname)
        if word is not None:
            found[word, str(element.get("name"))] = _told(element, names)
    return found


def _told(element: etree._Element, names: dict[str, str]) -> str:
    """The logic as lines: what each part is called and says, without what a modeller numbers anew."""
    lines = []
    for part in element.iter():
        name = etree.QName(part).localname
        if name in {"description", "variable"}:
            continue
        said = " ".join((part.text or "").split())
        attributes = (
            f"{key}={names.get(str(value).removeprefix('#'), str(value)) if key == 'href' else value}"
            for key, value in sorted((str(key), str(value)) for key, value in part.attrib.items())
            if key not in _ALIKE
        )
        lines.append(" ".join([name, *attributes, said]).strip())
    return "\n".join(lines)
