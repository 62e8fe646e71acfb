"""Reads of the room: the search, and one service."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, Greatest

from stadtamt.catalogue.models import Service
from stadtamt.kernel.errors import NotFound

# More than half of the three-letter pieces must fit: "Hundsteuer" finds "Hundesteuer", "Hut" does not find "Hund".
SIMILAR_ENOUGH = 0.55
MAX_QUERY = 100


class NoSuchService(NotFound):
    """Diese Leistung gibt es hier nicht."""


def search(text: str, *, limit: int = 10) -> list[Service]:
    """Services that fit, best first: by German word stems, and by similarity to forgive typing errors."""
    # Words only: a row of hyphens is a row of negations to the database, which gives up on it.
    text = " ".join(re.findall(r"\w+", text.casefold()[:MAX_QUERY]))
    if not text:
        return []
    query = SearchQuery(text, config="german", search_type="websearch")
    found = (
        Service.objects.annotate(
            rank=Coalesce(SearchRank(F("search"), query), 0.0),
            similar=TrigramWordSimilarity(text, "words"),
        )
        .filter(Q(search=query) | Q(similar__gte=SIMILAR_ENOUGH), withdrawn=False)
        .order_by(Greatest("rank", "similar").desc(), "title")
    )
    return list(found[:limit])


def all_services() -> list[Service]:
    return list(Service.objects.filter(withdrawn=False).order_by("title"))


def foremost(*, limit: int) -> list[Service]:
    """Services for the entrance: those with a package of their own first, as they lead to the end."""
    offered = Service.objects.filter(withdrawn=False)
    return list(offered.order_by(Case(When(package=F("key"), then=0), default=1), "title")[:limit])


def life_events() -> dict[str, list[Service]]:
    """Services by life event, in the order of the alphabet."""
    events: dict[str, list[Service]] = {}
    for service in all_services():
        for event in service.life_events:
            events.setdefault(event, []).append(service)
    return dict(sorted(events.items()))


def service_by_key(key: str) -> Service:
    service = Service.objects.select_related("unit").filter(key=key, withdrawn=False).first()
    if service is None:
        raise NoSuchService
    return service
