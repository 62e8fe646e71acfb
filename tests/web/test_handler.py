"""What a request says about its encoding changes nothing and breaks nothing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import RequestFactory

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
