"""Installing a package: everything arrives in its station."""

from __future__ import annotations

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
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.layer import read_layer

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
    files = dict(files_of_folder(settings.SERVICES / KEY))
    files["service.toml"] = files["service.toml"].replace(b"enabled = true", b"enabled = false")
    with within(konstanz):
        install(files=files, layer=read_layer(files["parameters/konstanz.toml"].decode()))
        rules = RuleSet.objects.get(key=KEY, edition=service_by_key(KEY).edition)
        assert not rules.may_decide_alone
