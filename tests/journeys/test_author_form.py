"""The author's view of a form in a browser without JavaScript; then under axe, wide and narrow, light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Site, look_at
from journeys.test_officer import Officer
from packages.nested import another_field, boat_files, schema
from stadtamt.packages.archive import AuthorKey

pytestmark = pytest.mark.browser

TOWN = "hattenhofen"
FORM = "boot-anmelden/formular/"


@pytest.fixture
def officer(site: Site, new_page: Callable[..., Page]) -> Officer:
    """The digital officer without JavaScript, with a boat in force."""
    page = new_page(javascript=False)
    officer = Officer(page, site.url(TOWN), site.officers[TOWN], check=look_at(False), username="lotse")
    officer.sign_in()
    officer.upload(boat_files(schema(more=another_field())), AuthorKey.generate())
    officer.press("Weiter zur Vorschau")
    officer.press("In Betrieb nehmen")
    page.get_by_role("link", name="Formular").click()
    return officer


@pytest.fixture
def watcher(officer: Officer, new_page: Callable[..., Page]) -> Officer:
    """The same officer with JavaScript, so that axe can run."""
    page = new_page()
    page.context.add_cookies(officer.page.context.cookies())  # type: ignore[arg-type]
    return Officer(page, officer.base, officer.account, check=look_at(True), username="lotse")


def test_an_author_adapts_a_form_without_javascript(officer: Officer, watcher: Officer) -> None:
    page = officer.page
    expect(page.get_by_role("heading", name="Unklare Regeln")).to_be_visible()
    _look(watcher, "formular", FORM)
    _look(watcher, "formular-worte", f"{FORM}worte/?an=form.G00000000002")
    page.get_by_role("link", name="Regel klären").click()
    _look(watcher, "formular-regel", page.url.partition("/leistungen/")[2])
    watcher.press("Prüfen")
    expect(watcher.page.get_by_role("alert")).to_be_focused()
    watcher.see("formular-regel-fehler")
    _settle(officer, watcher)
    _leave_out(officer, watcher)
    officer.open(FORM)
    page.get_by_text("Anhänger", exact=True).click()
    page.get_by_role("button", name=re.compile("nach oben.*Anhänger")).click()
    expect(page.get_by_role("status")).to_contain_text("Verschoben")
    _look(watcher, "formular-geklaert", f"{FORM}?zeige=bedingt")


def _settle(officer: Officer, watcher: Officer) -> None:
    page = officer.page
    page.get_by_label("So ist es gemeint:").check()
    page.get_by_label("Diese Angabe oder dieser Abschnitt").select_option(value="G00000000003")
    page.get_by_label("muss angegeben werden", exact=True).check()
    first = page.get_by_role("group", name="1. Bedingung")
    first.get_by_label("Angabe").select_option(value="G00000000002.F00000000004")
    first.get_by_label("Vergleich").select_option(label="ist")
    officer.press("Werte zeigen")
    first.get_by_label("Wert").select_option(label="Rot")
    page.get_by_role("button", name="Prüfen", exact=True).last.click()
    said = "„Anhänger“ muss angegeben werden, wenn bei „Farbe“ „Rot“ gewählt ist."
    expect(page.get_by_text(said)).to_be_visible()
    officer.press("So übernehmen")
    expect(page.get_by_role("status")).to_contain_text("geklärt")


def _leave_out(officer: Officer, watcher: Officer) -> None:
    page = officer.page
    page.get_by_role("link", name="Freiwillige Angaben ausblenden").click()
    officer.press("Alle auswählen")
    expect(page.get_by_text("→").first).to_be_visible()
    officer.press("Im Formular ansehen")
    expect(page.get_by_text("die noch nicht gelten")).to_be_visible()
    _look(watcher, "formular-ansicht", f"{FORM}ansicht/")
    page.get_by_role("link", name="Boot", exact=True).click()
    expect(page.get_by_label("Name des Boots")).to_be_visible()
    _look(watcher, "formular-seite", page.url.partition("/leistungen/")[2])
    officer.press("Weiter")
    officer.open(f"{FORM}freiwilliges/")
    _look(watcher, "formular-freiwilliges", f"{FORM}freiwilliges/")
    page.get_by_label("Länge").check()
    officer.press("Ausgewähltes ausblenden")
    expect(page.get_by_role("status")).to_contain_text("Ausgeblendet")


def _look(watcher: Officer, name: str, path: str) -> None:
    """The page as axe sees it, everything unfolded."""
    watcher.open(path)
    folded = watcher.page.locator("main details:not([open]) > summary:visible")
    while folded.count():
        folded.first.click()
    watcher.see(name)
