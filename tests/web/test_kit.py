"""Every page template renders with its documented context, obeys the strict content policy and stays light."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from django.test import override_settings

from stadtamt.web import templatetags
from stadtamt.web.templatetags.office import days_left, file_size, initial, moment, short_day, urgency
from web.facts import NOW, TOWN
from web.samples import PAGES

WEB = Path(templatetags.__file__).parents[1]
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(HTMLParser):
    """Collects what the tests ask of a page and holds that its elements close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.jumps: list[str] = []
        self.described: list[str] = []
        self.headings: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        self.jumps += [values["href"][1:]] if values.get("href", "").startswith("#") else []
        for name in ("aria-describedby", "aria-labelledby", "for"):
            self.described += values.get(name, "").split()
        self.headings += [tag] if re.fullmatch(r"h[1-6]", tag) else []
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(autouse=True)
def _plain_static_files() -> Iterator[None]:
    with override_settings(STORAGES=PLAIN):
        yield


def rendered(name: str) -> str:
    template, context = PAGES[name]
    return engines["django"].get_template(template).render({"town": TOWN, "demo": True, **context})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_its_references_resolve(name: str) -> None:
    page = Page(rendered(name))
    assert page.open == []
    assert page.headings.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))
    assert set(page.jumps + page.described) <= set(page.ids)


@pytest.mark.parametrize("name", [name for name, (_, context) in PAGES.items() if context.get("errors")])
def test_a_page_with_errors_says_so_in_its_title_and_focuses_the_summary(name: str) -> None:
    html = rendered(name)
    assert "<title>Fehler: " in html
    assert 'role="alert" aria-labelledby="fehler-titel" tabindex="-1" autofocus' in html


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_has_no_inline_script_style_or_handler(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href)=\"https?:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_says_its_context_and_raises_no_voice(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "{% comment %}" in text[:200]
    assert not re.search(r"[a-zäöüß]!", text)


def test_posting_forms_carry_the_token_against_forgery() -> None:
    for path in TEMPLATES:
        for form in re.findall(r"<form[^>]*method=\"post\"[^>]*>(.{0,20})", path.read_text("utf-8"), re.DOTALL):
            assert form.startswith("{% csrf_token %}"), path.name


def test_a_citizen_page_weighs_less_than_150_kb_compressed() -> None:
    static = WEB / "static"
    fonts = sum(path.stat().st_size for path in (static / "fonts").glob("*.woff2"))
    parts = [path for folder in ("css", "js") for path in (static / folder).iterdir() if path.suffix in {".css", ".js"}]
    text = sum(len(gzip.compress(path.read_bytes())) for path in parts)
    heaviest = max(len(gzip.compress(rendered(name).encode())) for name in PAGES)
    assert fonts + text + heaviest < 150_000


def test_one_question_makes_its_label_the_heading() -> None:
    assert '<h1><label class="kern-label" for="name">Name des Hundes</label></h1>' in rendered("question_one")
    assert "<h1>Wann ist er geboren?</h1></legend>" in rendered("question_date")


def test_typed_text_is_kept_from_spelling_and_translation_services() -> None:
    fields = re.findall(r"<(?:input|textarea)[^>]*kern-form-input__input[^>]*>", rendered("question_many"))
    typed = [each for each in fields if 'type="file"' not in each]
    assert len(typed) == 8
    assert all('spellcheck="false" translate="no"' in each for each in typed)


def test_the_enter_key_does_not_remove_an_upload() -> None:
    buttons = re.findall(r"<button([^>]*)>", rendered("question_many").partition("<form")[2])
    assert "name=" not in buttons[0]


def test_answers_cannot_smuggle_markup() -> None:
    name = "<script>alert(1)</script>"
    html = engines["django"].get_template("desk/worklist.html").render({"cases": [{"who": name, "what": name}]})
    assert name not in html


def test_the_search_part_renders_alone() -> None:
    part = engines["django"].get_template("portal/start.html#results").render({"query": "hund", "results": []})
    assert "nichts gefunden" in part
    assert "<html" not in part


def test_figures_are_written_as_people_write_them() -> None:
    assert moment(NOW) == "9.\N{NO-BREAK SPACE}Mai 2026, 16:05 Uhr"
    assert short_day(NOW) == "09.05.2026"
    assert [days_left(count) for count in (12, 1, 0, -1)] == [
        "noch 12 Tage",
        "noch 1 Tag",
        "heute",
        "seit 1 Tag vorbei",
    ]
    assert [urgency(count) for count in (None, 8, 7, -1)] == ["none", "calm", "soon", "late"]
    assert [file_size(count) for count in (48_123, 1_234_567)] == ["48\N{NO-BREAK SPACE}KB", "1,2\N{NO-BREAK SPACE}MB"]
    assert initial("Stadt Konstanz") == "K"
