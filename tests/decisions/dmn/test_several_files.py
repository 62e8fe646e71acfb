"""Several DMN files of a folder are one model, and can be stored as one document."""

import pytest

from decisions.dmn.files import NAMESPACE, decision, file_of, literal, table
from stadtamt.decisions.dmn import DecisionModelError, merge_sources, read_decisions, read_decisions_of

INPUT = '<inputData id="in_{0}" name="antrag"/>'
ARROW = '<informationRequirement><requiredInput href="#in_{0}"/></informationRequirement>'
SHARE = (
    '<businessKnowledgeModel id="id_share" name="share"><encapsulatedLogic><formalParameter name="x"/>'
    "<literalExpression><text>x / 12</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
)
RATES = file_of(
    INPUT.format("rates") + SHARE + decision("rate", table(("antrag.art",), [('"a"', "120"), ('"b"', "60")]))
)
RULES = file_of(
    INPUT.format("rules")
    + decision(
        "tax", ARROW.format("rules") + table(("antrag.monate",), [("-", "share(rate) * antrag.monate")])
    ).replace(
        "<decisionTable",
        '<informationRequirement><requiredDecision href="#id_rate"/></informationRequirement><decisionTable',
    )
)
FILES = {"rules.dmn": RULES, "rates.dmn": RATES}
GIVEN = {"antrag": {"art": "a", "monate": 7}}


def test_the_files_of_a_folder_compute_together() -> None:
    model = read_decisions_of(FILES)
    assert model.evaluate("tax", GIVEN) == 70
    assert list(model.inputs) == ["antrag"]


def test_functions_given_later_reach_every_file() -> None:
    model = read_decisions_of(
        {"b.dmn": file_of(literal("b", "f(a)", requires=("a",))), "a.dmn": file_of(literal("a", "2"))},
        functions={"f": lambda x: x},
    )
    assert model.evaluate("b", {}, functions={"f": lambda x: x * 10}) == 20


def test_merged_into_one_document_they_compute_the_same() -> None:
    merged = merge_sources(FILES)
    assert read_decisions(merged).evaluate("tax", GIVEN) == 70
    assert merge_sources(dict(reversed(FILES.items()))) == merged
    assert merge_sources({"again.dmn": merged}) == merged


def test_an_id_stands_once_in_the_merged_document() -> None:
    merged = merge_sources(FILES).decode()
    assert RATES.count(b'id="t"') + RULES.count(b'id="t"') == 2
    assert merged.count('id="t"') == 1
    assert merged.count("<inputData") == 1


def test_files_of_different_versions_of_dmn_are_merged() -> None:
    later = "https://www.omg.org/spec/DMN/20230324/MODEL/"
    merged = merge_sources(
        {"a.dmn": file_of(literal("a", "1"), later), "b.dmn": file_of(literal("b", "a + 1", requires=("a",)))}
    )
    assert read_decisions(merged).evaluate("b", {}) == 2
    assert NAMESPACE.encode() not in merged


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (literal("tax", "1"), "Der Name „tax“ ist zweimal vergeben, auch in rules.dmn."),
        (literal("x", "1").replace("id_x", "id_tax"), "Die Kennung „id_tax“ ist zweimal vergeben, auch in rules.dmn."),
        (literal("x", "1 +"), "Hier fehlt ein Wert"),
        (literal("x", "1", requires=("zwei",)), "führt ins Leere"),
        ("<import/>", "nicht einbinden"),
    ],
)
def test_a_refusal_names_the_file(other: str, sentence: str) -> None:
    with pytest.raises(DecisionModelError) as caught:
        read_decisions_of({**FILES, "zusatz.dmn": file_of(other)})
    assert caught.value.file == "zusatz.dmn"
    assert sentence in caught.value.sentence
    assert str(caught.value).startswith("zusatz.dmn, Zeile 2: ")


def test_one_file_comes_back_as_it_is_and_none_is_refused() -> None:
    assert merge_sources({"rates.dmn": RATES}) == RATES
    with pytest.raises(DecisionModelError, match="fehlt eine DMN-Datei"):
        merge_sources({})


def test_the_same_input_twice_in_one_file_is_still_refused() -> None:
    with pytest.raises(DecisionModelError, match="„antrag“ ist zweimal vergeben"):
        read_decisions_of({"a.dmn": file_of(INPUT.format("a") + INPUT.format("b"))})
