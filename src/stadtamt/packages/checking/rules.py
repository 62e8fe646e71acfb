"""The decision tables: every expression, every name, and whether the decision that is called is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from stadtamt.decisions.dmn import DecisionModel, DecisionModelError
from stadtamt.decisions.dmn.logic import BoxedContext, Literal
from stadtamt.decisions.dmn.parts import line_of
from stadtamt.decisions.dmn.reader import read_decisions_of
from stadtamt.kernel.expressions import ExpressionError, ExpressionFunction, compile_expression, compile_test, nodes
from stadtamt.kernel.xml import XmlRefused, parse_xml
from stadtamt.packages.checking.findings import error, warning
from stadtamt.packages.checking.parts import Parts

ASSESSMENT = "assessment"
INPUTS = ("answers", "parameters", "today", "received", "refused")
GIVES = ("kind", "clear", "reasons", "total_cents")
_EXPRESSIONS = frozenset({"literalExpression", "inputExpression", "outputEntry", "defaultOutputEntry"})


@dataclass(frozen=True, slots=True)
class Rules:
    """The decision tables where they could be read: the model, all expressions, and what `assessment` gives."""

    model: DecisionModel | None
    sources: str
    gives: frozenset[str] | None


def check_rules(parts: Parts) -> Rules:
    """Puts what is wrong among the findings."""
    roots: dict[str, etree._Element] = {}
    for file in [file for file in parts.texts if file.endswith(".dmn")]:
        try:
            roots[file] = parse_xml(parts.files[file])
        except XmlRefused as problem:
            parts.findings.append(error(file, problem.sentence, problem.line))
    sources = "\n".join(text for root in roots.values() for text in _texts(root))
    if not _compile_all(parts, roots) or "rules.dmn" not in roots or parts.broken & set(roots):
        return Rules(None, sources, None)
    try:
        model = read_decisions_of({file: parts.files[file] for file in roots})
    except DecisionModelError as problem:
        parts.findings.append(error(problem.file or "rules.dmn", problem.sentence, problem.line))
        return Rules(None, sources, None)
    _check_decisions(parts, model, roots)
    return Rules(model, sources, _gives(model))


def check_names(parts: Parts, rules: Rules, answers: Mapping[str, Any]) -> None:
    """The answers and parameters that the rules read and nobody gives."""
    if rules.model is None:
        return
    known: dict[str, Any] = dict.fromkeys(INPUTS)
    # Where the form cannot be read, nobody knows its answers.
    known["answers"] = {**answers, "_confirmed": []} if answers else None
    known["parameters"] = dict.fromkeys(parts.parameters)
    for one in rules.model.check(known):
        file, line = _place_of(parts, one.element_id, one.line)
        parts.findings.append(error(file, one.sentence, line))


def _compile_all(parts: Parts, roots: Mapping[str, etree._Element]) -> bool:
    functions = {
        element.get("name", ""): ExpressionFunction(
            [one.get("name", "") for one in _inside(element, "formalParameter")]
        )
        for root in roots.values()
        for element in _inside(root, "businessKnowledgeModel")
    }
    good = True
    for file, root in roots.items():
        for element in root.iter():
            tag = _tag(element)
            found = [child for child in element if _tag(child) == "text"] if tag else []
            text = (found[0].text or "") if found else ""
            if not text.strip() or text.strip() == "-":
                continue
            line = line_of(found[0])
            try:
                if tag in _EXPRESSIONS:
                    compile_expression(text, functions=functions, line=line)
                elif tag == "inputEntry":
                    compile_test(text, functions=functions, line=line)
            except ExpressionError as problem:
                parts.findings.append(error(file, problem.sentence, problem.line))
                good = False
    return good


def _check_decisions(parts: Parts, model: DecisionModel, roots: Mapping[str, etree._Element]) -> None:
    if ASSESSMENT not in model.decisions:
        parts.findings.append(error("rules.dmn", f"Die Entscheidung „{ASSESSMENT}“ fehlt."))
        return
    needed = {ASSESSMENT}
    for name in reversed(tuple(model.decisions)):
        if name in needed:
            needed.update(model.decisions[name].requires)
    for name, decision in model.decisions.items():
        if name not in needed:
            file, line = _place_of(parts, decision.element_id, decision.line)
            sentence = f"Die Entscheidung „{name}“ wird von „{ASSESSMENT}“ aus nie gebraucht."
            parts.findings.append(warning(file, sentence, line))
    gives = _gives(model)
    for key in GIVES if gives is not None else ():
        if gives is not None and key not in gives:
            file, line = _place_of(parts, model.decisions[ASSESSMENT].element_id, 1)
            parts.findings.append(error(file, f"Die Entscheidung „{ASSESSMENT}“ ergibt kein „{key}“.", line))


def _gives(model: DecisionModel) -> frozenset[str] | None:
    """The entries of the assessment where they can be read off; None where they depend on the case."""
    decision = model.decisions.get(ASSESSMENT)
    logic = decision.logic if decision else None
    if isinstance(logic, BoxedContext) and logic.result is None:
        return frozenset(name for name, _ in logic.entries)
    if isinstance(logic, Literal) and isinstance(logic.expression.tree, nodes.ContextOf):
        return frozenset(name for name, _ in logic.expression.tree.entries)
    return None


def _place_of(parts: Parts, element_id: str, line: int) -> tuple[str, int]:
    """File and line of an element by its id; ids are unique over all files."""
    for file, text in parts.texts.items():
        if file.endswith(".dmn") and element_id and (position := text.find(f'id="{element_id}"')) >= 0:
            return file, text.count("\n", 0, position) + 1
    return "rules.dmn", line


def _texts(root: etree._Element) -> Iterator[str]:
    return (element.text or "" for element in root.iter() if _tag(element) == "text")


def _inside(element: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in element.iter() if _tag(one) == name]


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
