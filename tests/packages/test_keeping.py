"""What a town set, and who signed what it uses, lives through deeds that fail, meet or come back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings

from packages.test_moving import at_once
from stadtamt.kernel import audit
from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import Source, install
from stadtamt.packages.archive import AuthorKey, pack
from stadtamt.packages.errors import InstallRefused, PackageProblem
from stadtamt.packages.format.files import Files, files_of_folder
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.models import Installation
from stadtamt.packages.officer.adopting import adopt
from stadtamt.packages.officer.deviating import deviate, take_back
from stadtamt.packages.officer.offers import receive, source_of
from stadtamt.packages.officer.sheets import last_layer, lay_out
from stadtamt.packages.updating import change_settings, update, withdraw
from support.life_package import KEY, MANIFEST, life_files, next_version
from support.small_package import override, town_layer

OTHER = "stand-abmelden"
UNIT = Override("stelle", "unit", {"name": "Marktamt"})
FOUR_EYES = Override("vier-augen", "four-eyes", {})
OWN_CASE: dict[str, Any] = {
    "name": "Drei Tage",
    "today": "2026-05-11",
    "answers": {
        "person": {"vorname": "A", "nachname": "M", "strasse": "Am See 1", "plz": "78462", "wohnort": "Konstanz"},
        "stand": {"platz": "markt", "tage": 3, "strom": "nein"},
    },
    "expect": {"total_cents": 6000},
}
ENDLESS = "{for i in 1..99999 return i}"


def face(key: str) -> Files:
    """One of two packages of the same matter."""
    return life_files(service=MANIFEST.replace(f'id = "{KEY}"', f'id = "{key}"\nmatter = "stand"'))


def now(key: str = KEY) -> Installation:
    return Installation.objects.select_related("package").get(key=key)


def with_source(fee: int, source: str) -> Layer:
    return replace(town_layer({"fee": fee}), sources={"fee": source})


def test_a_setting_that_another_face_refuses_changes_neither(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=face(KEY), layer=town_layer({"fee": 2000}))
        install(files=face(OTHER), layer=town_layer(cases=(OWN_CASE,)))
        edition = now().edition
    with within(konstanz):
        with pytest.raises(InstallRefused, match="Drei Tage"):
            change_settings(key=KEY, layer=town_layer({"fee": 900}))
        assert (now().layer.values["fee"], now().edition) == (2000, edition)
    with within(konstanz):
        assert AuditEntry.objects.filter(action="package.installed", data__key=KEY).count() == 1


def test_the_paragraph_of_a_setting_goes_with_it_to_the_other_face(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=face(KEY), layer=with_source(2000, "§ 5"))
        assert install(files=face(OTHER), layer=town_layer()).layer.sources == {"fee": "§ 5"}
        change_settings(key=KEY, layer=with_source(2100, "§ 6"))
        assert now(OTHER).layer.sources == {"fee": "§ 6"}


def test_what_was_set_last_comes_back_when_a_service_is_offered_again(konstanz: Municipality) -> None:
    with within(konstanz):
        for fee in (1000, 1200, 1000):
            install(files=life_files(), layer=town_layer({"fee": fee}))
        kept = change_settings(
            key=KEY, layer=replace(with_source(1000, "§ 9"), cases=(OWN_CASE | {"expect": {}},))
        ).package
        withdraw(key=KEY)
        layer = last_layer(kept)
        assert layer is not None
        assert (layer.values["fee"], dict(layer.sources), len(layer.cases)) == (1000, {"fee": "§ 9"}, 1)


def test_a_deviation_comes_back_when_a_newer_version_is_adopted_later(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=life_files(), layer=town_layer({}, override("hide", question="person-kontakt")))
        withdraw(key=KEY)
        kept = receive(archive=pack(next_version(), AuthorKey.generate()), actor=audit.OFFICE)
        layer = last_layer(kept)
        assert layer is not None
        assert [one.kind for one in layer.overrides] == ["hide"]


def test_two_officers_who_deviate_at_once_keep_both(committed: None) -> None:
    town = Municipality.objects.get(name="Konstanz")
    with within(town):
        seen = install(files=life_files(), layer=town_layer())
    made = at_once(
        town,
        lambda: deviate(installation=seen, override=UNIT, actor=audit.OFFICE),
        lambda: deviate(installation=seen, override=FOUR_EYES, actor=audit.OFFICE),
    )
    assert [type(one) for one in made] == [Installation, Installation]
    with within(town):
        assert {one.id for one in now().layer.overrides} == {"stelle", "vier-augen"}
        take_back(installation=seen, id="stelle", actor=audit.OFFICE)
        assert {one.id for one in now().layer.overrides} == {"vier-augen"}


def test_settings_of_one_face_and_a_deviation_of_the_other_at_once_keep_both(committed: None) -> None:
    town = Municipality.objects.get(name="Konstanz")
    with within(town):
        install(files=face(KEY), layer=town_layer({"fee": 2000}))
        seen = install(files=face(OTHER), layer=town_layer())
    at_once(
        town,
        lambda: change_settings(key=KEY, layer=town_layer({"fee": 900})),
        lambda: deviate(installation=seen, override=UNIT, actor=audit.OFFICE),
    )
    with within(town):
        assert now(OTHER).layer.values["fee"] == now().layer.values["fee"] == 900
        assert [one.id for one in now(OTHER).layer.overrides] == ["stelle"]


def test_deviations_whose_names_would_be_the_same_stand_beside_each_other(konstanz: Municipality) -> None:
    with within(konstanz):
        seen = install(files=life_files(), layer=town_layer())
        for field in ("title", "help"):
            address = f"form.person.kontakt.{field}"
            one = Override("text-lang", "text", {"address": address, "text": f"Neu {field}"})
            deviate(installation=seen, override=one, actor=audit.OFFICE)
        assert [one.id for one in now().layer.overrides] == ["text-lang", "text-lang-2"]
        deviate(installation=seen, override=replace(one, id="anders"), actor=audit.OFFICE)
        assert [one.id for one in now().layer.overrides] == ["text-lang", "anders"]


def test_a_sheet_never_brings_an_older_version_back(konstanz: Municipality) -> None:
    with within(konstanz):
        seen = install(files=life_files(), layer=town_layer())
        sheet = lay_out(package=seen.package, typed={}, origins={})
        update(key=KEY, files=next_version())
        with pytest.raises(InstallRefused, match="Inzwischen"):
            adopt(sheet=sheet, layer=town_layer(), source=Source(), tells_registry=False, actor=audit.OFFICE, seen=seen)
        assert now().version == "1.1.0"


def test_a_sheet_does_not_undo_a_deviation_made_meanwhile(konstanz: Municipality) -> None:
    with within(konstanz):
        seen = install(files=life_files(), layer=town_layer())
        sheet = lay_out(package=seen.package, typed={}, origins={})
        deviate(installation=seen, override=UNIT, actor=audit.OFFICE)
        with pytest.raises(InstallRefused, match="Inzwischen"):
            adopt(sheet=sheet, layer=town_layer(), source=Source(), tells_registry=False, actor=audit.OFFICE, seen=seen)
        assert [one.id for one in now().layer.overrides] == ["stelle"]


@pytest.mark.parametrize("files", [life_files(), next_version()])
def test_a_signature_where_there_was_none_is_asked_about(konstanz: Municipality, files: Files) -> None:
    source = Source(archive=b"-", author="b" * 64)
    with within(konstanz):
        install(files=life_files(), layer=town_layer())
        with pytest.raises(InstallRefused, match="Urheber"):
            update(key=KEY, files=files, source=source)
        assert update(key=KEY, files=files, source=source, new_author=True).package.author == "b" * 64


def test_whoever_signs_a_copy_does_not_become_its_author(konstanz: Municipality) -> None:
    good, bad = AuthorKey.generate(), AuthorKey.generate()
    with within(konstanz):
        receive(archive=pack(life_files(), bad), actor=audit.OFFICE)
        kept = receive(archive=pack(life_files(), good), origin="haus", actor=audit.OFFICE)
        assert (kept.author, kept.origin) == (good.key_id, "haus")
        install(files=kept.files, layer=town_layer(), source=source_of(kept))
        with pytest.raises(InstallRefused, match="Urheber"):
            update(key=KEY, files=kept.files, source=Source(archive=b"-", author=bad.key_id))


def test_an_archive_is_kept_beside_the_folder_it_was_packed_from(konstanz: Municipality) -> None:
    """What is kept is never changed, so the archive of known files is a row of its own."""
    data = pack(life_files(), AuthorKey.generate())
    with within(konstanz):
        install(files=life_files(), layer=town_layer())
        withdraw(key=KEY)
        kept = receive(archive=data, actor=audit.OFFICE)
        done = install(files=kept.files, layer=town_layer(), source=source_of(kept))
        assert bytes(done.package.archive or b"") == data
        assert change_settings(key=KEY, layer=town_layer({"fee": 900})).package == kept


LONG = "x" * 300


@pytest.mark.parametrize(
    "layer",
    [
        town_layer({"unit": LONG}),
        town_layer({}, override("unit", name="x" * 150)),
        town_layer({}, override("unit", name="Amt", phone="1" * 100)),
        town_layer({}, override("text", address="service.title", text=LONG)),
        town_layer({}, override("text", address="service.summary", text=ENDLESS)),
        town_layer({}, override("text", address="service.costs.1", text=ENDLESS)),
    ],
)
def test_words_that_the_catalogue_cannot_hold_are_refused_with_a_sentence(konstanz: Municipality, layer: Layer) -> None:
    with within(konstanz):
        before = install(files=life_files(), layer=town_layer()).edition
        with pytest.raises(PackageProblem, match=r"zu lang|mehr als"):
            change_settings(key=KEY, layer=layer)
        assert now().edition == before


@pytest.mark.parametrize("key", ["Ä / x", "a/b", "UPPER", "x" * 90])
def test_a_town_s_own_entry_needs_a_key_that_fits_into_an_address(konstanz: Municipality, key: str) -> None:
    files = files_of_folder(settings.SERVICES / "universal-antrag")
    values = {
        "place": "Konstanz",
        "objection_body": "Stadt Konstanz",
        "own_entries": [{"value": key, "label": "Titel", "summary": "Etwas."}],
    }
    with within(konstanz), pytest.raises(PackageProblem, match="Kurzname"):
        install(files=files, layer=Layer(values=values))
