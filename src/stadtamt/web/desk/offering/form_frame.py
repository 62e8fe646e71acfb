"""What the author's pages of a form have in common: the package in force, and changes kept to be looked at."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from stadtamt.kernel.errors import NotFound
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.models import Installation
from stadtamt.packages.officer.deviating import Deviating, deviating
from stadtamt.web.access import StaffRequest
from stadtamt.web.desk.frame import frame

_KEPT = "form-not-taken"


def in_force(key: str) -> Deviating:
    """The package in force, ready to be deviated from. Raises NotFound."""
    installation = Installation.objects.select_related("package").filter(key=key).first()
    if installation is None:
        raise NotFound
    return deviating(installation)


def framed(request: StaffRequest, now: Deviating, title: str, **more: Any) -> dict[str, Any]:
    """The context of every page about this form; back to the form itself, unless told otherwise."""
    key = now.author.id
    return {
        **frame(request, current="leistungen"),
        "title": title,
        "key": key,
        "service": str(now.author.service["title"]),
        "back_url": reverse("desk:form", args=[key]),
        "back_text": "Zum Formular",
        "errors": [],
        "error": {},
        **more,
    }


def sent_texts(request: StaffRequest) -> dict[str, str]:
    """What a form sent, as text of a length that fits."""
    return {
        name: text.replace("\x00", "").replace("\r\n", "\n")[:4000]
        for name, text in request.POST.items()
        if isinstance(text, str)
    }


def keep_to_look(request: StaffRequest, key: str, overrides: list[Override]) -> None:
    """Changes that are not taken, put by for the preview of this officer only."""
    request.session[_KEPT] = {"key": key, **Layer(overrides=tuple(overrides)).as_data()}


def kept_to_look(request: StaffRequest, key: str) -> list[Override]:
    """The changes put by for this package."""
    kept = request.session.get(_KEPT) or {}
    return list(Layer.from_data(kept).overrides) if kept.get("key") == key else []


def forget_kept(request: StaffRequest) -> None:
    request.session.pop(_KEPT, None)
