"""Signing in: password, then a one-time code; both steps in the town's own session."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stadtamt.kernel.errors import Refusal
from stadtamt.kernel.models import Staff
from stadtamt.kernel.models.staff import Role
from stadtamt.kernel.rights import check_code, check_password
from stadtamt.web.access import public

_HALFWAY = "desk.password_given"


@public
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    onward = request.POST.get("next") or request.GET.get("next") or ""
    username = request.POST.get("username", "").replace("\x00", "")[:80]
    context: dict[str, Any] = {"action": reverse("desk:sign-in"), "username": username, "next": onward}
    if request.method == "GET":
        return render(request, "desk/login.html", context)
    try:
        staff = check_password(username=username, password=request.POST.get("password", "")[:200])
    except Refusal as refused:
        # Shown with the form, not raised: the count of failures must be kept.
        context |= {"error": refused.sentence, "errors": [{"field_id": "username", "message": refused.sentence}]}
        return render(request, "desk/login.html", context, status=refused.status)
    request.session.cycle_key()
    request.session[_HALFWAY] = {"staff": str(staff.pk), "next": onward}
    return redirect("desk:code")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    halfway = request.session.get(_HALFWAY)
    if halfway is None:
        return redirect("desk:sign-in")
    context: dict[str, Any] = {"action": reverse("desk:code")}
    if request.method == "GET":
        return render(request, "desk/totp.html", context)
    try:
        staff = check_code(staff_id=halfway["staff"], code=request.POST.get("code", "")[:20])
    except Refusal as refused:
        context |= {"error": refused.sentence, "errors": [{"field_id": "code", "message": refused.sentence}]}
        return render(request, "desk/totp.html", context, status=refused.status)
    login(request, staff, backend="stadtamt.kernel.rights.StaffBackend")
    onward = halfway["next"]
    # A sign-in never leads to a foreign site, whatever the address said.
    inside = onward.startswith("/amt/") and url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    inside = inside and onward != reverse("desk:work-list")
    return redirect(onward if inside else _first_page(staff))


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("desk:sign-in")


def _first_page(staff: Staff) -> str:
    return "desk:offering" if staff.role == Role.OFFICER else "desk:work-list"
