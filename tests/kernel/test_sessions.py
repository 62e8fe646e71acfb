"""Sessions belong to a town; another town's cookie is worth nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from stadtamt.kernel.models import Municipality, Session
from stadtamt.kernel.sessions import SessionStore
from stadtamt.kernel.tenancy import NoMunicipality, within
from support.staff import Desk


def test_a_session_is_found_in_its_town_only(konstanz: Municipality, hattenhofen: Municipality) -> None:
    with within(konstanz):
        store = SessionStore()
        store["who"] = "Jana"
        store.save()
    with within(hattenhofen):
        assert SessionStore(store.session_key).get("who") is None
        assert not SessionStore().exists(store.session_key)
    with within(konstanz):
        assert SessionStore(store.session_key)["who"] == "Jana"


def test_without_a_town_there_are_no_sessions(konstanz: Municipality) -> None:
    with pytest.raises(NoMunicipality):
        SessionStore().exists("x")


def test_the_cookie_of_one_town_opens_no_desk_in_the_other(konstanz: Municipality, hattenhofen: Municipality) -> None:
    desk = Desk(konstanz)
    assert desk.client.get("/amt/").status_code == 200
    thief = Client(headers={"host": "hattenhofen.localhost"})
    thief.cookies["sessionid"] = desk.client.cookies["sessionid"].value
    assert thief.get("/amt/").status_code == 302


def test_the_second_fence_hides_sessions_too(konstanz: Municipality, hattenhofen: Municipality) -> None:
    Desk(konstanz)
    with within(hattenhofen), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_session")
        assert cursor.fetchone() == (0,)
    with within(konstanz):
        assert Session.objects.count() == 1


def test_signing_in_and_out_makes_the_old_cookie_worthless(konstanz: Municipality) -> None:
    desk = Desk(konstanz)
    old = desk.client.cookies["sessionid"].value
    desk.client.post("/amt/abmelden/")
    again = Client(headers={"host": "konstanz.localhost"})
    again.cookies["sessionid"] = old
    assert again.get("/amt/").status_code == 302


def test_a_made_up_cookie_is_not_taken_over(konstanz: Municipality) -> None:
    """A session key planted in a browser must not become the key of a signed-in session."""
    client = Client(headers={"host": "konstanz.localhost"})
    client.cookies["sessionid"] = "a" * 32
    response = client.get("/amt/")
    assert response.status_code == 302
    with within(konstanz):
        assert not Session.objects.filter(session_key="a" * 32).exists()


def test_the_cookie_is_kept_from_scripts_and_foreign_pages(konstanz: Municipality) -> None:
    cookie = Desk(konstanz).client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
