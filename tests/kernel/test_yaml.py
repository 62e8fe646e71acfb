"""YAML from packages: the safe subset, refused before it can blow up."""

from __future__ import annotations

import pytest

from stadtamt.kernel.yaml import YamlRefused, read_yaml


def test_plain_data_is_read() -> None:
    assert read_yaml("a: [1, 'x', true, null]\nb: {c: 2.5}") == {"a": [1, "x", True, None], "b": {"c": 2.5}}


def test_a_date_stays_text() -> None:
    assert read_yaml("a: 2026-05-09") == {"a": "2026-05-09"}


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("a: &x [1]\nb: *x", "Zeile 2: Verweise"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "Zeile 2: Verweise"),
        ("a: &x {b: 1}\nc:\n  <<: *x", "Zeile 3: Verweise"),
        ("a: 1\na: 2", "Zeile 2: „a“ kommt zweimal vor"),
        ("a: {b: 1, b: 2}", "„b“ kommt zweimal vor"),
        ("? [a]\n: 1", "darf keine Liste sein"),
        ("[" * 60 + "]" * 60, "zu tief"),
        ("{a: " * 60 + "1" + "}" * 60, "zu tief"),
        ("[" * 100_000, "zu tief"),
        ("a: " + "x" * 500_000, "zu groß"),
        ("a: [", "Zeile"),
        ("a: !!python/object/apply:os.system [ls]", "Zeile 1"),
        ("a: !own x", "Zeile 1"),
        ("--- a\n--- b", "Zeile"),
        ("a: !!int x", "kein gültiges YAML"),
        ("a: !!timestamp x", "kein gültiges YAML"),
        ("a: \x00", ""),
    ],
)
def test_what_is_hostile_or_broken_is_refused_with_its_line(source: str, sentence: str) -> None:
    with pytest.raises(YamlRefused) as refused:
        read_yaml(source)
    assert sentence in str(refused.value)


def test_forty_levels_are_deep_enough() -> None:
    assert read_yaml("[" * 40 + "]" * 40)
