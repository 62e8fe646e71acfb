"""Child day care on an old telephone without JavaScript: a data schema of FIM, page by page, until it is sent."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from conftest import use_database
from journeys.conftest import Site, look_at
from journeys.pages import Portal
from stadtamt.conf.embedded import EmbeddedPostgres
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from support.fim import ANSWERS, FILE, KEY, offer_day_care

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
MOST_STEPS = 90


@pytest.fixture(scope="module")
def offered(site: Site, postgres: EmbeddedPostgres, django_db_blocker: Any) -> None:
    """Konstanz offers it. In a thread of its own, as the browser's loop runs in this one."""

    def lay() -> None:
        use_database(postgres, "app", "journeys")
        with within(Municipality.objects.get(name="Konstanz")), tempfile.TemporaryDirectory() as folder:
            offer_day_care(Path(folder))
        use_database(postgres, "app", "house")

    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
        thread.submit(lay).result()


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    file = tmp_path / "Nachweis.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)
    return file


def give(page: Page, key: str, evidence: Path) -> None:
    """The answers to this page that it has an input for now."""
    for name, value in ANSWERS[key].items():
        for one in value if isinstance(value, list) else [value]:
            chosen = page.locator(f'input[name="{name}"][value="{one}"]:is([type=radio], [type=checkbox])')
            asked = page.locator(f'[name="{name}"]')
            if chosen.count():
                chosen.check()
            elif asked.count() and one == FILE:
                asked.first.set_input_files(evidence)
            elif asked.count():
                asked.first.fill(one)


def walk(portal: Portal, looking: Portal, evidence: Path) -> list[str]:
    """From the first page to the check page, each looked at before it is answered; the pages in their order."""
    page = portal.page
    seen: list[str] = []
    for _ in range(MOST_STEPS):
        key = page.url.split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
        if key == "pruefen":
            return seen
        if key == "uebersicht":
            page.get_by_role("link", name=re.compile("Weitermachen|Angaben prüfen")).click()
            continue
        if key not in seen:
            seen.append(key)
            looking.page.goto(page.url)
            looking.look(looking.page, f"kindertagespflege-{len(seen):02}-{key}")
        give(page, key, evidence)
        page.get_by_role("button", name="Weiter", exact=True).click()
        expect(page.get_by_role("alert")).to_have_count(0)
    raise AssertionError(f"No end: {seen}")


def test_a_childminder_applies_on_a_telephone_without_javascript(
    offered: None, site: Site, new_page: Callable[..., Page], evidence: Path
) -> None:
    portal = Portal(new_page(javascript=False, width=360, height=740), site.url(), check=look_at(False))
    looking = Portal(new_page(width=360, height=740), site.url(), check=look_at(True))
    portal.page.goto(f"{portal.base}/leistung/{KEY}/")
    looking.page.goto(portal.page.url)
    looking.look(looking.page, "kindertagespflege-00-leistung")
    portal.page.get_by_role("button", name="Erlaubnis zur Kindertagespflege beantragen").click()
    portal.code = portal.page.url.split("/antrag/")[1].split("/")[0]
    assert set(walk(portal, looking, evidence)) == set(ANSWERS)
    for name in ("uebersicht", "pruefen"):
        looking.page.goto(f"{portal.base}/antrag/{portal.code}/{name}/")
        looking.look(looking.page, f"kindertagespflege-{name}")
    said = portal.page.inner_text("main")
    assert "Die Erlaubnis kostet nichts." in said
    assert said.index("Angaben zu Ihnen") < said.index("Die Räume") < said.index("Ihr Führungszeugnis")
    portal.send()
    portal.wait_for("Wir prüfen Ihren Antrag")
