"""Logs hold no secrets."""

from __future__ import annotations

import logging

import pytest

from stadtamt.conf.logs import MaskSecretLinks, mask
from stadtamt.kernel.models import Municipality
from support.citizen import Citizen


@pytest.mark.parametrize(
    "path", ["/antrag/4F7K-2M9X/halter-person/", "/vorgang/4F7K-2M9X/", "http://x/vorgang/4F7K-2M9X?neu=1"]
)
def test_the_code_of_a_secret_link_is_masked(path: str) -> None:
    assert "4F7K" not in mask(f"Not Found: {path}")


def test_a_refused_answer_does_not_write_its_link_into_the_log(
    konstanz: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(MaskSecretLinks())
    with caplog.at_level(logging.INFO):
        citizen = Citizen()
        citizen.begin()
        citizen.answer("halter-person", {})
    assert "/antrag/…" in caplog.text
    assert citizen.token not in caplog.text
