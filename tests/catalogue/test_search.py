"""The search finds services by their words, and nothing typed into it breaks it."""

from __future__ import annotations

import pytest

from stadtamt.catalogue.queries import search
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within


@pytest.mark.parametrize(
    "text", ["Hund", "hundesteuer", "Hunde-Steuer", "Hundsteuer", "Hundestoier", '"Hund"', "HUND!"]
)
def test_a_word_or_nearly_the_word_finds_the_service(konstanz: Municipality, text: str) -> None:
    with within(konstanz):
        assert [service.key for service in search(text)] == ["hundesteuer-anmelden"]


@pytest.mark.parametrize(
    "text", ["-" * 100, "!" * 100, "(" * 100, '"', "<->", "'; --", "\\", "%", "_", "\u0300" * 100, "Hut"]
)
def test_signs_that_mean_something_to_the_database_find_nothing_and_break_nothing(
    konstanz: Municipality, text: str
) -> None:
    with within(konstanz):
        assert search(text) == []
