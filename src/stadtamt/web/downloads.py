"""Files on their way out: never shown in the page's own origin when a stranger made them."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse


def file_response(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file somebody handed in: always as a download, without rights for anything inside it."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """The office's own letter as a download."""
    return file_response(content, name, "application/pdf")
