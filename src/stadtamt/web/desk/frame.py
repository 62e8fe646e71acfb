"""What every page of the desk shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from stadtamt.processes.queries import office_tasks

LISTS = {"offen": "Zu tun", "alle": "Alle Vorgänge"}


def frame(request: HttpRequest, *, current: str = "") -> dict[str, Any]:
    """The lists in the header and the way out."""
    base = reverse("desk:work-list")
    return {
        "lists": [
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
