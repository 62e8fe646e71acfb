"""A preview of a form with repeated groups: one page for each question, every answer leads to its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stadtamt.packages.preview import look_at
from stadtamt.web.portal.preview import write_preview
from support.long_form import long_files
from support.small_package import town_layer

CASES = """
[[case]]
name = "Zwei Kinder"
today = 2026-05-11
[case.answers]
person = {vorname = "Anna", nachname = "Müller", strasse = "Am See 1", plz = "78462", ort = "Konstanz"}
kinder = [{name = "Mia"}, {name = "Ole", abholung = [{name = "Oma Else"}]}]
[case.expect]
total_cents = 0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_preview(look_at(long_files(CASES), town_layer()), tmp_path)
    return tmp_path


def test_a_question_of_a_repeated_group_is_that_of_the_first_occurrence(folder: Path) -> None:
    page = (folder / "kinder-mass.html").read_text()
    assert "Wie groß ist Mia?" in page
    assert "Kinder (1 von 2)" in page


def test_every_answer_leads_to_the_page_of_its_question(folder: Path) -> None:
    page = (folder / "pruefen.html").read_text()
    assert "Oma Else" in page
    assert all((folder / name).exists() for name in re.findall(r'href="([^"#]+)#', page))
