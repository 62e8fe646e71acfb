"""Decisions are computed as DMN says: requirements, hit policies, contexts, functions."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from decisions.dmn.files import decision, file_of, literal, table
from stadtamt.decisions.dmn import DecisionError, read_decisions
from stadtamt.kernel.expressions import Value

RATES: list[tuple[str, ...]] = [("1", "false", "9000"), ("> 1", "false", "18000"), ("-", "true", "60000")]


def value_of(logic: str, inputs: Mapping[str, object]) -> Value:
    return read_decisions(file_of(decision("x", logic))).evaluate("x", inputs)


def test_a_table_yields_the_row_that_fits() -> None:
    logic = table(("anzahl", "gefährlich"), RATES)
    assert value_of(logic, {"anzahl": 3, "gefährlich": False}) == Decimal(18000)
    assert value_of(logic, {"anzahl": 3, "gefährlich": True}) == Decimal(60000)


def test_a_unique_table_with_two_hits_names_its_rows() -> None:
    logic = table(("a",), [("< 5", "1"), ("> 9", "2"), ("[3..4]", "3")])
    with pytest.raises(DecisionError, match=r"„x“ treffen die Zeilen 1 und 3 zugleich zu"):
        value_of(logic, {"a": 4})


def test_no_hit_yields_null_or_the_default() -> None:
    logic = table(("a",), [("1", '"eins"')])
    assert value_of(logic, {"a": 2}) is None
    defaulted = "<output><defaultOutputEntry><text>7 + 1</text></defaultOutputEntry></output>"
    assert value_of(logic.replace("<output/>", defaulted), {"a": 2}) == Decimal(8)


def test_first_stops_at_the_first_hit() -> None:
    logic = table(("a",), [("< 5", '"klein"'), ("-", '"sonst"')], attributes='hitPolicy="FIRST"')
    assert value_of(logic, {"a": 4}) == "klein"
    assert value_of(logic, {"a": None}) == "sonst"


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [("", [2, 5, 3]), ("SUM", 10), ("MIN", 2), ("MAX", 5), ("COUNT", 3)],
)
def test_collect_gathers_every_hit(aggregation: str, expected: object) -> None:
    attributes = 'hitPolicy="COLLECT"' + (f' aggregation="{aggregation}"' if aggregation else "")
    logic = table(("a",), [("> 0", "2"), ("> 1", "5"), ("> 9", "100"), ("-", "3")], attributes=attributes)
    assert value_of(logic, {"a": 4}) == expected


def test_collecting_nothing_is_an_empty_list_and_a_sum_of_null() -> None:
    logic = table(("a",), [("> 0", "2")], attributes='hitPolicy="COLLECT"')
    assert value_of(logic, {"a": 0}) == []
    assert value_of(logic.replace('"COLLECT"', '"COLLECT" aggregation="SUM"'), {"a": 0}) is None
    assert value_of(logic.replace('"COLLECT"', '"COLLECT" aggregation="COUNT"'), {"a": 0}) == 0


def test_several_outputs_yield_a_context() -> None:
    logic = table(("a",), [("-", "a * 2", '"ja"')], outputs=("betrag", "text"))
    assert value_of(logic, {"a": 4}) == {"betrag": Decimal(8), "text": "ja"}


def test_a_boxed_context_sees_its_earlier_entries() -> None:
    entry = "<contextEntry>{}<literalExpression><text>{}</text></literalExpression></contextEntry>"
    named = entry.format('<variable name="satz"/>', "100") + entry.format('<variable name="ganz"/>', "satz * a")
    assert value_of(f"<context>{named}</context>", {"a": 3}) == {"satz": Decimal(100), "ganz": Decimal(300)}
    assert value_of(f"<context>{named}{entry.format('', 'ganz + 1')}</context>", {"a": 3}) == Decimal(301)


def test_a_decision_sees_what_it_requires_and_each_is_computed_once() -> None:
    calls: list[Value] = []
    body = literal("c", "a + b", requires=("a", "b")) + literal("b", "a * 2", requires=("a",)) + literal("a", "tick(n)")
    model = read_decisions(file_of(body), functions={"tick": lambda n: calls.append(n) or n})
    assert model.evaluate("c", {"n": 5}) == Decimal(15)
    assert calls == [Decimal(5)]
    assert list(model.decisions) == ["a", "b", "c"]


def test_only_what_is_needed_is_computed_and_explained() -> None:
    body = decision("a", table(("n",), [("1", "10"), ("2", "20")])) + literal("b", "a + 1", requires=("a",))
    steps = read_decisions(file_of(body + literal("c", "1"))).explain("b", {"n": 2})
    assert [(step.decision, step.value, step.rows) for step in steps] == [("a", 20, (2,)), ("b", 21, ())]


FUNCTION = (
    '<businessKnowledgeModel id="id_{0}" name="{0}"><encapsulatedLogic>{1}'
    "<literalExpression><text>{2}</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
)


def test_a_business_knowledge_model_is_a_function() -> None:
    parameters = '<formalParameter name="jahr"/><formalParameter name="monate"/>'
    body = FUNCTION.format("anteilig", parameters, "halb(jahr) * 2 * monate / 12")
    body += FUNCTION.format("halb", '<formalParameter name="x"/>', "x / 2")
    model = read_decisions(file_of(body + literal("steuer", "anteilig(satz, 4)")))
    assert model.evaluate("steuer", {"satz": 9000}) == Decimal(3000)


def test_functions_given_at_evaluation_replace_those_given_at_reading() -> None:
    model = read_decisions(file_of(literal("a", "f(1)")), functions={"f": lambda n: n})
    assert model.evaluate("a", {}, functions={"f": lambda n: n + 1}) == Decimal(2)
    assert model.evaluate("a", {}) == Decimal(1)


def test_an_unknown_decision_is_an_error() -> None:
    with pytest.raises(DecisionError, match="„nix“ gibt es nicht"):
        read_decisions(file_of(literal("a", "1"))).evaluate("nix", {})


def test_functions_that_double_each_other_end_at_the_budget() -> None:
    parameter = '<formalParameter name="x"/>'
    chain = [FUNCTION.format(f"f{n}", parameter, f"f{n - 1}(x) + f{n - 1}(x)") for n in range(1, 40)]
    body = FUNCTION.format("f0", parameter, "x") + "".join(chain) + literal("a", "f39(1)")
    with pytest.raises(DecisionError, match="rechnet zu lange"):
        read_decisions(file_of(body)).evaluate("a", {})
