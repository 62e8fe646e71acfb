"""The unclear case: a clerk asks back, the citizen answers, the clerk decides."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect

from journeys.pages import Desk, Portal, choose

pytestmark = pytest.mark.browser


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    file = tmp_path / "Ausweis Müller.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)
    return file


def ask_for_relief(portal: Portal, evidence: Path) -> str:
    """An application for an assistance dog, with evidence; the case number."""
    portal.page.goto(f"{portal.base}/leistung/hundesteuer-anmelden/")
    portal.begin()
    portal.keeper()
    portal.dog("Luna", circumstances="[Bb]efrei")
    portal.question(
        "Warum soll", "befreiung", lambda page: page.get_by_label(re.compile("Menschen mit Behinderung")).first.check()
    )
    portal.question("Welches Merkzeichen", "merkzeichen", choose("Merkzeichen", "H (hilflos)"))
    portal.question("laden Sie den Nachweis", "nachweis", portal.upload(evidence))
    return portal.send()


def test_a_clerk_asks_back_and_grants(portal: Portal, desk: Desk, evidence: Path) -> None:
    number = ask_for_relief(portal, evidence)
    portal.wait_for("Wir prüfen Ihren Antrag")
    desk.sign_in()
    desk.open_case(number)
    expect(desk.page.get_by_role("link", name="Ausweis Müller.pdf")).to_be_visible()
    desk.page.get_by_text("Rückfrage stellen", exact=True).click()
    desk.page.get_by_label("Was brauchen Sie noch?").fill("Bitte schicken Sie uns auch die Rückseite.")
    desk.page.get_by_role("button", name="Rückfrage senden").click()
    expect(desk.page.get_by_text("Rückfrage gestellt")).to_be_visible()
    portal.wait_for("Bitte schicken Sie uns auch die Rückseite.")
    portal.look(portal.page, "status-rueckfrage")
    portal.page.get_by_label("Ihre Antwort").fill("Gern, hier ist sie.")
    portal.page.locator("input[type=file]").set_input_files(evidence)
    portal.page.get_by_role("button", name="Antwort senden").last.click()
    portal.wait_for("Wir prüfen Ihren Antrag")
    desk.open_case(number)
    assert "Gern, hier ist sie." in desk.page.inner_text("main")
    desk.page.get_by_role("button", name="Befreiung gewähren").click()
    portal.wait_for("Bescheid liegt hier für Sie bereit")
    portal.page.goto(f"{portal.base}/vorgang/{portal.code}/bescheid/")
    assert "Luna" in portal.page.inner_text("main")
    assert "befrei" in portal.page.inner_text("main").lower()


def test_a_refusal_needs_grounds_and_sets_the_tax(portal: Portal, desk: Desk, evidence: Path) -> None:
    number = ask_for_relief(portal, evidence)
    portal.wait_for("Wir prüfen Ihren Antrag")
    desk.sign_in()
    desk.open_case(number)
    desk.page.get_by_text("Vergünstigung ablehnen", exact=True).click()
    desk.page.get_by_role("button", name="Ablehnen und Bescheid erlassen").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("Bitte begründen Sie die Ablehnung")
    desk.look(desk.page, "amt-ablehnung-fehler")
    desk.page.get_by_label("Gründe").fill("Der Ausweis trägt kein Merkzeichen der Satzung.")
    desk.page.get_by_role("button", name="Ablehnen und Bescheid erlassen").click()
    portal.wait_for("Bescheid liegt hier für Sie bereit")
    portal.page.goto(f"{portal.base}/vorgang/{portal.code}/bescheid/")
    words = portal.page.inner_text("main")
    assert "Der Ausweis trägt kein Merkzeichen der Satzung." in words
    assert "€" in words
