"""A real server with real workers on a database of its own, and a real Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from conftest import create_database, drop_database, use_database
from journeys.pages import Desk, Portal
from stadtamt.conf import demo
from stadtamt.conf.commandline.chromium import require_chromium
from stadtamt.conf.commandline.supervisor import command
from stadtamt.conf.embedded import EmbeddedPostgres
from stadtamt.conf.leash import leashed
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
SCREENSHOTS = os.environ.get("STADTAMT_SCREENSHOTS")
START_SECONDS = 60


@dataclass
class Site:
    """The running office and the clerks' sign-ins."""

    port: int
    environment: dict[str, str]
    clerks: dict[str, dict[str, str]]
    officers: dict[str, dict[str, str]]
    server: subprocess.Popen[bytes] | None = None

    def url(self, town: str = "konstanz") -> str:
        return f"http://{town}.localhost:{self.port}"

    def start_server(self) -> None:
        words = command("serve", "--port", str(self.port))
        self.server = subprocess.Popen(leashed(words), env=self.environment, stdin=subprocess.DEVNULL)
        self._wait()

    def stop_server(self) -> None:
        assert self.server is not None
        self.server.terminate()
        self.server.wait(timeout=30)

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            request = urllib.request.Request(
                f"http://127.0.0.1:{self.port}/readyz", headers={"Host": "konstanz.localhost"}
            )
            try:
                with urllib.request.urlopen(request, timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise AssertionError("The server does not answer.")


@pytest.fixture(scope="session")
def site(
    postgres: EmbeddedPostgres, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    with django_db_blocker.unblock():
        create_database(postgres, "journeys", template="house")
        use_database(postgres, "app", "journeys")
        clerks, officers = {}, {}
        for entry in demo.TOWNS[:2]:
            with within(Municipality.objects.get(ars=entry.ars)):
                clerks[entry.key] = demo.lay_clerk(entry)
                officers[entry.key] = demo.lay_officer(entry)
        use_database(postgres, "app", "house")
    environment = os.environ | {
        "STADTAMT_DATABASE_URL": postgres.url(role="app", database="journeys"),
        "STADTAMT_DATABASE_OWNER_URL": postgres.url(role="owner", database="journeys"),
        "STADTAMT_DATA": str(tmp_path_factory.mktemp("journeys")),
        "STADTAMT_SECRET_KEY": settings.SECRET_KEY,
        "STADTAMT_DEMO": "1",
    }
    site = Site(_free_port(), environment, clerks, officers)
    site.start_server()
    worker = subprocess.Popen(leashed(command("worker")), env=environment, stdin=subprocess.DEVNULL)
    yield site
    worker.terminate()
    site.stop_server()
    worker.wait(timeout=30)
    drop_database(postgres, "journeys")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    browser = playwright_driver.chromium.launch(executable_path=require_chromium(), args=BROWSER_FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages, each in a context of its own; any console error or failed request fails the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def make(*, javascript: bool = True, width: int = 1280, height: int = 900, dark: bool = False) -> Page:
        context = chromium.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="de-DE",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda line: troubles.append(line.text) if _is_trouble(line) else None)
        page.on(
            "response",
            lambda answer: troubles.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert troubles == []


def _is_trouble(line: Any) -> bool:
    # A page that refuses an answer says so with its status; that is no trouble of the browser's.
    return line.type == "error" and "status of 4" not in line.text


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def portal(request: pytest.FixtureRequest, site: Site, new_page: Callable[..., Page]) -> Portal:
    """A citizen of Konstanz on an old telephone."""
    page = new_page(javascript=request.param, width=360, height=740)
    return Portal(page, site.url(), check=look_at(request.param))


@pytest.fixture
def desk(site: Site, new_page: Callable[..., Page]) -> Desk:
    """The clerk of Konstanz, not yet signed in."""
    return Desk(new_page(), site.url(), site.clerks["konstanz"], check=look_at(True))


def look_at(javascript: bool) -> Callable[[Page, str], None]:
    """Checks of every page on the way: axe without findings, nothing wider than the window, one first heading."""

    def look(page: Page, name: str) -> None:
        assert page.locator("h1").count() == 1, f"{name}: not exactly one first heading"
        if not javascript:
            return
        page.evaluate(AXE)
        found = page.evaluate(
            "() => axe.run(document, {rules: {'target-size': {enabled: true}}}).then(r => r.violations.map("
            "v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | ')))"
        )
        assert found == [], f"{name}: {found}"
        too_wide = page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth")
        assert not too_wide, f"{name}: wider than the window"
        if SCREENSHOTS:
            folder = Path(SCREENSHOTS)
            folder.mkdir(parents=True, exist_ok=True)
            dark = "-dunkel" if page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches") else ""
            width = (page.viewport_size or {})["width"]
            page.screenshot(path=folder / f"{name}-{width}{dark}.png", full_page=True)

    return look
