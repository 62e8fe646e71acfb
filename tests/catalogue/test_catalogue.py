"""The catalogue: every town its own, renewed in place, found with typing errors."""

from __future__ import annotations

from typing import Any

import pytest

from stadtamt.catalogue.actions import establish_unit, publish_service
from stadtamt.catalogue.models import Service
from stadtamt.catalogue.queries import NoSuchService, life_events, search, service_by_key
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within

CONTENT: dict[str, Any] = {
    "title": "Reisepass beantragen",
    "summary": "Sie brauchen einen neuen Reisepass.",
    "synonyms": ["Pass", "Ausweis für Reisen"],
    "life_events": ["Reisen"],
    "facts": {},
    "processing_days": 20,
}


def publish(**changes: Any) -> Service:
    unit = establish_unit(key="buergerbuero", name="Bürgerbüro")
    return publish_service(key="reisepass", package="reisepass", edition="1", unit=unit, content={**CONTENT, **changes})


def test_a_service_is_found_after_it_was_published(konstanz: Municipality) -> None:
    with within(konstanz):
        publish()
        assert service_by_key("reisepass").unit.name == "Bürgerbüro"
        for words in ("Reisepass", "reisepässe", "Reispass", "Reisepas", "Pass"):
            assert "reisepass" in [service.key for service in search(words)], words


def test_a_service_of_one_town_is_unknown_in_the_other(konstanz: Municipality, hattenhofen: Municipality) -> None:
    with within(konstanz):
        publish()
    with within(hattenhofen):
        assert search("Reisepass") == []
        with pytest.raises(NoSuchService):
            service_by_key("reisepass")


def test_a_new_edition_takes_the_place_of_the_old_one(konstanz: Municipality) -> None:
    with within(konstanz):
        before = publish()
        after = publish(title="Pass verlängern", synonyms=[])
        assert after.pk == before.pk
        assert [service.key for service in search("verlängern")] == ["reisepass"]


def test_life_events_stand_in_the_order_of_the_alphabet(konstanz: Municipality) -> None:
    with within(konstanz):
        publish(life_events=["Reisen", "Älter werden"])
        assert list(life_events()) == sorted(life_events())
        assert [service.key for service in life_events()["Reisen"]] == ["reisepass"]


@pytest.mark.parametrize(
    "words", ["'", "a & b | !", "((", ":*", '"', "\\", "x" * 5000, "or or or", "-", "<->", "ß" * 90]
)
def test_no_words_break_the_search(konstanz: Municipality, words: str) -> None:
    with within(konstanz):
        publish()
        assert isinstance(search(words), list)
