"""Reads the logic of one decision: literal expression, decision table, boxed context."""

from typing import cast

from lxml import etree

from stadtamt.decisions.dmn.errors import DecisionModelError
from stadtamt.decisions.dmn.logic import AGGREGATIONS, HIT_POLICIES, BoxedContext, Literal, Logic, Rule, Table
from stadtamt.kernel.expressions import (
    CellTest,
    Expression,
    ExpressionError,
    Functions,
    compile_expression,
    compile_test,
)

_SHAPES = ("literalExpression", "decisionTable", "context")
_FOREIGN_SHAPES = (
    "invocation",
    "functionDefinition",
    "relation",
    "list",
    "conditional",
    "for",
    "filter",
    "every",
    "some",
)
_ALTERNATIVE_NAMES = {long: long for long in HIT_POLICIES.values()} | HIT_POLICIES


def tag(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(etree.QName(element).localname)


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """The child elements of these names."""
    return [child for child in element if tag(child) in names]


def refuse(element: etree._Element, sentence: str, *, owner: etree._Element | None = None) -> DecisionModelError:
    """The error for an element; its id, or that of the element it belongs to."""
    identifier = element.get("id") or (owner.get("id") if owner is not None else None) or ""
    return DecisionModelError(sentence, element_id=identifier, line=line_of(element), file=file_of(element))


def line_of(element: etree._Element) -> int:
    """The line an element begins at."""
    return cast("int | None", element.sourceline) or 1


def file_of(element: etree._Element) -> str:
    """The file an element was read from; empty where only one was given."""
    return element.getroottree().docinfo.URL or ""


class Parts:
    """Compiles the parts of a file against one set of functions."""

    def __init__(self, functions: Functions) -> None:
        self._functions = functions

    def logic_of(self, element: etree._Element) -> Logic:
        """The logic inside a decision or a context entry."""
        for foreign in children(element, *_FOREIGN_SHAPES):
            raise refuse(foreign, f"Die Form „{tag(foreign)}“ wird nicht unterstützt.", owner=element)
        found = children(element, *_SHAPES)
        if len(found) != 1:
            raise refuse(element, "Hier fehlt der Inhalt: genau ein Ausdruck, eine Tabelle oder ein Kontext.")
        shape = found[0]
        if tag(shape) == "decisionTable":
            return self._table(shape)
        if tag(shape) == "context":
            return self._context(shape)
        return Literal(self.expression(shape, owner=element))

    def expression(self, element: etree._Element, *, owner: etree._Element) -> Expression:
        """The expression in the element's text."""
        source, line = _source(element, owner)
        if not source.strip():
            raise refuse(element, "Hier fehlt ein Ausdruck.", owner=owner)
        try:
            return compile_expression(source, functions=self._functions, line=line)
        except ExpressionError as fault:
            raise _misspelt(fault, element, owner) from fault

    def _test(self, element: etree._Element, owner: etree._Element) -> CellTest:
        source, line = _source(element, owner)
        try:
            return compile_test(source, functions=self._functions, line=line)
        except ExpressionError as fault:
            raise _misspelt(fault, element, owner) from fault

    def _output(self, element: etree._Element, owner: etree._Element) -> Expression:
        source, _ = _source(element, owner)
        return self.expression(element, owner=owner) if source.strip() not in ("", "-") else compile_expression("null")

    def _context(self, element: etree._Element) -> BoxedContext:
        entries: dict[str, Logic] = {}
        result: Logic | None = None
        for entry in children(element, "contextEntry"):
            if result is not None:
                raise refuse(entry, "Nach dem Ergebnis eines Kontextes steht kein weiterer Eintrag.", owner=element)
            names = [variable.get("name", "") for variable in children(entry, "variable")]
            if not names:
                result = self.logic_of(entry)
            elif not names[0] or names[0] in entries:
                raise refuse(entry, "Die Einträge eines Kontextes brauchen verschiedene Namen.", owner=element)
            else:
                entries[names[0]] = self.logic_of(entry)
        return BoxedContext(tuple(entries.items()), result)

    def _table(self, element: etree._Element) -> Table:
        written = element.get("hitPolicy", "UNIQUE")
        policy = _ALTERNATIVE_NAMES.get(written)
        aggregation = element.get("aggregation", "")
        outputs = children(element, "output")
        names = tuple(output.get("name", "") for output in outputs)
        if policy is None:
            raise refuse(element, f"Die Trefferregel „{written}“ wird nicht unterstützt: UNIQUE, FIRST oder COLLECT.")
        if aggregation not in AGGREGATIONS or (aggregation and policy != "COLLECT"):
            raise refuse(element, f"Die Zusammenfassung „{aggregation}“ geht hier nicht.")
        if not outputs or (len(outputs) > 1 and aggregation):
            raise refuse(element, "Die Tabelle braucht eine Ausgabe, mit Zusammenfassung genau eine.")
        if len(outputs) > 1 and (not all(names) or len(set(names)) < len(names)):
            raise refuse(element, "Mehrere Ausgaben einer Tabelle brauchen verschiedene Namen.")
        inputs = [self._input(one) for one in children(element, "input")]
        return Table(
            policy=policy,
            aggregation=aggregation,
            inputs=tuple(inputs),
            outputs=names,
            defaults=self._defaults(outputs),
            rules=tuple(self._rule(rule, len(inputs), len(outputs)) for rule in children(element, "rule")),
        )

    def _input(self, element: etree._Element) -> Expression:
        found = children(element, "inputExpression")
        if not found:
            raise refuse(element, "Der Eingabe fehlt ihr Ausdruck (inputExpression).")
        return self.expression(found[0], owner=element)

    def _defaults(self, outputs: list[etree._Element]) -> tuple[Expression, ...]:
        entries = [children(output, "defaultOutputEntry") for output in outputs]
        if not any(entries):
            return ()
        null = compile_expression("null")
        pairs = zip(entries, outputs, strict=True)
        return tuple(self._output(found[0], output) if found else null for found, output in pairs)

    def _rule(self, element: etree._Element, inputs: int, outputs: int) -> Rule:
        tests = children(element, "inputEntry")
        results = children(element, "outputEntry")
        if len(tests) != inputs or len(results) != outputs:
            raise refuse(
                element,
                f"Die Zeile hat {len(tests)} Bedingungen und {len(results)} Ergebnisse, "
                f"die Tabelle aber {inputs} Eingaben und {outputs} Ausgaben.",
            )
        return Rule(
            tests=tuple(self._test(one, element) for one in tests),
            outputs=tuple(self._output(one, element) for one in results),
        )


def _source(element: etree._Element, owner: etree._Element) -> tuple[str, int]:
    """The text of an expression element and the line where it begins."""
    language = element.get("expressionLanguage", "feel")
    if "feel" not in language.lower():
        raise refuse(element, f"Die Ausdruckssprache „{language}“ wird nicht unterstützt, nur FEEL.", owner=owner)
    found = children(element, "text")
    if not found:
        return "", line_of(element)
    return found[0].text or "", line_of(found[0])


def _misspelt(fault: ExpressionError, element: etree._Element, owner: etree._Element) -> DecisionModelError:
    return DecisionModelError(
        fault.sentence,
        element_id=element.get("id") or owner.get("id") or "",
        line=fault.line,
        column=fault.column,
        file=file_of(element),
    )
