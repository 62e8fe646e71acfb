"""For machines: is the process alive, can it serve, whom to tell about a hole."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stadtamt.kernel import clock
from stadtamt.web.access import public


@public
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers too; without it the middleware has already said 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116, as TR-03172-3 A3.1.05 wants it."""
    expires = (clock.now() + timedelta(days=180)).replace(microsecond=0)
    text = f"Contact: {request.scheme}://{request.get_host()}/impressum/\nExpires: {expires.isoformat()}\n"
    return HttpResponse(f"{text}Preferred-Languages: de, en\n", content_type="text/plain; charset=utf-8")
