"""Deeds of the room: a service is published or renewed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from stadtamt.catalogue.models import Service, Unit
from stadtamt.kernel import audit


def establish_unit(*, key: str, name: str, phone: str = "", mail: str = "") -> Unit:
    """The unit of this key, made or renewed."""
    unit, _ = Unit.objects.update_or_create(key=key, defaults={"name": name, "phone": phone, "mail": mail})
    return unit


def publish_service(  # the columns of a catalogue entry
    *, key: str, package: str, edition: str, unit: Unit, content: Mapping[str, Any]
) -> Service:
    """Put a service into the catalogue, or its new edition in the place of the old one; its address stays.

    `content` has title, summary, synonyms, life_events, facts, processing_days.
    """
    words = " ".join([content["title"], *content["synonyms"]]).casefold()
    service, _ = Service.objects.update_or_create(
        key=key,
        defaults={
            "package": package,
            "edition": edition,
            "unit": unit,
            "title": content["title"],
            "summary": content["summary"],
            "synonyms": list(content["synonyms"]),
            "life_events": list(content["life_events"]),
            "facts": dict(content["facts"]),
            "processing_days": content["processing_days"],
            "words": words,
            "withdrawn": False,
        },
    )
    vector = SearchVector(Value(words), weight="A", config="german") + SearchVector(
        Value(" ".join([content["summary"], *content["life_events"]])), weight="B", config="german"
    )
    Service.objects.filter(pk=service.pk).update(search=vector)
    audit.record("service.published", subject=service, key=key, package=package, edition=edition)
    return service


def withdraw_service(*, service: Service) -> None:
    """Take a service out of the catalogue; its cases stay. It can be published again at the same address."""
    service.withdrawn = True
    service.save(update_fields=["withdrawn"])
    audit.record("service.withdrawn", subject=service, key=service.key)
