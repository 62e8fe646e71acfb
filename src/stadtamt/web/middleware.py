"""The way of a request: headers, the town of the host name, one transaction, and every refusal as a clear page."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from stadtamt.kernel.errors import NotAllowed, NotFound, Refusal
from stadtamt.kernel.models import HostName, Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.web.errors import Unforeseen, error_page, unknown_host_page

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]

# Five files of eight megabytes do not come at once: a page has two upload fields, an answer three files.
MAX_REQUEST_BYTES = 26_000_000

# A whole fee register stands on one page of the digital officer; everybody else's pages are small.
MAX_FIELDS, LONG_PAGES = 200, "/amt/leistungen/"

# Pages that need neither a town nor a database.
OPEN_PATHS = (settings.STATIC_URL, "/.well-known/security.txt", "/livez")


class TooLarge(Refusal):
    """Das ist zu groß. Bitte wählen Sie eine kleinere Datei."""

    status = 413


class Unavailable(Refusal):
    """Wir sind gleich wieder für Sie da. Ihre Angaben sind nicht verloren. Bitte versuchen Sie es noch einmal."""

    status = 503


class Unreadable(Refusal):
    """Diese Anfrage können wir nicht lesen. Bitte gehen Sie zurück und versuchen Sie es noch einmal."""


# In this order: the first two of the third row are suspicious operations as well.
_REFUSALS: tuple[tuple[tuple[type[Exception], ...], type[Refusal]], ...] = (
    ((Http404,), NotFound),
    ((PermissionDenied,), NotAllowed),
    ((RequestDataTooBig, TooManyFilesSent), TooLarge),
    ((SuspiciousOperation, UnreadablePostError, MultiPartParserError, BadRequest), Unreadable),
    ((OperationalError, InterfaceError), Unavailable),
)


class HeadersMiddleware:
    """Headers that Django does not set: personal pages are kept nowhere, and the browser asks for nothing else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers.setdefault("X-Robots-Tag", "noindex" if _is_personal(request) else "all")
        return response


class MunicipalityMiddleware:
    """Finds the town and gives the request one transaction; a refusal rolls it back and becomes a page after it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) > MAX_REQUEST_BYTES:
            return error_page(request, TooLarge())
        if request.path.startswith(OPEN_PATHS):
            return self.get_response(request)
        try:
            municipality = find_municipality(request)
            if municipality is None:
                return unknown_host_page(request)
            request.municipality = municipality  # type: ignore[attr-defined]
            with within(municipality):
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
        except (OperationalError, InterfaceError, DatabaseError) as problem:
            logger.warning("The database did not answer: %s", type(problem).__name__)
            return error_page(request, Unavailable())
        refused = getattr(request, "refused", None)
        return response if refused is None else error_page(request, refused)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Refuses what cannot be read, and a page with more fields than any page has."""
        if request.method != "POST" or request.path.startswith((LONG_PAGES, *OPEN_PATHS)):
            return None
        try:
            if sum(len(values) for _, values in request.POST.lists()) > MAX_FIELDS:
                raise TooManyFieldsSent
        except (SuspiciousOperation, UnreadablePostError, MultiPartParserError) as problem:
            return self.process_exception(request, problem)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse:
        """Keeps the refusal until the transaction is rolled back; the 500 here is never seen by anybody."""
        request.refused = as_refusal(exception)  # type: ignore[attr-defined]
        transaction.set_rollback(True)
        return HttpResponse(status=500)


def find_municipality(request: HttpRequest) -> Municipality | None:
    """The town whose host name this is."""
    host = request.get_host().rsplit(":", 1)[0].lower()
    found = HostName.objects.select_related("municipality").filter(host=host).first()
    return found.municipality if found else None


def as_refusal(exception: Exception) -> Refusal:
    """Every exception as a refusal with a sentence; what nobody foresaw is logged with its trace."""
    if isinstance(exception, Refusal):
        return exception
    for kinds, refusal in _REFUSALS:
        if isinstance(exception, kinds):
            return refusal()
    logger.error("Unexpected: %s", type(exception).__name__, exc_info=exception)
    return Unforeseen()


def _length(request: HttpRequest) -> int:
    text = request.headers.get("Content-Length") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def _is_personal(request: HttpRequest) -> bool:
    return request.path.startswith(("/antrag/", "/vorgang/", "/amt/"))
