"""A wrong expression is refused before it runs, with line, column and a German sentence."""

import pytest

from stadtamt.kernel.expressions import ExpressionBudgetError, ExpressionError, compile_expression, compile_text


@pytest.mark.parametrize(
    ("source", "line", "column", "sentence"),
    [
        ("", 1, 1, "Hier fehlt ein Wert; der Ausdruck endet."),
        ("1 +\n  * 2", 2, 3, "Hier fehlt ein Wert; hier steht „*“."),
        ("a == b", 1, 3, "Gleichheit schreibt man mit einem einfachen „=“."),
        ("a && b", 1, 3, "Für „und zugleich“ schreibt man „and“."),
        ("'a'", 1, 1, 'Texte stehen in geraden doppelten Anführungszeichen: "Text".'),
        ("„a“", 1, 1, 'Texte stehen in geraden doppelten Anführungszeichen: "Text".'),
        ("a § b", 1, 3, "Das Zeichen „§“ hat hier keine Bedeutung."),
        ("a /* b", 1, 3, "Ein Kommentar beginnt mit „/*“ und endet nirgends mit „*/“."),
        ('"a', 1, 1, "Ein Text wird mit Anführungszeichen begonnen und in derselben Zeile nicht geschlossen."),
        ('"\\x"', 1, 1, "„\\x“ ist in einem Text nicht bekannt."),
        (
            "string lenght(a)",
            1,
            1,
            "Die Funktion „string lenght“ gibt es nicht. Gemeint ist vielleicht „string length“.",
        ),
        ("1 + eval(a)", 1, 5, "Die Funktion „eval“ gibt es nicht."),
        ("contains(a)", 1, 1, "Die Funktion „contains“ braucht genau 2 Angaben, hier sind es 1."),
        ("floor()", 1, 1, "Die Funktion „floor“ braucht 1 bis 2 Angaben, hier sind es 0."),
        ("if a then b", 1, 12, "Hier fehlt „else“ (was sonst gilt); der Ausdruck endet."),
        ("a < b < c", 1, 7, "Vergleiche lassen sich nicht verketten; bitte mit „and“ verbinden; hier steht „<“."),
        ("a b", 1, 3, "Der Ausdruck ist hier schon zu Ende; hier steht „b“."),
        ("?", 1, 1, "„?“ steht nur in den Zellen einer Entscheidungstabelle."),
        ("[1..3] + 1", 1, 1, "Ein Bereich oder eine Aufzählung von Prüfungen steht nur nach „in“."),
        (
            '@"2026-02-30"',
            1,
            2,
            'Nach „@“ steht ein Datum wie @"2026-01-31" oder eine Dauer wie @"P3M"; hier steht „2026-02-30“.',
        ),
        ("{a: 1, a: 2}", 1, 8, "Der Eintrag „a“ steht zweimal da."),
        ("1" * 35, 1, 1, "Eine Zahl hat höchstens 34 Stellen."),
        ("for in x return 1", 1, 5, "Hier fehlt ein Name für die Einträge der Liste; hier steht „in“."),
    ],
)
def test_a_fault_carries_its_place_and_sentence(source: str, line: int, column: int, sentence: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source)
    assert (caught.value.line, caught.value.column, str(caught.value)) == (line, column, sentence)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5000,
        "[" * 5000 + "]" * 5000,
        "a" + "[1]" * 3000,
        "not(" * 3000 + "a" + ")" * 3000,
        "f(x)" * 9000,
        "if " * 4000,
        "1 in (" * 2000,
        "date(a)" + ".b" * 4000,
        "a" + "+ a" * 6000,
        "{a:" * 4000,
    ],
)
def test_monstrous_sources_are_refused_without_harm(source: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(source)


def test_long_flat_expressions_are_welcome() -> None:
    assert compile_expression("+".join(["1"] * 2000)).evaluate({}) == 2000
    branches = "".join(f"if a = {n} then {n} else " for n in range(500))
    assert compile_expression(branches + "-1").evaluate({"a": 499}) == 499


@pytest.mark.parametrize(
    "source",
    [
        "for i in 1..100000 return i",
        "for a in 1..1000, b in 1..1000 return a",
        "some l in [for i in 1..1000 return i], a in l, b in l satisfies false",
        "some a in 1..9999, b in 1..9999 satisfies false",
        'string join(for i in 1..9999 return "xxxxxxxxxxxxxxxxxxxxxx", "")',
        "flatten(for a in 1..150 return for b in 1..150 return b)",
        "(for i in 1..9999 return i)[count(for n in 1..99 return n) > item]",
    ],
)
def test_what_takes_too_long_is_stopped(source: str) -> None:
    expression = compile_expression(source)
    with pytest.raises(ExpressionBudgetError):
        expression.evaluate({})


def test_a_value_that_contains_itself_is_stopped() -> None:
    circle: dict[str, object] = {}
    circle["again"] = circle
    with pytest.raises(ExpressionBudgetError, match="zu tief verschachtelt"):
        compile_expression("x").evaluate({"x": circle})
    assert compile_expression("x.again.again.n").evaluate({"x": circle}) is None


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [("Guten Tag\n{name", 2, 1), ("ab } c", 1, 4), ("Guten Tag\n  {name +}", 2, 10), ("{}", 1, 2), ("{a} {b c}", 1, 8)],
)
def test_a_fault_in_a_text_carries_its_place(source: str, line: int, column: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_text(source)
    assert (caught.value.line, caught.value.column) == (line, column)
