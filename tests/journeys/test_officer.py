"""The digital officer's pages in a real browser: wide and narrow, light and dark, without anything axe would name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from journeys.conftest import Site, look_at
from journeys.pages import Desk
from stadtamt.packages.archive import AuthorKey, pack
from stadtamt.packages.format.files import Files
from support.life_package import KEY, life_files, next_version, with_step_before
from support.small_package import PARAMETERS

pytestmark = pytest.mark.browser

TOWN = "hattenhofen"
TIGHTER = PARAMETERS.replace("max = 100000", "max = 1000").replace("default = 1500", "default = 500")


class Officer(Desk):
    """The digital officer of Hattenhofen."""

    def see(self, name: str) -> None:
        """Look at the page in every width and light."""
        for width in (360, 1280):
            for scheme in ("dark", "light"):
                self.page.set_viewport_size({"width": width, "height": 900})
                self.page.emulate_media(color_scheme=scheme)
                self.look(self.page, f"lotse-{name}")

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}/amt/leistungen/{path}")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def upload(self, files: Files, author: AuthorKey) -> None:
        self.open("")
        file = FilePayload(name="stand.leistung", mimeType="application/octet-stream", buffer=pack(files, author))
        self.page.get_by_label("Paketdatei").set_input_files(file)
        self.press("Datei prüfen")


@pytest.fixture
def officer(site: Site, new_page: Callable[..., Page]) -> Officer:
    account = site.officers[TOWN]
    officer = Officer(new_page(), site.url(TOWN), account, check=look_at(True), username="lotse")
    officer.sign_in()
    return officer


def test_an_officer_adopts_a_shipped_package_by_one_page(officer: Officer) -> None:
    page = officer.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Leistungen")
    officer.see("leistungen")
    page.get_by_role("button", name=re.compile("Einrichten.*Bewohnerparkausweis")).click()
    officer.see("einstellungen-leer")
    officer.press("Weiter zur Vorschau")
    expect(page.get_by_role("alert")).to_be_focused()
    officer.see("einstellungen-fehler")
    officer.press("Werte einsetzen")
    page.get_by_label("Titel der Gebührenverordnung", exact=True).fill("Rechtsverordnung der Gemeinde Hattenhofen")
    for fold in page.locator(".st-foldgroup > summary").all():
        fold.click()
    officer.see("einstellungen")
    page.locator(".st-settings > .st-actions button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vorschau")
    page.get_by_text("Brief ansehen").click()
    page.get_by_text("Diagramm des Ablaufs").click()
    officer.see("vorschau")
    officer.press("In Betrieb nehmen")
    expect(page.get_by_role("status")).to_contain_text("In Betrieb")
    officer.see("leistung")


def test_an_officer_updates_deviates_and_looks_at_running_cases(officer: Officer) -> None:
    page, author = officer.page, AuthorKey.generate()
    officer.upload(life_files(), author)
    page.get_by_label("Ortsname", exact=True).fill("Hattenhofen")
    for fold in page.locator(".st-foldgroup > summary").all():
        fold.click()
    page.get_by_label("Gebühr am Tag", exact=True).fill("20")
    officer.press("Weiter zur Vorschau")
    officer.press("In Betrieb nehmen")
    page.get_by_role("link", name="Abweichungen").click()
    for fold in page.locator(".st-foldgroup > summary").all():
        fold.click()
    officer.see("abweichungen")
    page.get_by_label("Name der Stelle").fill("Marktamt")
    officer.press("Stelle übernehmen")
    expect(page.get_by_text("Zuständige Stelle: Marktamt", exact=True)).to_be_visible()
    officer.upload(with_step_before(next_version(parameters=TIGHTER)), author)
    expect(page.get_by_role("heading", level=2).first).to_have_text("Bitte entscheiden Sie")
    officer.see("aktualisieren")
    page.get_by_label("Etwas anderes eintragen").check()
    page.get_by_label("Gebühr am Tag", exact=True).fill("8,50")
    officer.press("Antworten prüfen (Trockenlauf)")
    expect(page.get_by_text("Trockenlauf bestanden")).to_be_visible()
    officer.see("aktualisieren-bereit")
    officer.press("Aktualisieren")
    expect(page.get_by_role("status")).to_contain_text("1.1.0")
    officer.open(f"{KEY}/vorgaenge/")
    officer.see("vorgaenge")
