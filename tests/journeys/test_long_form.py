"""A long application on an old telephone: code lists, several answers, groups once more or not at all, tasks."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from conftest import use_database
from journeys.conftest import Site
from journeys.pages import Portal, text
from stadtamt.conf.embedded import EmbeddedPostgres
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from support.long_form import ALL, KEY, offer

pytestmark = pytest.mark.browser
FORWARD = re.compile("Weitermachen|Angaben prüfen")


@pytest.fixture(scope="module")
def offered(site: Site, postgres: EmbeddedPostgres, django_db_blocker: Any) -> None:
    """Konstanz offers the long form. In a thread of its own, as the browser's loop runs in this one."""

    def lay() -> None:
        use_database(postgres, "app", "journeys")
        with within(Municipality.objects.get(name="Konstanz")):
            offer()
        use_database(postgres, "app", "house")

    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
        thread.submit(lay).result()


@pytest.fixture
def parent(offered: None, portal: Portal) -> Portal:
    portal.page.goto(f"{portal.base}/leistung/{KEY}/")
    portal.page.get_by_role("button", name="Kind anmelden").click()
    portal.page.wait_for_url("**/antrag/**")
    portal.code = portal.page.url.split("/antrag/")[1].split("/")[0]
    return portal


def open_page(portal: Portal, key: str) -> Page:
    portal.page.goto(f"{portal.base}/antrag/{portal.code}/{key}/")
    return portal.page


def give(page: Page, key: str) -> None:
    """The answers to this page from the made-up application."""
    for name, value in ALL[key].items():
        for number, one in enumerate(value if isinstance(value, list) else [value]):
            boxes = page.locator(f'input[name="{name}"][value="{one}"]:is([type=radio], [type=checkbox])')
            if boxes.count():
                boxes.check()
                continue
            inputs = page.locator(f'[name="{name}"]')
            if number and inputs.count() == number:
                page.get_by_role("button", name="Weitere Angabe hinzufügen").click()
            if inputs.count() > number:  # else it appears only after another answer
                inputs.nth(number).fill(one)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Weiter", exact=True).click()


def fill_in(portal: Portal) -> None:
    """Through all pages until there is nothing to do but check."""
    page = open_page(portal, "uebersicht")
    for _ in range(120):
        here = page.url.rstrip("/").rsplit("/", 1)[-1]
        if here == "pruefen":
            return
        if here == "uebersicht":
            page.get_by_role("link", name=FORWARD).click()
            continue
        give(page, here)
        go_on(page)
    raise AssertionError("The form does not end.")


def test_an_unclear_country_is_chosen_from_the_likeliest(parent: Portal) -> None:
    page = open_page(parent, "person-staat")
    parent.look(page, "lang-suche")
    page.get_by_label("Aus welchem Staat").fill("Vereinigte")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Bitte wählen Sie aus, was Sie meinen.")
    parent.look(page, "lang-suche-unklar")
    page.get_by_label("Vereinigte Staaten").check()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Welche Staatsangehörigkeiten haben Sie?")


def test_a_further_telephone_gets_an_input_of_its_own(parent: Portal) -> None:
    page = open_page(parent, "person-telefon")
    page.get_by_label("1. Angabe").fill("07531 1")
    page.get_by_role("button", name="Weitere Angabe hinzufügen").click()
    expect(page.get_by_label("1. Angabe")).to_have_value("07531 1")
    expect(page.get_by_label("2. Angabe")).to_be_focused()
    page.get_by_label("2. Angabe").fill("07531 2")
    parent.look(page, "lang-mehrere")
    page.get_by_label("Ab welcher Uhrzeit?").fill("14:30")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wie heißt das Kind?")


def test_a_second_child_is_added_and_taken_out(parent: Portal) -> None:
    page = open_page(parent, "kinder-name-1")
    text("Name des Kindes", "Mia")(page)
    go_on(page)
    page = open_page(parent, "kinder-_mehr")
    page.get_by_label("Ja", exact=True).check()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kinder (2 von 2)")
    parent.look(page, "lang-zweites-kind")
    text("Name des Kindes", "Jakob-Maximilian Freiherr von Württemberg-Hohenlohe")(page)
    go_on(page)
    page = open_page(parent, "kinder-_mehr")
    parent.look(page, "lang-noch-ein-kind")
    page.get_by_role("button", name=re.compile(r"Entfernen\W+Kinder \(2 von 2\)")).click()
    expect(page.get_by_text("Jakob-Maximilian")).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile(r"Ändern\W+Kinder \(1\)"))).to_be_visible()


def test_a_long_application_is_filled_in_by_its_tasks_and_sent(parent: Portal) -> None:
    page = parent.page
    for key in ("kinder-mass-1", "arzt-_wahl-1", "betreuung-besuch", "betreuung-impfung", "tiere-_wahl"):
        open_page(parent, key)
        parent.look(page, f"lang-{key}")
    open_page(parent, "person-name")
    parent.look(page, "lang-frage")
    go_on(page)
    parent.look(page, "lang-fehler")
    open_page(parent, "betreuung-gruppe")
    page.get_by_label("Ganzer Tag").check()
    go_on(page)
    page.goto(f"{parent.base}/antrag/{parent.code}/")
    expect(page.get_by_text("beantwortet, es fehlen noch")).to_be_visible()
    parent.look(page, "lang-uebersicht")
    fill_in(parent)
    open_page(parent, "uebersicht")
    parent.look(page, "lang-uebersicht-fertig")
    page.get_by_role("link", name="Angaben prüfen und absenden").click()
    page.get_by_role("link", name=re.compile(r"Ändern\W+Name, Wer das Kind abholt \(1\)")).click()
    page.get_by_label("Name").fill("Opa Kurt")
    go_on(page)
    expect(page.get_by_text("Opa Kurt")).to_be_visible()
    parent.send()
