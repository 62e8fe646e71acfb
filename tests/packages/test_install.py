"""Installing a package: everything arrives in its station."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings

from stadtamt.catalogue.queries import search, service_by_key
from stadtamt.conf import demo
from stadtamt.decisions.models import RuleSet
from stadtamt.forms.models import Form
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.notices.models import LetterTemplate
from stadtamt.packages.actions import install
from stadtamt.packages.parameters import read_settings
from stadtamt.packages.reader import read_package

KEY = demo.PACKAGE


def test_every_station_has_its_part(konstanz: Municipality) -> None:
    with within(konstanz):
        service = service_by_key(KEY)
        assert service.title == "Hund anmelden"
        assert Form.objects.get(key=KEY).edition == service.edition
        assert LetterTemplate.objects.filter(key=KEY).count() == 4


def test_installing_again_changes_nothing(konstanz: Municipality) -> None:
    with within(konstanz):
        before = service_by_key(KEY).edition
        demo.install_package("konstanz")
        assert service_by_key(KEY).edition == before
        assert Form.objects.filter(key=KEY).count() == 1


@pytest.mark.parametrize("words", ["Hund anmelden", "Hundesteuer", "mein Hund", "Hundsteuer", "hunde steuer"])
def test_the_search_finds_the_dog(konstanz: Municipality, words: str) -> None:
    with within(konstanz):
        assert [service.key for service in search(words)] == [KEY]


@pytest.mark.parametrize("words", ["Reisepass", "Wohnsitz", "", "   ", "!!", "'; DROP TABLE"])
def test_the_search_finds_nothing_else(konstanz: Municipality, words: str) -> None:
    with within(konstanz):
        assert search(words) == []


def test_switching_automation_off_holds_for_new_applications(konstanz: Municipality) -> None:
    folder = settings.SERVICES / KEY
    package = replace(read_package(folder), automation={"enabled": False})
    with within(konstanz):
        install(package=package, settings=read_settings(folder / "parameters" / "konstanz.toml"))
        rules = RuleSet.objects.get(key=KEY, edition=service_by_key(KEY).edition)
        assert not rules.may_decide_alone
