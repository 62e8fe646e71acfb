"""The digital officer's pages: who may open them, adopting a package on one page, and wrong input that is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest

from stadtamt.catalogue.queries import service_by_key
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.models.staff import Role
from stadtamt.kernel.tenancy import within
from stadtamt.packages.models import Installation, Sheet
from support.staff import Desk

LIST = "/amt/leistungen/"


class Officer:
    """The digital officer of a town, at the pages of services."""

    def __init__(self, town: Municipality, host: str = "konstanz.localhost") -> None:
        self.town = town
        self.client = Desk(town, host, Role.OFFICER).client

    def page(self, path: str = "") -> str:
        response = self.client.get(f"{LIST}{path}", follow=True)
        assert response.status_code == 200, response.content.decode()[:1500]
        return str(response.content.decode())

    def post(self, path: str, data: dict[str, Any]) -> Any:
        return self.client.post(f"{LIST}{path}", data)

    def take(self, key: str) -> str:
        """Fetch a shipped package; the address of its settings."""
        response = self.post("uebernehmen/", {"source": "", "key": key})
        assert response.status_code == 302, response.content.decode()[:1500]
        self.client.get(response["Location"])
        return f"{key}/einstellungen/"

    def typed(self, path: str) -> dict[str, Any]:
        """What a browser would send back if nothing was changed."""
        return inputs(self.page(path))


def inputs(html: str) -> dict[str, Any]:
    """The successful controls of the page's form."""
    form = html.partition('<form class="st-settings"')[2].partition("</form>")[0]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (('type="radio"' not in tag and 'type="checkbox"' not in tag) or " checked" in tag):
            found[name[1]] = _plain(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?([^<]*)</textarea>', form):
        found[name] = _plain(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = _plain(chosen[1]) if chosen else ""
    found.pop("example", None)
    return found


def _plain(text: str) -> str:
    for sign, plain in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(sign, plain)
    return text


@pytest.fixture
def officer(konstanz: Municipality) -> Officer:
    return Officer(konstanz)


def test_the_officer_sees_what_is_installed_and_what_may_be_adopted(officer: Officer) -> None:
    page = officer.page()
    assert "Hund anmelden" in page
    assert 'value="bewohnerparkausweis"' in page


def test_saving_the_settings_without_a_change_changes_nothing(officer: Officer) -> None:
    with within(officer.town):
        before = Installation.objects.get(key="hundesteuer-anmelden")
    typed = officer.typed("hundesteuer-anmelden/einstellungen/")
    response = officer.post("hundesteuer-anmelden/einstellungen/", typed)
    assert response.status_code == 302, re.findall(r'id="[^"]*-error".*', response.content.decode())[:10]
    assert "Nichts geändert" in officer.page("hundesteuer-anmelden/vorschau/")
    officer.post("hundesteuer-anmelden/vorschau/", {})
    with within(officer.town):
        after = Installation.objects.get(key="hundesteuer-anmelden")
        assert (after.edition, after.layer_data["values"]) == (before.edition, before.layer_data["values"])
        assert not Sheet.objects.exists()


def test_a_changed_fee_is_in_force_after_the_preview(officer: Officer) -> None:
    typed = officer.typed("hundesteuer-anmelden/einstellungen/")
    officer.post("hundesteuer-anmelden/einstellungen/", {**typed, "p.rate_first": "132"})
    assert "132,00" in officer.page("hundesteuer-anmelden/vorschau/")
    response = officer.post("hundesteuer-anmelden/vorschau/", {})
    assert response.status_code == 302, response.content.decode()[:3000]
    with within(officer.town):
        assert Installation.objects.get(key="hundesteuer-anmelden").layer.values["rate_first"] == 13200
        assert "132,00" in str(service_by_key("hundesteuer-anmelden").facts["costs"])


@pytest.mark.parametrize("key", ["bewohnerparkausweis", "sondernutzung"])
def test_a_shipped_package_is_adopted_with_the_figures_of_an_example(hattenhofen: Municipality, key: str) -> None:
    officer = Officer(hattenhofen, "hattenhofen.localhost")
    path = officer.take(key)
    officer.post(path, {**officer.typed(path), "fill": "yes", "example": "konstanz"})
    typed = officer.typed(path)
    response = officer.post(
        path, typed | {"p.objection_body": "Gemeinde Hattenhofen", "p.municipality_name": "Gemeinde Hattenhofen"}
    )
    assert response.status_code == 302, re.findall(r'<a href="#p-[^<]*', response.content.decode())[:10]
    page = officer.page(f"{key}/vorschau/")
    assert " 0 nicht" in page
    assert officer.post(f"{key}/vorschau/", {}).status_code == 302
    with within(hattenhofen):
        assert Installation.objects.get(key=key).layer.values["municipality_name"] == "Gemeinde Hattenhofen"
        assert not service_by_key(key).withdrawn
