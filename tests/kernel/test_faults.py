"""Files that the parsers cannot read are explained in German."""

from __future__ import annotations

import tomllib

import pytest
import yaml

from stadtamt.kernel.faults import toml_fault, yaml_fault


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("a: b: c", "Doppelpunkt"),
        ("a: 'x", "Anführungszeichen wird nicht geschlossen"),
        ("a: [1, 2", "Klammer"),
        ("a:\n\tb: 1", "Tabulator"),
        ("a:\n  b: 1\n c: 2", "Einrückung"),
        ("- a\nb: 1", "Einrückung"),
        ('a: "\\q"', "„\\“"),
        ("a: !own x", "Ausrufezeichen"),
        ("--- a\n--- b", "zweites Dokument"),
    ],
)
def test_what_is_wrong_in_yaml_is_said_in_german(source: str, sentence: str) -> None:
    with pytest.raises(yaml.YAMLError) as refused:
        yaml.load(source, Loader=yaml.CSafeLoader)
    assert sentence in yaml_fault(getattr(refused.value, "problem", None))


@pytest.mark.parametrize(
    ("source", "sentence", "line"),
    [
        ("a = 1\nb = minimum", "Texte gehören in Anführungszeichen", 2),
        ('a = "x', "wird nicht geschlossen", None),
        ("a = 1\na = 2", "zweimal", None),
        ("[a]\n[a]", "zweimal", 2),
        ("a = [1, 2", "eckige Klammer", None),
        ("a = {b = 1\nc = 2}", "geschweifte Klammer", 1),
        ("a 1", "Gleichheitszeichen", 1),
        ("[a", "eckige Klammer", None),
        ("a = 1,5", "kein Komma", 1),
        ("a = 'x\ny'", "mehrere Zeilen", 1),
        ('a = "\\q"', "doppelt", 1),
        ("= 1", "keine Angabe", 1),
    ],
)
def test_what_is_wrong_in_toml_is_said_in_german(source: str, sentence: str, line: int | None) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as refused:
        tomllib.loads(source)
    said, where = toml_fault(refused.value)
    assert sentence in said
    assert where == line


def test_what_no_one_foresaw_stays_general() -> None:
    assert yaml_fault("something else") == yaml_fault(None) == "Die Datei ist kein gültiges YAML."
