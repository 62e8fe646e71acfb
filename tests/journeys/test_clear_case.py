"""The clear case: from the search to the sealed notice, without a clerk."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Site, look_at
from journeys.pages import Portal
from stadtamt.notices.seal import verify_seal

pytestmark = pytest.mark.browser


def test_a_dog_is_registered_and_the_sealed_notice_lies_in_the_postbox(portal: Portal) -> None:
    portal.find_service()
    portal.begin()
    portal.keeper()
    portal.dog()
    number = portal.send()
    portal.wait_for("Bescheid liegt hier für Sie bereit")
    portal.look(portal.page, "status-fertig")
    assert number in portal.page.inner_text("main")
    portal.page.get_by_role("link", name="Hundesteuerbescheid").first.click()
    portal.look(portal.page, "bescheid")
    words = portal.page.inner_text("main")
    assert "Für Ihren Hund Bello setzen wir die Hundesteuer" in words
    assert "Widerspruch" in words
    pdf = portal.download(f"/vorgang/{portal.code}/bescheid.pdf")
    assert verify_seal(pdf).intact
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) <= 2


def test_pressing_send_twice_gives_the_same_receipt(portal: Portal) -> None:
    portal.page.goto(f"{portal.base}/leistung/hundesteuer-anmelden/")
    portal.begin()
    portal.keeper()
    portal.dog("Rex")
    check = portal.page.url
    number = portal.send()
    portal.page.goto(check)
    assert "/vorgang/" in portal.page.url
    assert number in portal.page.inner_text("main")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_the_way_is_sound_in_every_light(
    site: Site, new_page: Callable[..., Page], width: int, dark: bool
) -> None:
    portal = Portal(new_page(width=width, dark=dark), site.url("hattenhofen"), check=look_at(True))
    portal.find_service("mein Hund")
    assert "140,00" in portal.page.inner_text("main")
    portal.begin()
    portal.keeper_until_address()
    expect(portal.page.get_by_text("gehört nicht zu Hattenhofen")).to_be_visible()
    portal.look(portal.page, "frage-plz")
    for name in ("impressum", "datenschutz", "barrierefreiheit", "siegel", "weiter", "gibt-es-nicht"):
        portal.page.goto(f"{portal.base}/{name}/")
        portal.look(portal.page, name)
