"""Signing in at the desk over HTTP."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from stadtamt.kernel.models import AuditEntry, Municipality, Staff
from stadtamt.kernel.tenancy import within
from support.staff import PASSWORD, Desk, lay_clerk, present_code


@pytest.fixture
def client(konstanz: Municipality) -> Client:
    lay_clerk(konstanz)
    return Client(headers={"host": "konstanz.localhost"})


def password(client: Client, *, onward: str = "", secret: str = PASSWORD, name: str = "amt") -> int:
    data = {"username": name, "password": secret, "next": onward}
    return client.post("/amt/anmelden/", data).status_code


def test_password_and_code_lead_to_the_work_list(client: Client) -> None:
    assert password(client) == 302
    response = client.post("/amt/anmelden/code/", {"code": present_code()})
    assert response["Location"] == "/amt/"
    assert client.get("/amt/").status_code == 200


def test_the_password_alone_opens_nothing(client: Client) -> None:
    assert password(client) == 302
    assert client.get("/amt/")["Location"].startswith("/amt/anmelden/")


def test_the_code_alone_opens_nothing(client: Client) -> None:
    response = client.post("/amt/anmelden/code/", {"code": present_code()})
    assert response["Location"] == "/amt/anmelden/"


def test_the_answer_is_the_same_for_a_wrong_name_and_a_wrong_password(client: Client) -> None:
    pages = []
    for data in ({"username": "amt", "password": "x"}, {"username": "xyz", "password": "x"}):
        response = client.post("/amt/anmelden/", data)
        assert response.status_code == 403
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
        pages.append(page.replace('value="amt"', 'value="xyz"'))
    assert pages[0] == pages[1]


def test_the_count_of_failures_survives_the_refusal(client: Client, konstanz: Municipality) -> None:
    for _ in range(5):
        assert password(client, secret="falsch") == 403
    assert password(client) == 429
    with within(konstanz):
        assert AuditEntry.objects.filter(action="staff.sign_in_failed").count() == 5


def test_wrong_codes_lock_the_door_too(client: Client) -> None:
    password(client)
    codes = [client.post("/amt/anmelden/code/", {"code": "000000"}).status_code for _ in range(6)]
    assert codes == [403] * 5 + [429]


def test_who_left_between_password_and_code_is_refused(client: Client, konstanz: Municipality) -> None:
    password(client)
    with within(konstanz):
        Staff.objects.update(is_active=False)
    assert client.post("/amt/anmelden/code/", {"code": present_code()}).status_code == 403


def test_who_left_is_out_at_once(konstanz: Municipality) -> None:
    desk = Desk(konstanz)
    with within(konstanz):
        Staff.objects.update(is_active=False)
    assert desk.client.get("/amt/").status_code == 302


def test_signing_in_leads_back_to_where_one_wanted(client: Client) -> None:
    assert client.get("/amt/?liste=alle")["Location"].startswith("/amt/anmelden/?next=/amt/")
    password(client, onward="/amt/vorgang/00000000-0000-0000-0000-000000000007/")
    response = client.post("/amt/anmelden/code/", {"code": present_code()})
    assert response["Location"] == "/amt/vorgang/00000000-0000-0000-0000-000000000007/"


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.test/",
        "//evil.test/",
        "/\\evil.test",
        "/amt//evil.test",
        "javascript:alert(1)",
        "/amt/\\@evil.test",
        "/amtx",
        "/",
        "\x00",
        "/amt/\r\nX: y",
        "http:///evil.test",
        "/antrag/x/",
    ],
)
def test_signing_in_never_leads_outside(client: Client, onward: str) -> None:
    password(client, onward=onward)
    response = client.post("/amt/anmelden/code/", {"code": present_code()})
    assert response.status_code == 302
    assert response["Location"].startswith("/amt/")
    assert "\n" not in response["Location"]


def test_the_key_of_the_session_changes_with_every_step(client: Client) -> None:
    """Whoever planted or saw an earlier key is left behind."""
    keys = []
    password(client)
    keys.append(client.cookies["sessionid"].value)
    client.post("/amt/anmelden/code/", {"code": present_code()})
    keys.append(client.cookies["sessionid"].value)
    assert keys[0] != keys[1]


def test_signing_out_needs_a_press_and_works(konstanz: Municipality) -> None:
    desk = Desk(konstanz)
    assert desk.client.get("/amt/abmelden/").status_code == 405
    desk.client.post("/amt/abmelden/")
    assert desk.client.get("/amt/").status_code == 302
