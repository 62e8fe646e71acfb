"""What every page knows: the town and whether this is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    return {"town": getattr(request, "municipality", None), "demo": settings.DEMO}
