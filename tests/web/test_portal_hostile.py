"""Bad input over HTTP: never a crash, always a clear page that gives nothing away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from forms import files
from stadtamt.catalogue.models import Service
from stadtamt.forms.models import Draft, Submission
from stadtamt.forms.queries import situation
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from support.citizen import CLEAR, KEEPER, Citizen
from support.routes import addresses

NUL = "a\x00b"
HUGE = "ü" * 100_000
STRANGE = [
    "",
    NUL,
    HUGE,
    "'; DROP TABLE cases_case; --",
    "<script>alert(1)</script>",
    "\ud7ff\u202e😀",
    "../../etc/passwd",
    "{{7*7}}",
    "%00",
    "-1",
    "9" * 400,
]
METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]
POSTED = [
    "q",
    "code",
    "text",
    "revision",
    "shown",
    "confirm",
    "grounds",
    "outcome",
    "username",
    "password",
    "next",
    "halter.vorname",
    "remove:x",
]


def browser(host: str = "konstanz.localhost", **more: Any) -> Client:
    return Client(headers={"host": host}, raise_request_exception=True, **more)


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def citizen(konstanz: Municipality) -> Citizen:
    citizen = Citizen()
    citizen.begin()
    return citizen


@pytest.fixture
def sent(citizen: Citizen) -> Citizen:
    citizen.fill_in(CLEAR)
    assert citizen.send().status_code == 302
    return citizen


@pytest.mark.parametrize("method", METHODS)
def test_no_method_breaks_any_address(sent: Citizen, method: str) -> None:
    for address in addresses(sent.token):
        response = getattr(browser(), method)(address)
        assert response.status_code < 500, (method, address)


@pytest.mark.parametrize("value", STRANGE, ids=range(len(STRANGE)))
def test_no_value_breaks_any_address(citizen: Citizen, value: str) -> None:
    fields = dict.fromkeys(POSTED, value)
    for address in addresses(citizen.token):
        assert browser().post(address, fields).status_code < 500, address
        if len(value) < 1000:
            assert browser().get(address, {**fields, "seite": value, "von": value, "liste": value}).status_code < 500


@pytest.mark.parametrize("value", STRANGE, ids=range(len(STRANGE)))
def test_no_value_breaks_any_question(citizen: Citizen, value: str) -> None:
    with within(Municipality.objects.get(name="Konstanz")):
        questions = situation(Draft.objects.get()).pages()
    assert len(questions) > 8
    for question in questions:
        names = [
            name for f in question.fields for name in (f.path, f"{f.path}_day", f"{f.path}_month", f"{f.path}_year")
        ]
        answers = dict.fromkeys([*names, "shown", "confirm"], value)
        response = citizen.client.post(f"{citizen.draft_url}{question.key}/", answers)
        assert response.status_code in {200, 302, 413, 422}, question.key


@pytest.mark.parametrize("value", STRANGE[1:], ids=range(len(STRANGE) - 1))
def test_what_was_typed_never_becomes_markup(citizen: Citizen, value: str) -> None:
    response = citizen.client.post(
        f"{citizen.draft_url}halter-person/", {"halter.vorname": value, "halter.nachname": "<b>"}
    )
    assert response.status_code == 422
    assert "<script>alert" not in text_of(response)
    assert 'value="<b>"' not in text_of(response)


@pytest.mark.parametrize(
    "token", ["0000-0000", "4F7K-2M9X-0A1B-7YQ3-KD5E", "x", "%00", "a%00b", "%F0%9F%98%80", "..%2f", "'", "x" * 2000]
)
@pytest.mark.parametrize(
    "tail",
    [
        "antrag/{}/",
        "antrag/{}/pruefen/",
        "antrag/{}/halter-person/",
        "vorgang/{}/",
        "vorgang/{}/bescheid/",
        "vorgang/{}/bescheid.pdf",
    ],
)
def test_a_wrong_link_is_a_page_that_says_nothing(konstanz: Municipality, token: str, tail: str) -> None:
    response = browser().get(f"/{tail.format(token)}")
    assert response.status_code == 404
    assert "Hundesteuer" not in text_of(response)


def test_wrong_links_of_every_kind_look_the_same(sent: Citizen) -> None:
    """Whoever guesses must not learn whether a draft was there, has gone, or is of another town."""
    stranger = browser("hattenhofen.localhost")
    pages = {
        kind: text_of(stranger.get(address))
        for kind, address in {
            "other town": sent.draft_url,
            "unknown": "/antrag/4F7K-2M9X-0A1B-7YQ3-KD5E/",
            "malformed": "/antrag/x/",
        }.items()
    }
    assert len(set(pages.values())) == 1


def test_a_link_of_one_town_is_nothing_in_another(sent: Citizen) -> None:
    stranger = browser("hattenhofen.localhost")
    for address in (sent.draft_url, f"{sent.draft_url}pruefen/", sent.case_url, f"{sent.case_url}bescheid.pdf"):
        response = stranger.get(address)
        assert response.status_code == 404, address
        assert "Müller" not in text_of(response)
        assert "Konstanz" not in text_of(response)
    assert stranger.post(f"{sent.case_url}antwort/", {"text": "x"}).status_code == 404
    assert stranger.post(f"{sent.draft_url}pruefen/", {"revision": "1"}).status_code == 404


def test_a_code_of_another_town_is_unknown(citizen: Citizen) -> None:
    response = browser("hattenhofen.localhost").post("/weiter/", {"code": citizen.token})
    assert response.status_code == 422
    assert "kennen wir nicht" in text_of(response)


@pytest.mark.parametrize("host", ["fremd.localhost", "localhost", "xkonstanz.localhost", "127.0.0.1"])
def test_an_unknown_host_offers_the_towns_and_nothing_else(konstanz: Municipality, citizen: Citizen, host: str) -> None:
    start = browser(host).get("/")
    assert start.status_code == 200
    assert "konstanz.localhost" in text_of(start)
    for address in (citizen.draft_url, "/amt/", "/leistung/hundesteuer-anmelden/", "/amt/anmelden/", "/weiter/"):
        assert browser(host).get(address).status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.test", "konstanz.localhost.evil.test", "konstanz.localhost:80@evil.test", "", "a b"]
)
def test_a_host_that_is_not_ours_is_refused(konstanz: Municipality, host: str) -> None:
    assert browser(host).get("/").status_code == 400


def test_a_host_name_is_the_same_in_capitals_and_with_a_port(konstanz: Municipality) -> None:
    for host in ("KONSTANZ.localhost", "konstanz.localhost:8000"):
        assert "Konstanz" in text_of(browser(host).get("/"))


@pytest.mark.parametrize(
    "address",
    [
        "/leistung/gibt-es-nicht/",
        "/gibt-es-nicht",
        "/antrag/",
        "/amt/vorgang/7/",
        "/leistung/../x/",
        "/amt//evil.test/",
        "/amt/vorgang/00000000-0000-0000-0000-000000000007",
    ],
)
def test_an_unknown_address_is_a_clear_page(konstanz: Municipality, address: str) -> None:
    response = browser().get(address)
    assert response.status_code in {301, 404}
    if response.status_code == 404:
        assert "gibt es" in text_of(response)
    else:
        assert re.match(r"/[^/\\]", response["Location"])


def test_a_question_that_does_not_apply_is_unknown(citizen: Citizen) -> None:
    for key in ("zwinger-zucht", "gibt-es-nicht"):
        assert citizen.client.get(f"{citizen.draft_url}{key}/").status_code == 404
        assert citizen.client.post(f"{citizen.draft_url}{key}/", {}).status_code == 404


def test_without_the_token_of_the_form_nothing_is_taken(citizen: Citizen) -> None:
    strict = browser(enforce_csrf_checks=True)
    for address in (
        f"{citizen.draft_url}halter-person/",
        "/leistung/hundesteuer-anmelden/beginnen/",
        "/amt/anmelden/",
        "/weiter/",
    ):
        response = strict.post(address, {"halter.vorname": "Anna", "csrfmiddlewaretoken": "falsch"})
        assert response.status_code == 403
        assert "zu lange offen" in text_of(response)
    with within(Municipality.objects.get(name="Konstanz")):
        assert Draft.objects.count() == 1
        assert Draft.objects.get().answers == {}


def test_with_the_token_of_the_form_it_is(citizen: Citizen) -> None:
    strict = browser(enforce_csrf_checks=True)
    page = text_of(strict.get(f"{citizen.draft_url}halter-person/"))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    answers = {**KEEPER["halter-person"], "csrfmiddlewaretoken": token[1]}
    assert strict.post(f"{citizen.draft_url}halter-person/", answers).status_code == 302


def test_a_body_too_large_is_refused(citizen: Citizen) -> None:
    response = citizen.client.post(f"{citizen.draft_url}halter-person/", {"halter.vorname": "x" * 3_000_000})
    assert response.status_code == 413
    assert "zu groß" in text_of(response)


def test_too_many_fields_or_files_are_refused(citizen: Citizen) -> None:
    url = f"{citizen.draft_url}halter-person/"
    assert citizen.client.post(url, {f"f{n}": "x" for n in range(300)}).status_code in {400, 413}
    many = {f"f{n}": files_named(f"{n}.png") for n in range(8)}
    assert citizen.client.post(url, many).status_code in {400, 413}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"--x\r\n",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
        b"--x\r\n\r\n\x00--x--",
        b"\xff" * 500,
    ],
)
@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "multipart/form-data; boundary=" + "x" * 300,
        "application/json",
        "text/plain; charset=nichts",
    ],
)
def test_a_malformed_body_breaks_nothing(citizen: Citizen, body: bytes, kind: str) -> None:
    response = citizen.client.generic("POST", f"{citizen.draft_url}halter-person/", body, content_type=kind)
    assert 400 <= response.status_code < 500


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30, "²", "1.0"])
def test_a_wrong_revision_sends_nothing(citizen: Citizen, revision: str) -> None:
    citizen.fill_in(CLEAR)
    response = citizen.client.post(f"{citizen.draft_url}pruefen/", {"revision": revision})
    assert response.status_code == 409
    with within(Municipality.objects.get(name="Konstanz")):
        assert not Submission.objects.exists()


def test_an_incomplete_application_is_not_taken(citizen: Citizen) -> None:
    response = citizen.client.post(f"{citizen.draft_url}pruefen/", {"revision": "0"})
    assert response.status_code == 422
    assert "fehlen noch Antworten" in text_of(response)


def test_a_refusal_rolls_back_what_was_done_before_it(konstanz: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("stadtamt.web.portal.entrance.redirect", fail)
    response = browser().post("/leistung/hundesteuer-anmelden/beginnen/")
    assert response.status_code == 500
    assert "Es wurde nichts gespeichert" in text_of(response)
    assert "unforeseen" not in text_of(response)
    with within(konstanz):
        assert not Draft.objects.exists()
        assert Service.objects.exists()


def test_a_database_that_is_away_is_said_with_503(konstanz: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("stadtamt.catalogue.queries.search", fail)
    response = browser().get("/", {"q": "hund"})
    assert response.status_code == 503
    assert "nicht verloren" in text_of(response)


def files_named(name: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, files.png())


def test_the_limits_of_a_request_are_set() -> None:
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS <= 5000
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 5_000_000
