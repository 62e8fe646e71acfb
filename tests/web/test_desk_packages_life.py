"""The digital officer and the life of a package: an archive uploaded, an update, deviations, running cases, the end."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from stadtamt.cases.models import Case
from stadtamt.catalogue.models import Service
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import install
from stadtamt.packages.archive import AuthorKey, pack
from stadtamt.packages.format.files import Files
from stadtamt.packages.models import Installation, KeptPackage
from stadtamt.packages.updating import change_settings
from support.life_package import CASES, KEY, life_files, next_version, running, with_step_before
from support.officer import Officer
from support.small_package import PARAMETERS, town_layer

SETTINGS, PREVIEW, WORDS = f"{KEY}/einstellungen/", f"{KEY}/vorschau/", f"{KEY}/abweichungen/"
TIGHTER = PARAMETERS.replace("max = 100000", "max = 1000").replace("default = 1500", "default = 500")


@pytest.fixture
def author() -> AuthorKey:
    return AuthorKey.generate()


@pytest.fixture
def officer(konstanz: Municipality, author: AuthorKey) -> Officer:
    """An officer who has adopted the small package from a file, with a fee of 20 euros."""
    officer = Officer(konstanz)
    response = officer.upload(life_files(), author)
    assert response.status_code == 302, errors(response)
    officer.client.get(response["Location"])
    response = officer.post(SETTINGS, {**officer.typed(SETTINGS), "p.fee": "20"})
    assert response.status_code == 302, errors(response)
    assert officer.post(PREVIEW, {}).status_code == 302
    return officer


def errors(response: Any) -> list[str]:
    return re.findall(r'id="fehler-titel".*?</ul>', response.content.decode(), re.DOTALL)


def newer(officer: Officer, files: Files, author: AuthorKey) -> str:
    """Upload the author's next version; the address of the update."""
    response = officer.upload(files, author)
    assert response.status_code == 302, errors(response)
    return str(response["Location"]).removeprefix("/amt/leistungen/")


def installed_now() -> Installation:
    return Installation.objects.select_related("package").get(key=KEY)


def installed(officer: Officer) -> Installation:
    with within(officer.town):
        return Installation.objects.select_related("package").get(key=KEY)


def test_a_file_becomes_a_service(officer: Officer) -> None:
    assert installed(officer).layer.values == {"place": "Konstanz", "fee": 2000}
    page = officer.page(f"{KEY}/")
    assert "hochgeladene Datei" in page
    assert "Stand anmelden" in page


def test_the_archive_comes_back_byte_for_byte(officer: Officer, author: AuthorKey) -> None:
    response = officer.client.get(f"/amt/leistungen/{KEY}/archiv/")
    assert response.content == pack(life_files(), author)
    assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("content", [b"", b"PK", b"<html>", b"x" * 100])
def test_a_file_that_is_no_package_is_refused_with_a_reason(konstanz: Municipality, content: bytes) -> None:
    officer = Officer(konstanz)
    response = officer.upload_bytes(content)
    assert response.status_code == 422
    assert 'id="archive-error"' in response.content.decode()
    with within(konstanz):
        assert not KeptPackage.objects.filter(key=KEY).exists()


def test_a_package_with_markup_in_its_words_shows_them_as_words(konstanz: Municipality, author: AuthorKey) -> None:
    bad = "<script>alert(1)</script>"
    parameters = PARAMETERS.replace("Gebühr am Tag", bad).replace("In Cent.", bad)
    officer = Officer(konstanz)
    response = officer.upload(life_files(parameters=parameters), author)
    officer.client.get(response["Location"])
    for path in (SETTINGS, PREVIEW):
        page = officer.client.get(f"/amt/leistungen/{path}", follow=True).content.decode()
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in officer.page(SETTINGS)


def test_an_update_is_shown_before_it_is_taken_and_keeps_the_fee(officer: Officer, author: AuthorKey) -> None:
    path = newer(officer, with_step_before(next_version()), author)
    page = officer.page(path)
    assert "Machen Sie Musik?" in page
    assert "40,00" in page
    assert "45,00" in page
    assert "<ins>" in page
    assert installed(officer).version == "1.0.0"
    kept = path.partition("paket=")[2]
    assert officer.post(f"{KEY}/aktualisieren/", {"paket": kept, "take": "yes"}).status_code == 302
    after = installed(officer)
    assert (after.version, after.layer.values["fee"]) == ("1.1.0", 2000)


def test_a_conflict_stops_the_update_until_it_is_answered(officer: Officer, author: AuthorKey) -> None:
    path = newer(officer, next_version(parameters=TIGHTER), author)
    kept = path.partition("paket=")[2]
    assert "Bitte entscheiden Sie" in officer.page(path)
    name = "c.parameter:fee:unfit"
    for answer in ({}, {name: "mine"}, {name: "value", "p.fee": "viel"}, {name: "value", "p.fee": "11"}):
        response = officer.post(f"{KEY}/aktualisieren/", {"paket": kept, "take": "yes", **answer})
        assert response.status_code == 422, answer
        assert installed(officer).version == "1.0.0"
    assert 'value="11"' in response.content.decode()
    answer = {name: "value", "p.fee": "8,50", "s.fee": "§ 4"}
    tried = officer.post(f"{KEY}/aktualisieren/", {"paket": kept, "try": "yes", **answer})
    assert (tried.status_code, installed(officer).version) == (200, "1.0.0")
    assert "Aktualisieren</span>" in tried.content.decode()
    response = officer.post(f"{KEY}/aktualisieren/", {"paket": kept, "take": "yes", **answer})
    assert response.status_code == 302, errors(response)
    assert installed(officer).layer.values["fee"] == 850


def test_another_author_is_accepted_only_knowingly(officer: Officer) -> None:
    path = newer(officer, next_version(), AuthorKey.generate())
    kept = path.partition("paket=")[2]
    assert officer.post(f"{KEY}/aktualisieren/", {"paket": kept, "take": "yes"}).status_code == 422
    assert installed(officer).version == "1.0.0"
    response = officer.post(f"{KEY}/aktualisieren/", {"paket": kept, "take": "yes", "author": "yes"})
    assert (response.status_code, installed(officer).version) == (302, "1.1.0")


def test_a_running_case_is_moved_deliberately(officer: Officer, author: AuthorKey) -> None:
    with within(officer.town):
        case = running()
    kept = newer(officer, next_version(), author).partition("paket=")[2]
    officer.post(f"{KEY}/aktualisieren/", {"paket": kept, "take": "yes"})
    page = officer.page(f"{KEY}/vorgaenge/")
    assert case.number in page
    assert "40,00" in page
    assert "Machen Sie Musik?" in page
    assert officer.post(f"{KEY}/vorgaenge/", {}).status_code == 422
    assert officer.post(f"{KEY}/vorgaenge/", {"case": ["x", str(case.pk)]}).status_code == 302
    with within(officer.town):
        assert Case.objects.get(pk=case.pk).edition == installed(officer).edition


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ({"kind": "hide", "field": "person.telefon"}, "hide"),
        ({"kind": "text", "address": "service.summary", "text": "Ein Stand in {parameters.place}."}, "text"),
        ({"kind": "unit", "unit_name": "Marktamt", "unit_phone": "07000 1"}, "unit"),
        ({"kind": "letterhead", "head_office": "Marktamt", "head_address": "Rathaus\nPlatz 1"}, "letterhead"),
        ({"kind": "four-eyes"}, "four-eyes"),
        (
            {"kind": "add", "after": "stand-ort", "title": "Welche Farbe?", "type": "choice", "choices": "Rot\nBlau"}
            | {"purpose": "Für den Plan."},
            "add",
        ),
    ],
)
def test_a_deviation_is_made_and_taken_back(officer: Officer, sent: dict[str, str], kind: str) -> None:
    before = installed(officer).edition
    response = officer.post(WORDS, sent)
    assert response.status_code == 302, errors(response)
    (made,) = installed(officer).layer.overrides
    assert made.kind == kind
    page = officer.page(WORDS)
    assert "Zurücknehmen" in page
    assert officer.post(WORDS, {"kind": "back", "id": made.id}).status_code == 302
    assert (installed(officer).layer.overrides, installed(officer).edition) == ((), before)


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "hide", "field": ""},
        {"kind": "hide", "field": "person.vorname"},
        {"kind": "text", "address": "nowhere", "text": "x"},
        {"kind": "text", "address": "service.summary", "text": "In {parameters.nothing}."},
        {"kind": "text", "address": "service.summary", "text": "In {"},
        {"kind": "unit"},
        {"kind": "letterhead"},
        {
            "kind": "add",
            "after": "stand-ort",
            "title": "Was?",
            "type": "choice",
            "choices": "eins",
            "purpose": "Darum.",
        },
        {"kind": "add", "after": "nowhere", "title": "Was?", "type": "text", "purpose": "Darum."},
        {"kind": "add", "after": "stand-ort", "title": "", "type": "text", "purpose": "Darum."},
    ],
)
def test_a_deviation_that_cannot_be_is_refused_with_a_reason(officer: Officer, sent: dict[str, str]) -> None:
    response = officer.post(WORDS, sent)
    page = response.content.decode()
    assert response.status_code == 422
    place = re.search(r'<a href="#([^"]+)">', page.partition('id="fehler-titel"')[2])
    assert place is not None
    assert f'id="{place[1]}"' in page
    assert installed(officer).layer.overrides == ()


def test_the_words_of_a_text_are_shown_before_they_are_changed(officer: Officer) -> None:
    page = officer.client.get(f"/amt/leistungen/{WORDS}", {"adresse": "service.summary"}).content.decode()
    assert "Sie stellen in {parameters.place} einen Stand auf." in page


def test_a_withdrawn_service_is_no_longer_offered_and_its_settings_are_remembered(officer: Officer) -> None:
    assert officer.post(f"{KEY}/zurueckziehen/", {}).status_code == 302
    with within(officer.town):
        assert Service.objects.get(key=KEY).withdrawn
        kept = KeptPackage.objects.get(key=KEY).pk
    officer.client.get(f"/amt/leistungen/{SETTINGS}?paket={kept}")
    assert officer.typed(SETTINGS)["p.fee"] == "20,00"


def test_settings_under_which_a_case_fails_do_not_go_live(konstanz: Municipality, author: AuthorKey) -> None:
    officer = Officer(konstanz)
    files = life_files(cases=CASES.replace('"=2 * parameters.fee"', "3000"))
    officer.client.get(officer.upload(files, author)["Location"])
    officer.post(SETTINGS, {**officer.typed(SETTINGS), "p.fee": "20"})
    page = officer.page(PREVIEW)
    assert "0 Testfälle bestanden, 1 nicht" in page
    assert "Zwei Tage" in page
    assert officer.post(PREVIEW, {}).status_code == 422
    with within(konstanz):
        assert not Installation.objects.filter(key=KEY).exists()


def test_an_older_version_is_not_taken_by_accident(officer: Officer, author: AuthorKey) -> None:
    response = officer.upload(life_files("0.9.0"), author)
    assert response["Location"] == f"/amt/leistungen/{KEY}/"
    assert installed(officer).version == "1.0.0"


def test_a_sheet_begun_earlier_does_not_bring_back_what_was_changed_meanwhile(officer: Officer) -> None:
    """What was typed on it stays; everything else says what is in force."""
    sent = officer.typed(SETTINGS) | {"p.days": "5"}
    assert officer.post(SETTINGS, sent).status_code == 302
    with within(officer.town):
        layer = installed_now().layer
        changed = replace(layer, values={**layer.values, "fee": 3000}, sources={"fee": "§ 8"})
        change_settings(key=KEY, layer=changed)
    now = officer.typed(SETTINGS)
    assert (now["p.fee"], now["s.fee"], now["p.days"]) == ("30,00", "§ 8", "5")
    assert officer.post(PREVIEW, {}).status_code == 302
    layer = installed(officer).layer
    assert (layer.values["fee"], layer.values["days"], layer.sources) == (3000, 5, {"fee": "§ 8"})


def test_a_signed_copy_of_a_shipped_service_is_accepted_only_knowingly(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=life_files(), layer=town_layer())
    officer = Officer(konstanz)
    path = newer(officer, next_version(), AuthorKey.generate())
    assert officer.post(path, {"take": "yes", "paket": path.rpartition("=")[2]}).status_code == 422
    assert installed(officer).version == "1.0.0"
