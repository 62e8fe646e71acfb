"""An author's next version is looked at, taken or refused; what the town set is never lost."""

from __future__ import annotations

from typing import Any

import pytest

from stadtamt.catalogue.models import Service
from stadtamt.catalogue.queries import search
from stadtamt.decisions.actions import decide
from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.notices.models import Notice
from stadtamt.packages.actions import Source, install
from stadtamt.packages.errors import InstallRefused, NotInstalled, PackageProblem, UpdateRefused
from stadtamt.packages.format.files import Files
from stadtamt.packages.models import Edition, Installation, KeptPackage
from stadtamt.packages.updating import change_settings, plan_update, update, withdraw
from support.cases import task_of
from support.jobs import work_off
from support.life_package import KEY, MANIFEST, life_files, next_version, running, with_step_before
from support.small_package import LETTER, PARAMETERS, override, small_files, town_layer
from support.staff import lay_clerk

TIGHTER = PARAMETERS.replace("max = 100000", "max = 1000")
OWN_CASE: dict[str, Any] = {
    "name": "Unser Markttag",
    "today": "2026-05-11",
    "answers": {"stand": {"tage": 1}},
    "expect": {"total_cents": 2000},
}


def installed(files: Files | None = None, **values: object) -> Installation:
    return install(files=files or life_files(), layer=town_layer({"fee": 2000, **values}))


def now() -> Installation:
    return Installation.objects.get(key=KEY)


def test_an_update_keeps_what_the_town_set(konstanz: Municipality) -> None:
    with within(konstanz):
        installed()
        done = update(key=KEY, files=next_version())
        assert done.version == "1.1.0"
        assert done.layer.values == {"fee": 2000, "place": "Konstanz"}
        assert Service.objects.get(key=KEY).edition == done.edition
        assert [one.version for one in KeptPackage.objects.filter(key=KEY).order_by("version")] == ["1.0.0", "1.1.0"]


def test_the_plan_shows_amounts_letter_diagram_and_questions(konstanz: Municipality) -> None:
    with within(konstanz):
        installed()
        plan = plan_update(key=KEY, files=with_step_before(next_version()))
        assert plan.ready
        assert [(fee.case, fee.before, fee.after) for fee in plan.fees] == [("Zwei Tage", 4000, 4500)]
        assert plan.letter is not None
        assert any(line.startswith("+ ") and "45,00" in line for line in plan.letter.difference)
        assert "Vorprüfen" in plan.diagrams.after
        assert "Vorprüfen" not in plan.diagrams.before
        assert any("Machen Sie Musik?" in change.sentence for change in plan.questions)


def test_planning_changes_nothing(konstanz: Municipality) -> None:
    with within(konstanz):
        before = installed().edition
        plan_update(key=KEY, files=next_version())
        assert now().edition == before
        assert Edition.objects.filter(key=KEY).count() == 1


def test_a_conflict_stops_the_update_until_it_is_answered(konstanz: Municipality) -> None:
    files = next_version(parameters=TIGHTER.replace("default = 1500", "default = 500"))
    with within(konstanz):
        before = installed().edition
        with pytest.raises(UpdateRefused, match="Gebühr am Tag") as refused:
            update(key=KEY, files=files)
        assert now().edition == before
        done = update(key=KEY, files=files, answers={refused.value.conflicts[0]: {"value": 900}})
        assert done.layer.values["fee"] == 900


def test_a_failing_case_stops_the_update(konstanz: Municipality) -> None:
    wrong = next_version(flat=500, cases=next_version(flat=700)["tests/allgemein.toml"].decode())
    with within(konstanz):
        before = installed().edition
        with pytest.raises(UpdateRefused, match=r"Zwei Tage.*erwartet 4700, gefunden 4500"):
            update(key=KEY, files=wrong)
        assert now().edition == before


def test_a_town_s_own_case_stops_the_update_and_is_kept(konstanz: Municipality) -> None:
    with within(konstanz):
        layer = town_layer({"fee": 2000}, cases=(OWN_CASE,))
        install(files=life_files(), layer=layer)
        with pytest.raises(UpdateRefused, match="Unser Markttag"):
            update(key=KEY, files=next_version())
        assert update(key=KEY, files=next_version(flat=0)).layer.cases[0]["name"] == "Unser Markttag"


def test_an_error_in_the_package_stops_the_first_installation(konstanz: Municipality) -> None:
    with within(konstanz):
        with pytest.raises(InstallRefused, match="keine goldenen Fälle"):
            install(files=small_files(service=MANIFEST), layer=town_layer())
        assert not Installation.objects.filter(key=KEY).exists()
        assert not KeptPackage.objects.filter(key=KEY).exists()


def test_the_first_installation_is_held_against_the_cases_too(konstanz: Municipality) -> None:
    layer = town_layer({"fee": 2100}, cases=(OWN_CASE,))
    with within(konstanz), pytest.raises(InstallRefused, match="Unser Markttag") as refused:
        install(files=life_files(), layer=layer)
    assert len(refused.value.failures) == 1


def test_an_older_version_is_taken_only_when_that_is_said(konstanz: Municipality) -> None:
    with within(konstanz):
        installed(next_version())
        with pytest.raises(UpdateRefused, match="älter"):
            update(key=KEY, files=life_files())
        assert update(key=KEY, files=life_files(), back=True).version == "1.0.0"


def test_another_author_is_taken_only_when_that_is_said(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=life_files(), layer=town_layer(), source=Source(author="a" * 64))
        for source in (Source(author="b" * 64), Source()):
            for deed in (
                lambda **given: update(key=KEY, **given),
                lambda **given: install(layer=town_layer(), **given),
            ):
                with pytest.raises(InstallRefused, match="Urheber"):
                    deed(files=next_version(), source=source)
        done = update(key=KEY, files=next_version(), source=Source(author="b" * 64), new_author=True)
        assert done.package.author == "b" * 64


def test_another_package_is_no_update(konstanz: Municipality) -> None:
    with within(konstanz):
        installed()
        with pytest.raises(PackageProblem, match="keine neue Version"):
            update(key=KEY, files=life_files(service=MANIFEST.replace('id = "stand', 'id = "anderer-stand')))


def test_other_settings_make_a_new_edition_of_the_same_version(konstanz: Municipality) -> None:
    with within(konstanz):
        before = installed()
        done = change_settings(key=KEY, layer=town_layer({"fee": 900}))
        assert done.version == before.version
        assert done.edition != before.edition
        assert change_settings(key=KEY, layer=town_layer()).layer.values == {"place": "Konstanz"}


def test_settings_under_which_a_case_fails_are_refused(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=life_files(), layer=town_layer({"fee": 2000}, cases=(OWN_CASE,)))
        with pytest.raises(InstallRefused, match="erwartet 2000, gefunden 2200"):
            change_settings(key=KEY, layer=town_layer({"fee": 2200}, cases=(OWN_CASE,)))
        assert now().layer.values["fee"] == 2000


def test_an_override_lives_through_an_update(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=life_files(), layer=town_layer({}, override("hide", question="person-kontakt")))
        done = update(key=KEY, files=next_version())
        assert [one.kind for one in done.layer.overrides] == ["hide"]


def test_a_withdrawn_package_leaves_the_catalogue_and_its_cases_go_on(konstanz: Municipality) -> None:
    with within(konstanz):
        installed()
        case = running()
        withdraw(key=KEY)
        assert KEY not in [service.key for service in search("Stand anmelden")]
        decide(task=task_of(case, "decide"), outcome="granted", grounds="", staff=lay_clerk(konstanz))
        work_off()
        assert Notice.objects.get(decision__case=case).subject == "Ihr Stand in Konstanz"
        with pytest.raises(NotInstalled):
            plan_update(key=KEY, files=next_version())
    with within(konstanz):
        assert AuditEntry.objects.filter(action="package.withdrawn").exists()


def test_the_deeds_of_one_town_are_not_seen_in_another(konstanz: Municipality, hattenhofen: Municipality) -> None:
    with within(konstanz):
        installed()
        update(key=KEY, files=next_version())
    with within(hattenhofen):
        assert not Installation.objects.filter(key=KEY).exists()
        assert not KeptPackage.objects.filter(key=KEY).exists()
        with pytest.raises(NotInstalled):
            update(key=KEY, files=next_version())


def face(key: str, version: str = "1.0.0", **changed: str) -> Files:
    """One of several packages of the same matter."""
    manifest = MANIFEST.replace(f'id = "{KEY}"', f'id = "{key}"\nmatter = "stand"')
    return life_files(version, service=manifest, **changed)


def test_what_is_set_for_one_face_of_a_matter_holds_for_the_others(konstanz: Municipality) -> None:
    with within(konstanz):
        install(files=face("stand-anmelden"), layer=town_layer({"fee": 2000}))
        install(files=face("stand-abmelden"), layer=town_layer())
        assert Installation.objects.get(key="stand-abmelden").layer.values["fee"] == 2000
        change_settings(key="stand-abmelden", layer=town_layer({"fee": 900}))
        assert now().layer.values["fee"] == 900
        change_settings(key="stand-abmelden", layer=town_layer())
        assert "fee" not in now().layer.values


def test_a_face_that_no_longer_takes_a_value_leaves_it_to_the_others(konstanz: Municipality) -> None:
    """The author's next version of one face allows less; the other, not yet updated, keeps what was set."""
    with within(konstanz):
        for key in ("stand-anmelden", "stand-abmelden"):
            install(files=face(key), layer=town_layer({"fee": 2000}))
        tighter = TIGHTER.replace("default = 1500", "default = 500")
        answers = {"parameter:fee:unfit": "theirs"}
        done = update(key="stand-abmelden", files=face("stand-abmelden", "1.1.0", parameters=tighter), answers=answers)
        assert "fee" not in done.layer.values
        assert now().layer.values["fee"] == 2000


def test_what_one_face_was_told_is_not_asked_again_for_the_next(konstanz: Municipality) -> None:
    asked = (
        PARAMETERS
        + '[[parameter]]\nkey = "noise"\ntype = "money"\nlabel = "Lärm"\nexplanation = "."\nparagraph = "§ 6"\n'
    )
    letter = LETTER.replace("Das kostet", "Lärm kostet {money(parameters.noise)}. Das kostet")
    with within(konstanz):
        for key in ("stand-anmelden", "stand-abmelden"):
            install(files=face(key), layer=town_layer())
        files = face("stand-anmelden", "1.1.0", parameters=asked, letter=letter)
        update(key="stand-anmelden", files=files, answers={"parameter:noise:needed": {"value": 700}})
        plan = plan_update(key="stand-abmelden", files=face("stand-abmelden", "1.1.0", parameters=asked, letter=letter))
        assert plan.ready
        assert plan.layer.values["noise"] == 700
