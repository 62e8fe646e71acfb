"""Headers on every answer: a strict policy, nothing kept, nothing framed, nothing guessed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from stadtamt.kernel.models import Municipality
from support.citizen import CLEAR, Citizen
from support.jobs import work_off
from support.routes import addresses


@pytest.fixture
def sent(konstanz: Municipality) -> Citizen:
    citizen = Citizen()
    citizen.begin()
    citizen.fill_in(CLEAR)
    citizen.send()
    work_off()
    return citizen


def check(response: Any, address: str) -> None:
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy, address
    assert "unsafe" not in policy, address
    assert "*" not in policy, address
    assert response.headers["X-Content-Type-Options"] == "nosniff", address
    assert response.headers["X-Frame-Options"] == "DENY", address
    assert response.headers["Referrer-Policy"] == "same-origin", address
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", address
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin", address
    assert "camera=()" in response.headers["Permissions-Policy"], address
    # The schemas of packages are the same for everybody; only they may be kept.
    kept = address.startswith("/schemas/") and response.status_code == 200
    assert kept or "no-store" in response.headers["Cache-Control"], address
    assert "Server" not in response.headers, address


def test_every_answer_carries_them(sent: Citizen) -> None:
    for address in [*addresses(sent.token), *addresses("0000"), "/gibt-es-nicht"]:
        check(sent.client.get(address), address)
        check(Client(headers={"host": "konstanz.localhost"}).post(address), address)


@pytest.mark.parametrize("host", ["fremd.localhost", "evil.test"])
def test_answers_to_unknown_hosts_carry_them_too(konstanz: Municipality, host: str) -> None:
    check(Client(headers={"host": host}).get("/"), host)


def test_answers_to_a_failure_carry_them_too(konstanz: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stadtamt.catalogue.queries.search", lambda text: 1 / 0)
    response = Client(headers={"host": "konstanz.localhost"}).get("/", {"q": "x"})
    assert response.status_code == 500
    check(response, "/")


def test_pages_of_a_page_allow_only_the_houses_own_parts(sent: Citizen) -> None:
    policy = sent.client.get("/").headers["Content-Security-Policy"]
    parts = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}
    assert parts["frame-ancestors"] == ["'none'"]
    assert parts["base-uri"] == ["'none'"]
    assert parts["form-action"] == ["'self'"]
    assert parts["script-src"] == ["'self'"]


def test_personal_pages_are_not_indexed(sent: Citizen) -> None:
    for address in (sent.draft_url, sent.case_url, "/amt/", "/amt/anmelden/"):
        assert sent.client.get(address).headers["X-Robots-Tag"] == "noindex"
    assert sent.client.get("/").headers["X-Robots-Tag"] == "all"


def test_a_letter_leaves_as_a_download_without_rights(sent: Citizen) -> None:
    response = sent.client.get(f"{sent.case_url}bescheid.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_secret_link_is_sent_to_nobody(sent: Citizen) -> None:
    """A page with the link in its address loads nothing from elsewhere and sends no referrer."""
    page = sent.client.get(sent.case_url).content.decode()
    foreign = [part for part in page.split('"') if part.startswith(("http://", "https://", "//"))]
    assert [part for part in foreign if not part.startswith("http://konstanz.localhost")] == []


def test_probes_answer_without_a_town(db: None) -> None:
    client = Client(headers={"host": "localhost"})
    assert client.get("/livez").content == b"ok\n"
    page = client.get("/.well-known/security.txt").content.decode()
    assert page.startswith("Contact: ")
    assert "Expires: 2026-11-07" in page
