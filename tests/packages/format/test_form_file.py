"""A package whose form is a data schema of FIM, with its author's adjustments."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from packages.nested import LIST, boat_files, schema
from stadtamt.forms.schema import read_form
from stadtamt.packages.archive import AuthorKey, pack, unpack
from stadtamt.packages.checking import check, errors_in
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format import form_file
from stadtamt.packages.format.files import MAX_LARGE_BYTES, checked
from stadtamt.packages.format.reader import read_package

HIDE = '\n[[override]]\nid = "ohne-farbe"\nkind = "hide"\nfield = "G00000000002.F00000000004"\n'
NOTHING = """
[[override]]
id = "regel"
kind = "rule"
rule = "R00000000001"
was = "Wenn das Boot schön ist, …"
decision = "none"
reason = "Schönheit prüft niemand."
"""


def test_the_schema_becomes_the_form_of_the_package() -> None:
    form = read_form(read_package(boat_files()).form)
    assert form.origin is not None
    assert (form.key, form.origin.id) == ("boot-anmelden", "S00000000001")
    assert form.group_at["G00000000002"].most == 3
    assert form.fields["G00000000002.F00000000004"].code_list == "urn:de:beispiel:farben"


def test_the_author_adjusts_it_with_the_deviations_of_a_town() -> None:
    form = read_form(read_package(boat_files(adjustments=HIDE + NOTHING)).form)
    assert "G00000000002.F00000000004" not in form.fields
    assert form.rules[0].status == "machine"


@pytest.mark.parametrize(
    ("adjustments", "sentence"),
    [
        (HIDE.replace("F00000000004", "F00000000002"), "form.toml: „ohne-farbe“: .*Pflichtangabe"),
        (HIDE.replace("F00000000004", "F6"), "form.toml: „ohne-farbe“: .*gibt es im Formular nicht"),
        (HIDE.replace('"hide"\nfield = "G00000000002.F00000000004"', '"four-eyes"'), "„four-eyes“ gibt es hier nicht"),
        ('\n[[override]]\nid="x"\nkind="text"\naddress="service.title"\ntext="x"\n', "nur Texte des Formulars"),
        (NOTHING.replace("schön", "groß"), "lautet inzwischen"),
        ("\n[parameters]\n", "„parameters“ gibt es hier nicht"),
    ],
)
def test_an_adjustment_that_does_not_fit_is_refused_with_its_name(adjustments: str, sentence: str) -> None:
    files = boat_files(adjustments=adjustments)
    with pytest.raises(PackageProblem, match=sentence):
        read_package(files)
    assert [str(one) for one in errors_in(check(files)) if one.file == "form.toml" and re.search(sentence, str(one))]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"form.yaml": b"form: x"}, "form.yaml: Ein Paket hat entweder form.yaml oder form.xdf.xml"),
        ({"form.xdf.xml": b"<a/>"}, "form.xdf.xml, Zeile 1: "),
        ({"form.xdf.xml": schema().replace(b"</x:header>", b"<x:header>")}, "form.xdf.xml, Zeile 2: "),
        ({"code-lists/farben-1.xml": LIST[:300]}, "code-lists/farben-1.xml, Zeile"),
    ],
)
def test_a_form_that_cannot_be_made_is_refused_with_file_and_line(change: dict[str, bytes], sentence: str) -> None:
    files = boat_files(**change)
    with pytest.raises(PackageProblem) as refused:
        read_package(files)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value) in [str(one) for one in errors_in(check(files))]


def test_adjustments_and_code_lists_without_a_schema_are_refused() -> None:
    for strange in ("form.toml", "code-lists/farben-1.xml"):
        left = {
            name: content for name, content in boat_files().items() if not name.startswith(("form.", "code-lists/"))
        }
        with pytest.raises(PackageProblem, match=f"{strange}: Diese Datei gehört zu einem Datenschema"):
            read_package(checked({**left, "form.yaml": b"form: x", strange: b""}))


def test_what_was_noticed_and_not_understood_are_warnings() -> None:
    without = {name: content for name, content in boat_files().items() if not name.startswith("code-lists/")}
    found = [str(one) for one in check(without) if one.severity == "warning" and one.file == "form.xdf.xml"]
    assert [one for one in found if "Die Regel R00000000001 ist nicht sicher verstanden" in one and "form.toml" in one]
    assert [one for one in found if "Die Codeliste urn:de:beispiel:farben_1 fehlt" in one]
    assert [one for one in found if "Felder sagen nicht, wozu gefragt wird" in one]
    assert not [one for one in check(boat_files(adjustments=NOTHING)) if "sicher verstanden" in one.sentence]


def test_a_schema_is_read_once_for_many_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    files = boat_files(schema(title="Ein Boot, das noch niemand las"))
    reads: list[Any] = []
    made = form_file.form_source
    monkeypatch.setattr(form_file, "form_source", lambda *a, **k: reads.append(1) or made(*a, **k))
    assert len({read_package(files).form for _ in range(3)}) == 1
    assert len(reads) <= 1


def test_a_large_schema_travels_in_an_archive_and_a_larger_one_does_not() -> None:
    room = schema().replace(b"</x:header>", b"</x:header><!--" + b"x" * 3_000_000 + b"-->")
    files = boat_files(**{"form.xdf.xml": room})
    assert dict(unpack(pack(files, AuthorKey.generate())).files) == dict(files)
    assert json.loads(read_package(files).form)["form"] == "boot-anmelden"
    with pytest.raises(PackageProblem, match=r"form\.xdf\.xml: Die Datei ist zu groß"):
        checked({**files, "form.xdf.xml": b" " * (MAX_LARGE_BYTES + 1)})
    with pytest.raises(PackageProblem, match=r"rules\.dmn: Die Datei ist zu groß"):
        checked({**files, "rules.dmn": b" " * 1_000_001})


def test_an_author_need_not_repeat_the_words_of_the_schema_to_say_it_otherwise() -> None:
    words = '\n[[override]]\nid = "worte"\nkind = "text"\naddress = "form.G00000000002.title"\ntext = "Ihr Boot"\n'
    files = boat_files(adjustments=words)
    assert not errors_in(check(files))
    assert read_form(read_package(files).form).group_at["G00000000002"].title.source == "Ihr Boot"
