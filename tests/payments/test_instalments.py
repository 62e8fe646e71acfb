"""A tax that the bylaw lets be paid in parts on fixed days: the claim knows them, and so does the citizen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from stadtamt.cases.models import Case
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import install
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.layer import read_layer
from stadtamt.payments.actions import raise_claim
from stadtamt.payments.models import Claim
from stadtamt.processes.actions import start_for
from support.cases import begin, fill, send
from support.citizen import CLEAR
from support.jobs import work_off


@pytest.fixture
def fixed_days(konstanz: Municipality) -> Municipality:
    """Konstanz with the due dates of another bylaw: 15 February, May, August and November."""
    files = files_of_folder(settings.SERVICES / "hundesteuer-anmelden")
    layer = read_layer(files["parameters/konstanz.toml"].decode())
    days = {"due_rule": "fixed_dates", "due_dates": ["02-15", "05-15", "08-15", "11-15"]}
    with within(konstanz):
        install(files=files, layer=replace(layer, values={**layer.values, **days}))
    return konstanz


def test_each_part_has_its_day_and_they_add_up(fixed_days: Municipality) -> None:
    """Eight months of 120 euros from May: what was due on 15 February and 15 May is due after the announcement."""
    with within(fixed_days):
        case = send()
    work_off()
    with within(fixed_days):
        claim = Claim.objects.get(case=case)
        assert sum(part["amount_cents"] for part in claim.instalments) == claim.amount_cents == 8000
        assert [part["due"] for part in claim.instalments] == [None, "2026-08-15", "2026-11-15"]
        assert claim.due_on is not None
        assert claim.due_on.isoformat() == "2026-06-15"


def test_the_citizen_sees_every_part(fixed_days: Municipality) -> None:
    with within(fixed_days):
        draft, token = begin()
        fill(draft, CLEAR)
        start_for(token=token, revision=draft.revision)
    work_off()
    page = Client(headers={"host": "konstanz.localhost"}).get(f"/vorgang/{token}/").content.decode()
    assert page.count("zu zahlen bis") == 3


def test_parts_that_do_not_add_up_are_refused(konstanz: Municipality) -> None:
    with within(konstanz):
        case: Case = send()
        with pytest.raises(ValueError, match="do not add up"):
            raise_claim(case=case, amount_cents=100, purpose="x", instalments=[{"due": None, "amount_cents": 99}])
        assert not Claim.objects.exists()
