"""A service rises from the universal application to its own package and on to automation, at one address."""

from __future__ import annotations

from stadtamt.cases.models import Case
from stadtamt.catalogue.models import Service
from stadtamt.catalogue.queries import service_by_key
from stadtamt.decisions.models import Decision
from stadtamt.forms.models import Draft
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import install
from stadtamt.packages.format.files import Files, checked
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.maturity import maturity_of
from stadtamt.packages.updating import update, withdraw
from stadtamt.processes.actions import start_for
from support.jobs import work_off
from support.life_package import KEY, MANIFEST, begin, life_files, next_version, running
from support.small_package import PROCESS, town_layer

UNIVERSAL = "sammelantrag"
ENTRIES = f"""
[[entry]]
key = "{KEY}"
title = "Stand aufstellen"
summary = "Sie möchten einen Stand aufstellen."
[[entry]]
key = "baum-faellen"
title = "Baum fällen"
summary = "Sie möchten einen Baum fällen."
"""


def universal() -> Files:
    manifest = MANIFEST.replace(f'id = "{KEY}"', f'id = "{UNIVERSAL}"').replace("enabled = true", "enabled = false")
    return checked({**life_files(service=manifest), "catalogue.toml": ENTRIES.encode()})


def automatic() -> Files:
    """The third step: a clear case is decided by the rules."""
    drawn = PROCESS.replace('<userTask id="decide"', '<serviceTask id="decide"').replace(
        "stadtamt:decide", "stadtamt:decide-automatically"
    )
    cases = next_version()["tests/allgemein.toml"].replace(b'tasks = ["decide"]', b"tasks = []").decode()
    return next_version("2.0.0", process=drawn, cases=cases)


def test_the_address_stays_and_only_the_package_behind_it_changes(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=universal(), layer=town_layer())
        address = service_by_key(KEY).pk
        for files in (life_files(), next_version()):
            install(files=files, layer=town_layer())
            assert (service_by_key(KEY).pk, service_by_key(KEY).package) == (address, KEY)
        assert service_by_key("baum-faellen").package == UNIVERSAL


def test_a_draft_begun_under_the_old_form_is_sent_and_handled_under_it(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=universal(), layer=town_layer())
        draft, token = begin()
        install(files=next_version(), layer=town_layer())
        case = start_for(token=token, revision=draft.revision).case
        work_off()
        assert (case.package, case.service.key) == (UNIVERSAL, KEY)
        assert Case.objects.get(pk=case.pk).state == "in_review"


def test_a_new_draft_gets_the_new_form(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=universal(), layer=town_layer())
        install(files=next_version(), layer=town_layer())
        draft, _ = begin()
        assert Draft.objects.get(pk=draft.pk).form.key == KEY
        assert "laut" in draft.answers["stand"]


def test_the_last_step_decides_a_clear_case_without_anybody(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=universal(), layer=town_layer())
        install(files=next_version(), layer=town_layer())
        before = running()
        update(key=KEY, files=automatic())
        after = running()
        assert not Decision.objects.filter(case=before).exists()
        assert Decision.objects.get(case=after).automated


def test_every_step_is_seen_in_the_maturity() -> None:
    steps = [maturity_of(read_package(files)) for files in (universal(), next_version(), automatic())]
    application, handling = ([one.criteria[place].level for one in steps] for place in (2, 8))
    assert application == [2, 4, 4]
    assert handling == [3, 3, 4]


def test_a_withdrawn_service_is_served_by_the_universal_application_again(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=universal(), layer=town_layer())
        install(files=life_files(), layer=town_layer())
        case = running()
        withdraw(key=KEY)
        service = Service.objects.get(key=KEY)
        assert (service.package, service.withdrawn, service.title) == (UNIVERSAL, False, "Stand aufstellen")
        assert Case.objects.get(pk=case.pk).package == KEY


def test_an_entry_that_has_its_own_package_is_not_taken_back_by_a_new_universal(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=life_files(), layer=town_layer())
        install(files=universal(), layer=town_layer())
        assert service_by_key(KEY).package == KEY
