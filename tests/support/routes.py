"""Addresses of all pages with example values, as tests that go through all of them need."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from stadtamt.conf import demo

EXAMPLES = {"id": uuid.UUID(int=7), "document": uuid.UUID(int=8), "key": "halter-person"}


def routes(resolver: Any = None, space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Full name, address pattern and route of every page."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, entry.namespace or space)
        else:
            name = entry.name or ""
            yield (f"{space}:{name}" if space else name), str(entry.pattern), entry


def addresses(token: str) -> list[str]:
    """Every address once; those with a link get this token."""
    return [f"/{pattern}" if not name else address(name, route, token) for name, pattern, route in routes()]


def address(name: str, route: URLPattern, token: str = "0000-0000") -> str:
    values = {**EXAMPLES, "token": token}
    if name.startswith("portal:") and "token" not in route.pattern.converters:
        values["key"] = demo.PACKAGE
    return reverse(name, kwargs={key: values[key] for key in route.pattern.converters})
