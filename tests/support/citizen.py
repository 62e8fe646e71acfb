"""A citizen with a browser that has no JavaScript: walks the form over plain HTTP requests."""

from __future__ import annotations

from typing import Any

from django.test import Client

KEEPER = {
    "halter-person": {"halter.vorname": "Anna", "halter.nachname": "Müller", "halter.geburtsdatum": "3.4.1985"},
    "anschrift-wohnung": {
        "anschrift.strasse": "Hafenstraße",
        "anschrift.hausnummer": "7a",
        "anschrift.plz": "78462",
        "anschrift.ort": "Konstanz",
        "anschrift.hauptwohnung": "true",
    },
    "kontakt-zustellung": {"kontakt.elektronisch": "true", "kontakt.email": "anna@beispiel.test"},
}
DOG = {
    "hund-rufname": {"hund.name": "Bello"},
    "hund-herkunft": {"hund.mischling": "false", "hund.rasse": "Dackel"},
    "hund-rasseliste": {"hund.liste": "nein"},
    "hund-alter": {"hund.geboren": "1.2.2024"},
    "hund-beginn": {"hund.gehalten_seit": "20.4.2026"},
    "weitere-vorhanden": {"weitere.vorhanden": "false"},
    "besonderes-umstaende": {},
}
CLEAR = {**KEEPER, **DOG}
EVIDENCE = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "


class Citizen:
    """Fills in what is asked, in the order in which it is asked."""

    def __init__(self, host: str = "konstanz.localhost", **client: Any) -> None:
        self.client = Client(headers={"host": host}, **client)
        self.token = ""
        self.asked: list[str] = []

    def begin(self) -> str:
        response = self.client.post("/leistung/hundesteuer-anmelden/beginnen/")
        assert response.status_code == 302, response.content[:400]
        self.token = response["Location"].rstrip("/").rsplit("/", 1)[-1]
        return self.token

    @property
    def draft_url(self) -> str:
        return f"/antrag/{self.token}/"

    @property
    def case_url(self) -> str:
        return f"/vorgang/{self.token}/"

    def where(self) -> str:
        """The question that is open now, or ``pruefen``."""
        return self.client.get(self.draft_url)["Location"].rstrip("/").rsplit("/", 1)[-1]

    def answer(self, question: str, answers: dict[str, Any]) -> Any:
        self.asked.append(question)
        return self.client.post(f"{self.draft_url}{question}/", {**answers})

    def fill_in(self, answers: dict[str, dict[str, Any]]) -> None:
        """Answer every question that is asked; an answer that is missing here fails the test."""
        for _ in range(40):
            question = self.where()
            if question == "pruefen":
                return
            response = self.answer(question, answers[question])
            assert response.status_code == 302, f"{question}: {response.content.decode()[:3000]}"
        raise AssertionError("The form does not end.")

    def check(self) -> Any:
        return self.client.get(f"{self.draft_url}pruefen/")

    def send(self) -> Any:
        page = self.check()
        revision = next(each["value"] for each in page.context["hidden"] if each["name"] == "revision")
        return self.client.post(f"{self.draft_url}pruefen/", {"revision": revision})
