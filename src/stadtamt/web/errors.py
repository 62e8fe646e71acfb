"""Pages for everything that does not work: one clear sentence and what one can do now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stadtamt.kernel.errors import NotFound, Refusal
from stadtamt.kernel.models import Municipality


class FormExpired(Refusal):
    """Die Seite war zu lange offen. Bitte laden Sie sie neu und senden Sie das Formular noch einmal ab."""

    status = 403


def error_page(request: HttpRequest, refused: Refusal) -> HttpResponse:
    """The refusal as a page; rendered outside the rolled-back transaction and without reading the database."""
    context = {"status": refused.status, "sentence": refused.sentence, "deeds": []}
    return render(request, "portal/error.html", context, status=refused.status)


def unknown_host_page(request: HttpRequest) -> HttpResponse:
    """A host name that belongs to no town: choose one. Any deeper address does not exist there."""
    if request.path != "/":
        return error_page(request, NotFound())
    port = f":{request.get_port()}" if request.get_port() not in {"80", "443"} else ""
    towns = [
        {
            "name": town.name,
            "office_name": town.office_name,
            "url": f"{request.scheme}://{town.hosts.first().host}{port}/",  # type: ignore[union-attr]
        }
        for town in Municipality.objects.order_by("name").prefetch_related("hosts")
        if town.hosts.exists()
    ]
    return render(request, "portal/town_list.html", {"towns": towns})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, Refusal("Diese Anfrage können wir nicht lesen."))


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, Unforeseen())


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    return error_page(request, FormExpired())


class Unforeseen(Refusal):
    """Bei uns ist etwas schiefgegangen. Es wurde nichts gespeichert. Bitte versuchen Sie es noch einmal."""

    status = 500
