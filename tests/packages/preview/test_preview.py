"""A package not yet installed, looked at: every page, every letter, without a database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from stadtamt.conf.commandline import main
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import files_of_folder, text_of
from stadtamt.packages.format.layer import read_layer
from stadtamt.packages.preview import look_at
from stadtamt.web.portal.preview import write_preview
from support.life_package import FORM, life_files
from support.small_package import town_layer

DOG = settings.SERVICES / "hundesteuer-anmelden"


def test_every_question_is_shown_with_the_condition_under_which_it_is_asked() -> None:
    form = FORM.replace(
        "        title: Wo steht der Stand?", '        title: Wo steht der Stand?\n        when: person.vorname = "X"'
    )
    seen = look_at(life_files(form=form), town_layer())
    assert [view.question.key for view in seen.pages][:2] == ["person-name", "person-anschrift"]
    place = next(view for view in seen.pages if view.question.key == "stand-ort")
    assert place.conditions == ('person.vorname = "X"',)


def test_every_letter_of_the_dog_tax_that_a_case_gets_is_there() -> None:
    files = files_of_folder(DOG)
    layer = read_layer(text_of(files, "parameters/konstanz.toml"))
    seen = look_at(files, layer, town="konstanz")
    assert {view.id for view in seen.letters if view.letter is not None} >= {"bescheid", "ablehnung", "befreiung"}
    assert seen.words.cost
    assert "<svg" in seen.svg


def test_the_pages_may_be_in_another_language() -> None:
    seen = look_at(life_files(), town_layer(), language="en")
    assert seen.entry["title"] == "Register a stall"
    assert seen.situation.words(seen.pages[0].question.title) == "What is your name?"


def test_a_language_without_texts_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(PackageProblem, match=r"Vorhanden: en\."):
        look_at(life_files(), town_layer(), language="fr")


def test_the_folder_works_without_a_server(tmp_path: Path) -> None:
    names = write_preview(look_at(life_files(), town_layer()), tmp_path)
    assert {"index.html", "leistung.html", "pruefen.html", "brief-bescheid.html", "brief-bescheid.pdf"} <= set(names)
    assert (tmp_path / "brief-bescheid.pdf").read_bytes().startswith(b"%PDF-")
    for name in (name for name in names if name.endswith(".html")):
        page = (tmp_path / name).read_text()
        assert 'href="/' not in page
        assert 'method="post"' not in page
    assert (tmp_path / "static/css/kern.css").exists()


def test_the_rows_of_a_table_stand_on_the_page_of_a_letter(tmp_path: Path) -> None:
    files = files_of_folder(DOG)
    layer = read_layer(text_of(files, "parameters/konstanz.toml"))
    write_preview(look_at(files, layer, town="konstanz"), tmp_path)
    assert '<th scope="row"' in (tmp_path / "brief-bescheid.html").read_text()


def test_the_command_writes_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "author"
    for name, content in life_files().items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content)
    (tmp_path / "x.toml").write_text('[parameters.place]\nvalue = "Konstanz"\n')
    words = [
        "package",
        "preview",
        str(source),
        "--parameters",
        str(tmp_path / "x.toml"),
        "--out",
        str(tmp_path / "out"),
    ]
    assert main(words) == 0
    assert "beginnen Sie mit" in capsys.readouterr().out
    assert "Stand anmelden" in (tmp_path / "out/index.html").read_text()


def test_a_page_on_which_everything_is_preset_is_not_shown() -> None:
    fixed = FORM.replace(
        "{id: vorname, label: Vorname, type: name,", "{id: vorname, label: Vorname, type: name, content: Eva,"
    )
    fixed = fixed.replace(
        "{id: nachname, label: Nachname, type: name,", "{id: nachname, label: Nachname, type: name, content: Müller,"
    )
    seen = look_at(life_files(form=fixed), town_layer())
    assert next(view.question.key for view in seen.pages) == "person-anschrift"
