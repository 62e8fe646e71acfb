"""The desk by keyboard alone, and a notice that goes by post."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Site
from journeys.pages import Desk, Portal

pytestmark = pytest.mark.browser


def tab_to(page: Page, words: str, *, limit: int = 80) -> None:
    """Press Tab until the element with these words has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate("() => document.activeElement.innerText || document.activeElement.value || ''")
        if words == focused.strip():
            return
    raise AssertionError(f"„{words}“ cannot be reached with the Tab key.")


def test_a_case_is_decided_without_a_mouse_and_posted(portal: Portal, desk: Desk) -> None:
    portal.page.goto(f"{portal.base}/leistung/hundesteuer-anmelden/")
    portal.begin()
    portal.keeper(electronic=False)
    portal.dog("Waldi")
    number = portal.send()
    portal.wait_for("wird gedruckt und geht zur Post")
    desk.sign_in()
    tab_to(desk.page, number)
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("heading", name="Bescheid drucken und zur Post geben")).to_be_visible()
    desk.look(desk.page, "amt-post")
    tab_to(desk.page, "Zur Post gegeben")
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("status")).to_contain_text("Zur Post gegeben")
    portal.wait_for("Bescheid ist in der Post")


def test_a_clerk_of_another_town_finds_nothing(site: Site, portal: Portal, desk: Desk) -> None:
    portal.page.goto(f"{portal.base}/leistung/hundesteuer-anmelden/")
    portal.begin()
    portal.keeper(electronic=False)
    portal.dog("Rolf")
    number = portal.send()
    desk.base, desk.account = site.url("hattenhofen"), site.clerks["hattenhofen"]
    desk.sign_in()
    desk.page.goto(f"{desk.base}/amt/?q={number}")
    expect(desk.page.get_by_text("gibt es keinen Vorgang")).to_be_visible()
