"""A wrong DMN file is refused when it is read, with the place and a sentence."""

import pytest

from decisions.dmn.files import decision, file_of, literal, table
from stadtamt.decisions.dmn import DecisionModelError, read_decisions

EXPRESSION = "<literalExpression {}><text>{}</text></literalExpression>"


@pytest.mark.parametrize(
    ("body", "sentence", "element_id"),
    [
        (literal("Hundesteuer berechnen", "1"), "ohne Leerzeichen", "id_Hundesteuer berechnen"),
        (literal("then", "1"), "Der Name „then“ geht nicht", "id_then"),
        (literal("a", "1") + literal("a", "2"), "„a“ ist zweimal vergeben", "id_a"),
        (literal("a", "1 +"), "Hier fehlt ein Wert", "id_a"),
        (literal("a", ""), "Hier fehlt ein Ausdruck", "id_a"),
        (literal("a", "system(1)"), "Die Funktion „system“ gibt es nicht", "id_a"),
        (decision("a", ""), "Hier fehlt der Inhalt", "id_a"),
        (decision("a", "<relation/>"), "„relation“ wird nicht unterstützt", "id_a"),
        (decision("a", EXPRESSION.format('expressionLanguage="javascript"', "1")), "„javascript“", "id_a"),
        (literal("a", "b", requires=("b",)) + literal("b", "a", requires=("a",)), "im Kreis", "id_a"),
        (literal("a", "b") + literal("b", "1"), "kein Pfeil", "id_a"),
        (literal("a", "1", requires=("z",)), "Verweis „#id_z“ führt ins Leere", "id_a"),
        (decision("a", table(("x",), [("<", "1")])), "Hier fehlt ein Wert", "id_a"),
        (decision("a", table(("x",), [("1",)])), "1 Bedingungen und 0 Ergebnisse", "id_a"),
        (decision("a", table(("x",), [], attributes='hitPolicy="PRIORITY"')), "„PRIORITY“", "t"),
        (decision("a", table(("x",), [], attributes='aggregation="SUM"')), "„SUM“ geht hier nicht", "t"),
        (decision("a", table(("x",), [], outputs=("b", "b"))), "verschiedene Namen", "t"),
        ('<import id="i" name="x"/>', "nicht einbinden", "i"),
    ],
)
def test_a_fault_carries_its_element_and_sentence(body: str, sentence: str, element_id: str) -> None:
    with pytest.raises(DecisionModelError) as caught:
        read_decisions(file_of(body))
    assert sentence in caught.value.sentence
    assert caught.value.line == 2
    assert caught.value.element_id in (element_id, "id_b", "")


FUNCTION = (
    '<businessKnowledgeModel name="{0}"><encapsulatedLogic><formalParameter name="x"/>'
    "<literalExpression><text>{1}</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
)


def test_functions_may_not_call_each_other_in_a_circle() -> None:
    with pytest.raises(DecisionModelError, match=r"„f“.* im Kreis"):
        read_decisions(file_of(FUNCTION.format("f", "f(x - 1)")))
    with pytest.raises(DecisionModelError, match="im Kreis"):
        read_decisions(file_of(FUNCTION.format("f", "g(x)") + FUNCTION.format("g", "f(x)")))


def test_a_function_sees_only_its_parameters() -> None:
    with pytest.raises(DecisionModelError, match="kennt „satz“ nicht"):
        read_decisions(file_of(FUNCTION.format("f", "x * satz")))


def test_a_fault_inside_a_long_expression_carries_its_own_line() -> None:
    with pytest.raises(DecisionModelError) as caught:
        read_decisions(file_of(literal("a", "1 +\n2 +\n  ~")))
    assert (caught.value.line, caught.value.column) == (4, 3)
    assert str(caught.value).startswith("Zeile 4: ")


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_neighbouring_versions_are_read(namespace: str) -> None:
    assert read_decisions(file_of(literal("a", "1"), namespace)).evaluate("a", {}) == 1


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(DecisionModelError, match="keine DMN-Datei"):
        read_decisions(b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>')
    with pytest.raises(DecisionModelError, match="nicht wohlgeformt"):
        read_decisions(b"<definitions>")


def test_names_nothing_stands_behind_are_listed() -> None:
    body = '<inputData id="i" name="antrag"/>'
    body += decision("a", table(("antrag.hund.alter",), [("> grenze", "antrag.hunt.name"), ("-", "satzung.satz")]))
    model = read_decisions(file_of(body + literal("b", "a + antrag.hund.alter", requires=("a",))))
    known = {"antrag": {"hund": {"alter": None}}, "satzung": {}}
    assert [(one.name, one.element_id) for one in model.check(known)] == [("antrag.hunt", "id_a"), ("grenze", "id_a")]
    assert {one.name for one in model.check({})} == {"antrag", "grenze", "satzung"}
