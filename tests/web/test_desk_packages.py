"""The digital officer's pages: who may open them, adopting a package on one page, and wrong input that is kept."""

from __future__ import annotations

import re

import pytest

from stadtamt.catalogue.queries import service_by_key
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.models import Installation, Sheet
from support.officer import Officer
from support.staff import Desk

DOG, PERMIT = "hundesteuer-anmelden", "bewohnerparkausweis"
SETTINGS, PREVIEW = f"{DOG}/einstellungen/", f"{DOG}/vorschau/"


@pytest.fixture
def officer(konstanz: Municipality) -> Officer:
    return Officer(konstanz)


def test_the_officer_sees_what_is_installed_and_what_may_be_adopted(officer: Officer) -> None:
    page = officer.page()
    assert "Hund anmelden" in page
    assert 'value="bewohnerparkausweis"' in page


def test_saving_the_settings_without_a_change_changes_nothing(officer: Officer) -> None:
    with within(officer.town):
        before = Installation.objects.get(key=DOG)
    typed = officer.typed(SETTINGS)
    response = officer.post(SETTINGS, typed)
    assert response.status_code == 302, re.findall(r'id="[^"]*-error".*', response.content.decode())[:10]
    assert "Nichts geändert" in officer.page(PREVIEW)
    officer.post(PREVIEW, {})
    with within(officer.town):
        after = Installation.objects.get(key=DOG)
        assert (after.edition, after.layer_data["values"]) == (before.edition, before.layer_data["values"])
        assert not Sheet.objects.exists()


def test_a_changed_fee_is_in_force_after_the_preview(officer: Officer) -> None:
    typed = officer.typed(SETTINGS)
    officer.post(SETTINGS, {**typed, "p.rate_first": "132"})
    assert "132,00" in officer.page(PREVIEW)
    response = officer.post(PREVIEW, {})
    assert response.status_code == 302, response.content.decode()[:3000]
    with within(officer.town):
        assert Installation.objects.get(key=DOG).layer.values["rate_first"] == 13200
        assert "132,00" in str(service_by_key(DOG).facts["costs"])


@pytest.mark.parametrize("key", ["bewohnerparkausweis", "sondernutzung"])
def test_a_shipped_package_is_adopted_with_the_figures_of_an_example(hattenhofen: Municipality, key: str) -> None:
    officer = Officer(hattenhofen, "hattenhofen.localhost")
    path = officer.take(key)
    officer.post(path, {**officer.typed(path), "fill": "yes", "example": "konstanz"})
    typed = officer.typed(path)
    plain = {name: text for name, text in typed.items() if name.startswith("p.") and name.count(".") == 1}
    assert not [name for name, text in plain.items() if "Konstanz" in text]
    own = {name: "Gemeinde Hattenhofen" for name, text in plain.items() if not text}
    response = officer.post(path, {**typed, **own})
    assert response.status_code == 302, re.findall(r'<a href="#p-[^<]*', response.content.decode())[:10]
    page = officer.page(f"{key}/vorschau/")
    assert " 0 nicht" in page
    assert officer.post(f"{key}/vorschau/", {}).status_code == 302
    with within(hattenhofen):
        assert "Hattenhofen" in str(Installation.objects.get(key=key).layer.values)
        assert not service_by_key(key).withdrawn


def test_a_clerk_is_told_that_the_page_is_not_theirs(konstanz: Municipality) -> None:
    clerk = Desk(konstanz).client
    assert clerk.get("/amt/leistungen/").status_code == 403
    assert "Leistungen</a>" not in clerk.get("/amt/").content.decode()


def test_an_officer_of_another_town_changes_only_their_own(officer: Officer, hattenhofen: Municipality) -> None:
    other = Officer(hattenhofen, "hattenhofen.localhost")
    other.post(SETTINGS, {**other.typed(SETTINGS), "p.rate_first": "99"})
    assert other.post(PREVIEW, {}).status_code == 302
    with within(officer.town):
        assert Installation.objects.get(key=DOG).layer.values["rate_first"] == 12000
        assert not Sheet.objects.exists()


def test_wrong_input_is_named_at_its_field_and_kept(officer: Officer) -> None:
    wrong = {
        "p.rate_first": "zwölf",
        "p.rates_valid_from": "31.2.2026",
        "p.min_age_months": "drei",
        "p.rate_further": "",
    }
    response = officer.post(SETTINGS, {**officer.typed(SETTINGS), **wrong})
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fehler: " in page
    for name in wrong:
        place = name.replace(".", "-")
        assert f'href="#{place}"' in page, name
        assert f'id="{place}-error"' in page, name
    assert officer.typed(SETTINGS)["p.rate_first"] == "zwölf"
    assert officer.client.get(f"/amt/leistungen/{PREVIEW}").status_code == 302
    with within(officer.town):
        assert Installation.objects.get(key=DOG).layer.values["rate_first"] == 12000


def test_rows_are_added_named_and_deleted_without_script(officer: Officer) -> None:
    path = officer.take(PERMIT)
    officer.post(path, {**officer.typed(path), "more": "zones"})
    typed = officer.typed(path)
    assert typed["n.zones"] == "3"
    typed |= {"p.zones.0.label": "Altstadt", "p.zones.1.label": "Hafen Süd", "p.zones.2.label": "Öde"}
    officer.post(path, {**typed, "d.zones.0": "1"})
    typed = officer.typed(path)
    assert [typed[f"p.zones.{n}.label"] for n in range(2)] == ["Hafen Süd", "Öde"]
    with within(officer.town):
        sheet = Sheet.objects.get(key=PERMIT)
        assert sheet.typed["n.zones"] == ["2"]


def test_a_fault_in_a_row_leads_to_its_cell(officer: Officer) -> None:
    path = officer.take(PERMIT)
    typed = {**officer.typed(path), "p.terms.0.label": "Ein Jahr", "p.terms.0.months": "12", "p.terms.0.cents": "viel"}
    page = officer.post(path, typed).content.decode()
    assert re.search(r'href="#p-terms-0-cents">[^<]*, Zeile 1, ', page)
    assert 'id="p-terms-0-cents-error"' in page
    assert 'value="viel"' in page


def test_what_another_package_of_the_town_knows_is_filled_in(officer: Officer) -> None:
    path = officer.take(PERMIT)
    typed = officer.typed(path)
    assert typed["p.municipality_name"] == "Stadt Konstanz"
    assert "Übernommen aus „Hund anmelden“" in officer.page(path)


def test_markup_in_what_is_typed_is_only_text(officer: Officer) -> None:
    bad = "</textarea><script>alert(1)</script>"
    officer.post(SETTINGS, {**officer.typed(SETTINGS), "p.unit": bad, "s.unit": bad, "p.rate_first": "x"})
    page = officer.page(SETTINGS)
    assert "<script>alert" not in page
    assert officer.typed(SETTINGS)["p.unit"] == bad


def test_what_belongs_to_no_parameter_is_not_kept(officer: Officer) -> None:
    officer.post(SETTINGS, {**officer.typed(SETTINGS), "p.unknown": "1", "n.exemptions": "99999999", "more": "nothing"})
    with within(officer.town):
        typed = Sheet.objects.get(key=DOG).typed
        assert not [name for name in typed if "unknown" in name]


def test_the_list_finds_packages_by_their_words(officer: Officer) -> None:
    page = officer.client.get("/amt/leistungen/", {"q": "parken"}).content.decode()
    assert f'value="{PERMIT}"' in page
    assert "Xylophon" in officer.client.get("/amt/leistungen/", {"q": "Xylophon"}).content.decode()


@pytest.mark.parametrize("path", ["gibt-es-nicht/", "gibt-es-nicht/einstellungen/", "gibt-es-nicht/vorschau/"])
def test_a_package_that_is_not_there_is_not_found(officer: Officer, path: str) -> None:
    assert officer.client.get(f"/amt/leistungen/{path}").status_code == 404
