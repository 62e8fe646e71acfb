"""Reads a DMN file into a model; everything that could fail later for want of form fails here, with id and line."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from graphlib import CycleError, TopologicalSorter

from lxml import etree

from stadtamt.decisions.dmn.errors import DecisionModelError
from stadtamt.decisions.dmn.model import Decision, DecisionModel, Input
from stadtamt.decisions.dmn.parts import Parts, children, file_of, line_of, refuse, tag
from stadtamt.kernel.expressions import ExpressionFunction, Functions
from stadtamt.kernel.expressions.lexer import KEYWORDS
from stadtamt.kernel.xml import XmlRefused, parse_xml

_NAMESPACES = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
}
_NAME = re.compile(r"[A-Za-z_äöüÄÖÜß]\w*")


def read_decisions(xml: bytes, *, functions: Functions | None = None) -> DecisionModel:
    """The model of a DMN 1.2 to 1.5 file; DecisionModelError with element id, line and sentence where it is wrong.

    `functions` are further pure functions the expressions may call by name.
    """
    return _model({"": xml}, dict(functions or {}))


def read_decisions_of(sources: Mapping[str, bytes], *, functions: Functions | None = None) -> DecisionModel:
    """Several files as one model; the keys are their names, and a DecisionModelError says in which it is wrong.

    Names and ids are unique over all files, but an input may stand in each of them: every file can be drawn alone.
    An arrow leads to another file by the id alone (`href="#timing"`).
    """
    if not sources:
        raise DecisionModelError("Es fehlt eine DMN-Datei.")
    return _model(dict(sorted(sources.items())), dict(functions or {}))


def _model(sources: Mapping[str, bytes], given: Functions) -> DecisionModel:
    return _Reader(roots_of(sources)).model(given, partial(_reread, sources, given))


def _reread(sources: Mapping[str, bytes], given: Functions, functions: Functions) -> DecisionModel:
    return _model(sources, {**given, **functions})


def roots_of(sources: Mapping[str, bytes]) -> list[etree._Element]:
    """The parsed files; every element knows the name of its file."""
    roots = []
    for file, xml in sources.items():
        try:
            root = parse_xml(xml)
        except XmlRefused as fault:
            raise DecisionModelError(fault.sentence, line=fault.line, file=file) from fault
        if file:
            root.getroottree().docinfo.URL = file
        name = etree.QName(root)
        if name.localname != "definitions" or name.namespace not in _NAMESPACES:
            raise refuse(root, "Die Datei ist keine DMN-Datei der Fassungen 1.2 bis 1.5.")
        roots.append(root)
    return roots


class _Reader:
    def __init__(self, roots: list[etree._Element]) -> None:
        self._roots = roots
        self._names: dict[str, etree._Element] = {}
        self._by_id: dict[str, etree._Element] = {}

    def _all(self, kind: str) -> list[etree._Element]:
        return [element for root in self._roots for element in children(root, kind)]

    def model(self, given: Functions, rebuild: "partial[DecisionModel]") -> DecisionModel:
        for element in self._all("import"):
            raise refuse(element, "Andere Dateien lassen sich nicht einbinden (import).")
        inputs = {self._input(one): one for one in self._all("inputData")}
        decisions = {self._name(one): one for one in self._all("decision")}
        models = {self._name(one): one for one in self._all("businessKnowledgeModel")}
        parts = Parts(self._functions(models, given))
        requires = {name: self._requires(one) for name, one in decisions.items()}
        made: dict[str, Decision] = {}
        for name in _ordered(requires, decisions, "Die Entscheidungen {names} setzen einander im Kreis voraus."):
            element = decisions[name]
            logic = parts.logic_of(element)
            for path in logic.paths():
                if path[0] in decisions and path[0] not in requires[name]:
                    raise refuse(
                        element,
                        f"Die Entscheidung „{name}“ verwendet „{path[0]}“, aber es führt kein Pfeil von dort herein. "
                        f'Es fehlt <informationRequirement><requiredDecision href="#{decisions[path[0]].get("id")}"/>'
                        "</informationRequirement>.",
                    )
            made[name] = Decision(name, element.get("id", ""), line_of(element), requires[name], logic)
        return DecisionModel(
            decisions=made,
            inputs={name: Input(name, one.get("id", ""), line_of(one)) for name, one in inputs.items()},
            _rebuild=rebuild,
        )

    def _input(self, element: etree._Element) -> str:
        """The name of an input; the same input may be drawn once in every file."""
        name = element.get("name", "")
        known = self._names.get(name)
        if known is None or tag(known) != "inputData" or file_of(known) == file_of(element):
            return self._name(element)
        if identifier := element.get("id", ""):
            self._by_id.setdefault(identifier, known)
        return name

    def _name(self, element: etree._Element) -> str:
        name = element.get("name", "")
        identifier = element.get("id", "")
        if not _NAME.fullmatch(name) or name in KEYWORDS:
            raise refuse(
                element,
                f"Der Name „{name}“ geht nicht: erlaubt sind Buchstaben, Ziffern und Unterstriche, ohne Leerzeichen.",
            )
        if name in self._names:
            raise refuse(element, f"Der Name „{name}“ ist zweimal vergeben{_also(self._names[name], element)}.")
        if identifier in self._by_id:
            where = _also(self._by_id[identifier], element)
            raise refuse(element, f"Die Kennung „{identifier}“ ist zweimal vergeben{where}.")
        self._names[name] = element
        if identifier:
            self._by_id[identifier] = element
        return name

    def _requires(self, element: etree._Element) -> tuple[str, ...]:
        found: list[str] = []
        for requirement in children(element, "informationRequirement"):
            for target in requirement:
                href = target.get("href", "")
                wanted = {"requiredDecision": "decision", "requiredInput": "inputData"}.get(tag(target))
                other = self._by_id.get(href.removeprefix("#"))
                if wanted is None or other is None or tag(other) != wanted:
                    raise refuse(target, f"Der Verweis „{href}“ führt ins Leere.", owner=element)
                if wanted == "decision":
                    found.append(other.get("name", ""))
        return tuple(dict.fromkeys(found))

    def _functions(self, models: Mapping[str, etree._Element], given: Functions) -> Functions:
        """The given functions and those of the file; the latter may call each other, but not in a circle."""
        bodies: dict[str, etree._Element] = {}
        own: dict[str, ExpressionFunction] = {}
        for name, element in models.items():
            if name in given:
                raise refuse(element, f"Die Funktion „{name}“ gibt es schon.")
            logic = children(element, "encapsulatedLogic")
            body = children(logic[0], "literalExpression") if logic else []
            if not body:
                raise refuse(element, f"Die Funktion „{name}“ hat keinen Ausdruck (literalExpression).")
            parameters = [one.get("name", "") for one in children(logic[0], "formalParameter")]
            if len(set(parameters)) < len(parameters) or not all(_NAME.fullmatch(one) for one in parameters):
                raise refuse(element, f"Die Parameter der Funktion „{name}“ brauchen verschiedene Namen.")
            bodies[name], own[name] = body[0], ExpressionFunction(parameters)
        functions: Functions = {**given, **own}
        calls: dict[str, tuple[str, ...]] = {}
        for name, function in own.items():
            function.body = Parts(functions).expression(bodies[name], owner=models[name])
            for unknown in sorted(function.body.names - set(function.parameters)):
                raise refuse(models[name], f"Die Funktion „{name}“ kennt „{unknown}“ nicht, nur ihre Parameter.")
            calls[name] = tuple(sorted(function.body.calls & own.keys()))
        _ordered(calls, models, "Die Funktionen {names} rufen einander im Kreis auf.")
        return functions


def _also(known: etree._Element, element: etree._Element) -> str:
    """In which other file a name stands already."""
    return "" if file_of(known) == file_of(element) else f", auch in {file_of(known)}"


def _ordered(edges: Mapping[str, Iterable[str]], elements: Mapping[str, etree._Element], sentence: str) -> list[str]:
    try:
        return list(TopologicalSorter(edges).static_order())
    except CycleError as fault:
        circle = fault.args[1]
        names = ", ".join(f"„{name}“" for name in dict.fromkeys(circle))
        raise refuse(elements[circle[0]], sentence.format(names=names)) from fault
