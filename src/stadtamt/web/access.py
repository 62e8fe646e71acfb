"""Who may open a page: every view says so, and a test refuses a route that does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from stadtamt.kernel.errors import NotAllowed
from stadtamt.kernel.models import Staff
from stadtamt.kernel.models.staff import Role

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request that passed ``staff_only``: its user is a member of the town's staff."""

    user: Staff


def public(view: View) -> View:
    """Anybody, without signing in; shows nothing about a person."""
    return _stated(view, "public")


def by_link(view: View) -> View:
    """Whoever has the secret link of the draft or the case."""
    return _stated(never_cache(view), "link")


def staff_only(view: View) -> View:
    """Members of the town's staff, after password and code."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Staff):
            sign_in = reverse("desk:sign-in")
            return redirect(f"{sign_in}?next={request.path}" if request.method == "GET" else sign_in)
        return view(request, *args, **kwargs)

    return _stated(never_cache(guarded), "staff")


def officer_only(view: View) -> View:
    """The town's digital officer, after password and code; a clerk is told that the page is not theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, Staff) and request.user.role != Role.OFFICER:
            raise NotAllowed
        return view(request, *args, **kwargs)

    return _stated(staff_only(guarded), "officer")


def _stated(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view
