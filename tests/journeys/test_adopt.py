"""One builds, all adopt: a town takes a service from a registry, later its next version, and keeps what it set."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Site, look_at
from journeys.pages import TODAY, Desk, Portal, choose, day, text
from support.author import PACKAGE, first_version, next_version, publish, stadtamt

pytestmark = pytest.mark.browser
TOWN = "hattenhofen"
CONCERT = TODAY + timedelta(days=120)


@pytest.fixture
def officer(site: Site, new_page: Callable[..., Page]) -> Desk:
    """The digital officer of the other town."""
    return Desk(new_page(), site.url(TOWN), site.officers[TOWN], check=look_at(True), username="lotse")


def concert(portal: Portal, *, electricity: bool | None) -> str:
    """Somebody notifies a concert; the case number. `electricity`: the answer, where the form asks for it."""
    portal.page.goto(f"{portal.base}/leistung/{PACKAGE}/")
    portal.page.get_by_role("button", name="Veranstaltung anzeigen").click()
    portal.page.wait_for_url("**/antrag/**")
    portal.code = portal.page.url.split("/antrag/")[1].split("/")[0]
    ask: Any = portal.question
    ask("Wer ist verantwortlich", "v-person", text("Vorname", "Anna"), text("Nachname", "Müller"),
        choose("Wer veranstaltet", "Ich selbst, ohne Gewinn"))  # fmt: skip
    ask("Wohin dürfen wir", "v-anschrift", text("Straße", "Hauptstraße"), text("Hausnummer", "1"),
        text("Postleitzahl", "73110"), text("Ort", "Hattenhofen"))  # fmt: skip
    ask("Wie möchten Sie", "v-zustellung", choose("online abholen", "Ja"))
    ask("Wie möchten Sie", "v-mail", text("E-Mail-Adresse", "anna@beispiel.test"))
    ask("Unter welcher Nummer", "v-telefon", text("Telefon", "07000 1"))
    ask("Was planen Sie", "v-was", text("Name der Veranstaltung", "Sommerkonzert"), choose("Art der", "Konzert"))
    ask("Wo findet", "v-wo", choose("^Ort", "Dorfplatz"), text("Genaue Stelle oder Anschrift", "vor dem Rathaus"))
    ask("Wann findet", "v-wann", day("Erster Tag", CONCERT), text("Zahl der Tage", "1"),
        text("Beginn (volle Stunde)", "18"), text("Ende (volle Stunde)", "21"))  # fmt: skip
    ask("Wie viele", "v-viele", text("Menschen, die höchstens zugleich da sind", "300"))
    if electricity is not None:
        ask("Brauchen Sie Strom", "v-strom", choose("Brauchen Sie einen Anschluss", "Ja" if electricity else "Nein"))
    ask("laute Musik", "v-musik", choose("Gibt es laute Musik", "Nein"))
    ask("zu essen", "v-bewirtung", choose("Was wird verkauft", "Nichts"))
    ask("Trifft davon", "v-besonderes")
    ask("Was genau", "v-beschreibung", text("Beschreibung", "Ein Konzert des Chors."))
    if "befreiung" in portal.page.url:
        ask("Beantragen Sie", "v-befreiung", choose("Möchten Sie das", "Nein"))
    ask("Müssen wir noch", "v-hinweis")
    return portal.send()


def set_up_service(officer: Desk) -> None:
    """The one page: beside what an example town brings, the town's own name, fee, places and periods."""
    page = officer.page
    page.goto(f"{officer.base}/amt/leistungen/?q=Konzert")
    officer.look(page, "lotse-leistungen")
    page.get_by_role("button", name=re.compile("Einrichten.*Veranstaltung anzeigen.*staedte")).click()
    page.get_by_label("Mit den Zahlen einer anderen Gemeinde").select_option(label="wie Konstanz")
    page.get_by_role("button", name="Werte einsetzen").click()
    for details in page.locator("details").all():
        details.evaluate("one => one.open = true")
    page.locator('[name="p.place"]').fill("Hattenhofen")
    page.locator('[name="p.objection_body"]').fill("Gemeinde Hattenhofen")
    page.locator('[name="p.places.0.label"]').fill("Dorfplatz")
    page.locator('[name="p.places.0.value"]').fill("dorfplatz")
    page.locator('[name="p.fee_bands.1.cents_per_day"]').fill("42,00")
    page.locator('[name="p.notify_before"]').fill("3")
    page.locator('[name="p.notify_before.unit"]').select_option("W")
    officer.look(page, "lotse-einstellungen")
    page.get_by_role("button", name="Weiter zur Vorschau").last.click()
    officer.look(page, "lotse-vorschau")
    page.get_by_label(re.compile("Andere dürfen wissen")).check()
    page.get_by_role("button", name="In Betrieb nehmen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Veranstaltung")


def grant(desk: Desk, number: str) -> None:
    """The other units have no objection, and the clerk grants."""
    for _ in range(4):
        desk.open_case(number)
        consent = desk.page.get_by_role("button", name="Zustimmen", exact=True)
        if not consent.count():
            break
        desk.page.get_by_label("Ihre Stellungnahme").fill("Keine Bedenken.")
        consent.click()
    desk.page.get_by_role("button", name=re.compile("Erlaub|Bestätig|Gebühr|bewillig", re.IGNORECASE)).first.click()


def test_a_town_adopts_a_service_takes_its_next_version_and_keeps_its_fee(
    site: Site, officer: Desk, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    registry, folder = tmp_path / "register", first_version(tmp_path)
    root = publish(registry, folder, site.environment)
    stadtamt("registry", "add", "staedte", str(registry), "--root", str(root), environment=site.environment)
    officer.sign_in()
    set_up_service(officer)

    early = Portal(new_page(width=360), site.url(TOWN), check=look_at(True))
    number = concert(early, electricity=None)

    next_version(folder)
    publish(registry, folder, site.environment)
    site.stop_server()
    site.start_server()  # what a registry lists is asked anew only after some minutes
    page = officer.page
    page.goto(f"{officer.base}/amt/leistungen/{PACKAGE}/")
    officer.look(page, "lotse-leistung")
    page.get_by_role("button", name="Änderungen ansehen").click()
    officer.look(page, "lotse-aktualisieren")
    words = page.inner_text("main")
    assert "Brauchen Sie Strom von der Gemeinde?" in words
    assert "Anschluss an das Stromnetz" in words
    page.get_by_role("button", name="Aktualisieren", exact=True).click()
    expect(page.get_by_text("1.1.0").first).to_be_visible()
    page.goto(f"{officer.base}/amt/leistungen/{PACKAGE}/einstellungen/")
    assert page.locator('[name="p.fee_bands.1.cents_per_day"]').input_value() == "42,00"

    late = Portal(new_page(width=360), site.url(TOWN), check=look_at(True))
    later_number = concert(late, electricity=True)
    desk = Desk(new_page(), site.url(TOWN), site.clerks[TOWN], check=look_at(True))
    desk.sign_in()
    for case in (number, later_number):
        grant(desk, case)
    early.wait_for("liegt hier für Sie bereit")
    late.wait_for("liegt hier für Sie bereit")
    assert "42,00" in letter(early)
    assert "67,00" in letter(late)


def letter(portal: Portal) -> str:
    """The words of the letter that the citizen got."""
    portal.page.goto(f"{portal.base}/vorgang/{portal.code}/bescheid/")
    portal.look(portal.page, "v-brief")
    return portal.page.inner_text("main")
