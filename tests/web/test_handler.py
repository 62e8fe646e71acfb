"""What a request says about its encoding changes nothing and breaks nothing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client, RequestFactory

from stadtamt.kernel.models import Municipality
from stadtamt.web.handler import Request


def request(content_type: str, *, query: str = "", body: bytes = b"") -> Request:
    environ: dict[str, Any] = RequestFactory()._base_environ(
        REQUEST_METHOD="POST" if body else "GET",
        QUERY_STRING=query,
        CONTENT_TYPE=content_type,
        CONTENT_LENGTH=str(len(body)),
    )
    return Request({**environ, "wsgi.input": BytesIO(body)})


@pytest.mark.parametrize("name", ["hex", "rot13", "punycode", "idna", "undefined", "unicode_escape", "utf-7", "utf-16"])
def test_a_strange_encoding_is_not_heeded(name: str) -> None:
    """Half a character (a lone surrogate) cannot be stored: the database would fail with the whole request."""
    found = request(f"text/plain; charset={name}", query="q=%5Cud800+%2B2AA-&r=h%C3%BCnd")
    assert found.GET["q"] == "\\ud800 +2AA-"
    assert found.GET["r"] == "hünd"


@pytest.mark.parametrize("name", ["hex", "utf-7"])
def test_a_form_in_parts_is_read_as_utf_8(name: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n+2AA-\xc3\xbc\r\n--x--\r\n'
    assert request(f"multipart/form-data; boundary=x; charset={name}", body=body).POST["a"] == "+2AA-ü"


def test_a_header_that_cannot_be_read_counts_as_none() -> None:
    assert request("text/plain; a=" + "x" * 20_000).content_type == ""


@pytest.mark.parametrize("address", ["/livez", "/static/x", "/.well-known/security.txt", "/", "/weiter/", "/amt/"])
def test_a_request_that_is_too_long_is_refused_before_it_is_read(db: None, address: str) -> None:
    """Also where no town is needed: the check of the form's token would write the whole of it to the disk."""
    client = Client(headers={"host": "konstanz.localhost"})
    assert client.post(address, {"a": "b"}, CONTENT_LENGTH="90000000").status_code == 413


def test_a_wrong_host_name_leaves_no_trace_in_the_log(db: None, caplog: pytest.LogCaptureFixture) -> None:
    assert Client(headers={"host": "evil.test"}).get("/").status_code == 400
    assert "evil.test" not in caplog.text


@pytest.mark.parametrize("address", ["/livez", "/readyz", "/", "/leistung/hundesteuer-anmelden/", "/impressum/"])
def test_a_watchman_may_ask_for_the_head_of_a_public_page(konstanz: Municipality, address: str) -> None:
    response = Client(headers={"host": "konstanz.localhost"}).head(address)
    assert response.status_code == 200
    assert response.content == b""


def test_a_secret_link_is_not_read_by_asking_for_its_head(konstanz: Municipality) -> None:
    """A notice counts as read when it is opened, and not when a mail scanner looks whether its address exists."""
    client = Client(headers={"host": "konstanz.localhost"})
    assert client.head("/vorgang/4F7K-2M9X-0A1B-7YQ3-KD5E/bescheid/").status_code == 405
