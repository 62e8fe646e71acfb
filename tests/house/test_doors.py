"""Every page says who may open it; what is for staff refuses everybody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern

from stadtamt.kernel.models import Municipality
from support.routes import address, routes
from support.staff import Desk

STATEMENTS = {"public", "link", "staff", "officer"}
# The signing-in itself is public, and nothing else of the desk.
OPEN_AT_THE_DESK = {"desk:sign-in", "desk:code", "desk:sign-out"}


ROUTES = list(routes())
STAFF = [(name, route) for name, _, route in ROUTES if getattr(route.callback, "access", "") in {"staff", "officer"}]
OFFICER = [(name, route) for name, route in STAFF if getattr(route.callback, "access", "") == "officer"]


@pytest.mark.parametrize(("name", "pattern", "route"), ROUTES, ids=[f"{name} {pattern}" for name, pattern, _ in ROUTES])
def test_every_route_states_who_may_open_it(name: str, pattern: str, route: URLPattern) -> None:
    assert getattr(route.callback, "access", None) in STATEMENTS


def test_the_desk_is_for_staff_only() -> None:
    desk = {name for name, _, _ in ROUTES if name.startswith("desk:")}
    assert {name for name, _ in STAFF} == desk - OPEN_AT_THE_DESK


def test_addresses_with_a_secret_link_say_so() -> None:
    for name, _, route in ROUTES:
        if "token" in route.pattern.converters:
            assert route.callback.access == "link", name  # type: ignore[attr-defined]


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch", "head", "options"])
@pytest.mark.parametrize(("name", "route"), STAFF, ids=[name for name, _ in STAFF])
def test_a_stranger_is_sent_to_the_sign_in(konstanz: Municipality, name: str, route: URLPattern, method: str) -> None:
    client = Client(headers={"host": "konstanz.localhost"})
    response = getattr(client, method)(address(name, route))
    assert response.status_code == 302
    assert response["Location"].startswith("/amt/anmelden/")


def test_what_is_the_officers_is_closed_to_clerks(konstanz: Municipality) -> None:
    clerk = Desk(konstanz).client
    assert len(OFFICER) > 5
    for name, route in OFFICER:
        for method in ("get", "post"):
            assert getattr(clerk, method)(address(name, route)).status_code == 403, name
