"""What every page of the desk shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from stadtamt.kernel.models import Staff
from stadtamt.kernel.models.staff import Role
from stadtamt.processes.queries import office_tasks

LISTS = {"offen": "Zu tun", "alle": "Alle Vorgänge"}


def frame(request: HttpRequest, *, current: str = "") -> dict[str, Any]:
    """The lists in the header and the way out; the digital officer also has the services."""
    base = reverse("desk:work-list")
    return {
        "lists": _officers_list(request, current)
        + [
            {
                "title": title,
                "url": base if key == "offen" else f"{base}?liste={key}",
                "count": office_tasks().count() if key == "offen" else None,
                "current": key == current,
            }
            for key, title in LISTS.items()
        ],
        "logout_url": reverse("desk:sign-out"),
        "search_url": base,
        "user": request.user,
    }


def _officers_list(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    if not isinstance(request.user, Staff) or request.user.role != Role.OFFICER:
        return []
    url = reverse("desk:offering")
    return [{"title": "Leistungen", "url": url, "count": None, "current": current == "leistungen"}]
