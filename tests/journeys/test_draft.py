"""A draft that survives, errors that help, and a page that keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Site, look_at
from journeys.pages import TODAY, Portal, day, text

pytestmark = pytest.mark.browser


def test_a_draft_survives_a_killed_browser_and_a_restarted_server(site: Site, new_page: Callable[..., Page]) -> None:
    first = Portal(new_page(width=360), site.url(), check=look_at(True))
    first.page.goto(f"{site.url()}/leistung/hundesteuer-anmelden/")
    first.begin()
    first.keeper()
    first.page.context.close()
    site.stop_server()
    site.start_server()
    second = Portal(new_page(javascript=False), site.url(), check=look_at(False))
    second.page.goto(f"{site.url()}/")
    # The code as somebody copies it from paper: small letters, no hyphens.
    second.page.get_by_label("Ihr Code").fill(first.code.lower().replace("-", ""))
    second.page.get_by_role("button", name="Weitermachen").click()
    second.dog()
    assert "Müller" in second.page.inner_text("main")
    second.code = first.code
    second.send()


def test_an_error_is_named_on_top_and_leads_to_its_field(portal: Portal) -> None:
    portal.page.goto(f"{portal.base}/leistung/hundesteuer-anmelden/")
    portal.begin()
    portal.question("Wer hält", "person", text("Vorname", "Anna"), text("Nachname", "Иванова"))
    assert portal.page.title().startswith("Fehler: ")
    portal.look(portal.page, "frage-fehler")
    summary = portal.page.get_by_role("alert")
    expect(summary).to_contain_text("Das Zeichen „И“ kann in einem Namen nicht stehen.")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Das Zeichen").click()
    expect(portal.page.get_by_label("Nachname", exact=True)).to_be_focused()
    expect(portal.page.get_by_label("Vorname", exact=True)).to_have_value("Anna")


def test_what_looks_wrong_is_asked_back_and_may_be_confirmed(portal: Portal) -> None:
    portal.page.goto(f"{portal.base}/leistung/hundesteuer-anmelden/")
    portal.begin()
    swapped = (text("Vorname", "Müller"), text("Nachname", "Anna"), day("Geburtsdatum", date(1985, 4, 3)))
    portal.question("Wer hält", "person", *swapped)
    expect(portal.page.get_by_text("Sind Vorname und Nachname vertauscht?")).to_be_visible()
    portal.look(portal.page, "frage-stimmt-das")
    portal.question("Wer hält", "person-noch-einmal", lambda page: page.get_by_label("Ja, das stimmt so").check())
    expect(portal.page.get_by_role("heading", level=1)).to_have_text("Wo wohnen Sie mit dem Hund?")


def test_going_back_loses_nothing(portal: Portal) -> None:
    portal.page.goto(f"{portal.base}/leistung/hundesteuer-anmelden/")
    portal.begin()
    portal.keeper()
    for label, value in (("E-Mail-Adresse", "anna@beispiel.test"), ("Ort", "Konstanz"), ("Nachname", "Müller")):
        portal.page.get_by_role("link", name="Zurück").click()
        expect(portal.page.get_by_label(label, exact=True)).to_have_value(value)


def test_a_dog_is_not_born_tomorrow(portal: Portal) -> None:
    portal.page.goto(f"{portal.base}/leistung/hundesteuer-anmelden/")
    portal.begin()
    tomorrow = TODAY + timedelta(days=1)
    portal.question(
        "Wer hält", "person", text("Vorname", "Anna"), text("Nachname", "Müller"), day("Geburtsdatum", tomorrow)
    )
    expect(portal.page.get_by_role("alert")).to_contain_text("Es liegt in der Zukunft")
