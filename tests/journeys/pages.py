"""What people do with the pages: labels and buttons as they read them, never ids or classes."""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Page, expect

from stadtamt.kernel import clock

Look = Callable[[Page, str], None]
TODAY = clock.local(datetime.now(UTC)).date()
FIRST_OF_MONTH = TODAY.replace(day=1)
WAIT_SECONDS = 30


class Portal:
    """A citizen at the portal."""

    def __init__(self, page: Page, base: str, *, check: Look) -> None:
        self.page, self.base, self.look = page, base, check
        self.code = ""

    def find_service(self, words: str = "Hundsteuer") -> None:
        self.page.goto(f"{self.base}/")
        self.look(self.page, "start")
        self.page.get_by_role("searchbox").fill(words)
        self.page.get_by_role("searchbox").press("Enter")
        self.page.wait_for_url("**/?q=*")
        self.look(self.page, "suche")
        self.page.get_by_role("link", name="Hund anmelden").first.click()
        self.look(self.page, "leistung")

    def begin(self) -> None:
        self.page.get_by_role("button", name="Hund anmelden").click()
        self.page.wait_for_url("**/antrag/**")
        self.code = self.page.url.split("/antrag/")[1].split("/")[0]

    def question(self, heading: str, name: str, *answers: Callable[[Page], Any]) -> None:
        """Wait for the question, answer, go on."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(re.compile(heading))
        self.look(self.page, f"frage-{name}")
        for give in answers:
            give(self.page)
        self.page.get_by_role("button", name="Weiter", exact=True).click()

    def keeper_until_address(self, given: str = "Anna", family: str = "Müller") -> None:
        self.question(
            "Wer hält",
            "person",
            text("Vorname", given),
            text("Nachname", family),
            day("Geburtsdatum", date(1985, 4, 3)),
        )
        self.question(
            "Wo wohnen",
            "anschrift",
            text("Straße", "Hafenstraße"),
            text("Hausnummer", "7a"),
            text("Postleitzahl", "78462"),
            text("Ort", "Konstanz"),
            choose("Ist das Ihre Hauptwohnung", "Ja"),
        )

    def keeper(self, *, electronic: bool = True) -> None:
        self.keeper_until_address()
        self.question("Wie möchten Sie", "zustellung", choose("online abholen", "Ja" if electronic else "Nein"))
        if electronic:
            self.question("Wie möchten Sie", "mail", text("E-Mail-Adresse", "anna@beispiel.test"))

    def dog(self, name: str = "Bello", *, circumstances: str = "") -> None:
        self.question("Wie heißt", "name", text("Name des Hundes", name))
        self.question("Welche Rasse", "rasse", choose("Mischling", "Nein"), text("Rasse", "Dackel"))
        self.question("Steht die Rasse", "liste", choose(f"Gehört {name} zu", "Nein"))
        self.question("Wann ist", "alter", day("Geburtsdatum des Hundes", date(2024, 2, 1)))
        self.question("Seit wann", "beginn", day("Der Hund lebt bei mir seit", FIRST_OF_MONTH))
        self.question("Leben weitere", "weitere", choose("Leben weitere", "Nein"))
        tick = (lambda page: page.get_by_label(re.compile(circumstances)).check(),) if circumstances else ()
        self.question("Trifft davon", "besonderes", *tick)

    def send(self) -> str:
        """Check, send; the case number."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Prüfen Sie Ihre Angaben")
        self.look(self.page, "pruefen")
        self.page.get_by_role("button", name="Antrag absenden").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Ihr Antrag ist angekommen")
        self.look(self.page, "bestaetigung")
        found = re.search(r"\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", self.page.inner_text("main"))
        assert found is not None
        return found.group()

    def status(self) -> None:
        self.page.goto(f"{self.base}/vorgang/{self.code}/")

    def wait_for(self, words: str) -> None:
        """Reload the status page until it says this."""
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            self.status()
            if words in self.page.inner_text("main"):
                return
            time.sleep(0.3)
        raise AssertionError(f"„{words}“ never came. The page says: {self.page.inner_text('main')[:1500]}")

    def download(self, path: str) -> bytes:
        """A file by its address, as a browser would fetch it."""
        host, port = self.base.removeprefix("http://").split(":")
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": f"{host}:{port}"})
        with urllib.request.urlopen(request, timeout=15) as answer:
            return bytes(answer.read())

    def upload(self, file: Path) -> Callable[[Page], Any]:
        return lambda page: page.locator("input[type=file]").first.set_input_files(file)


class Desk:
    """A clerk at the desk."""

    def __init__(self, page: Page, base: str, account: dict[str, str], *, check: Look, username: str = "amt") -> None:
        self.page, self.base, self.account, self.look = page, base, account, check
        self.username = username

    def sign_in(self) -> None:
        self.page.goto(f"{self.base}/amt/")
        self.look(self.page, "amt-anmelden")
        self.page.get_by_label("Benutzername").fill(self.username)
        self.page.get_by_label("Passwort").fill(self.account["password"])
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/code/")
        self.look(self.page, "amt-code")
        totp = pyotp.TOTP(self.account["totp"])
        # Each code works once; a code that an earlier journey used must pass first.
        while self.account.get("used") == totp.now():
            time.sleep(1)
        self.account["used"] = totp.now()
        self.page.get_by_label("Code").fill(self.account["used"])
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(re.compile(r"/amt/(?:leistungen/)?$"))

    def open_case(self, number: str) -> None:
        self.page.goto(f"{self.base}/amt/")
        self.look(self.page, "amt-liste")
        self.page.get_by_role("link", name=number).click()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.look(self.page, "amt-vorgang")


def text(label: str, value: str) -> Callable[[Page], Any]:
    return lambda page: page.get_by_label(label, exact=True).fill(value)


def choose(legend: str, answer: str) -> Callable[[Page], Any]:
    return lambda page: page.get_by_role("group", name=re.compile(legend)).get_by_label(answer, exact=True).check()


def day(legend: str, value: date) -> Callable[[Page], Any]:
    def give(page: Page) -> None:
        group = page.get_by_role("group", name=re.compile(legend))
        group.get_by_label("Tag").fill(str(value.day))
        group.get_by_label("Monat").fill(str(value.month))
        group.get_by_label("Jahr").fill(str(value.year))

    return give
