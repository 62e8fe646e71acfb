"""The author's view of a form at the desk: the tree, unclear rules settled, what is optional left out, order, words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from packages.nested import another_field, boat_files, schema
from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import install
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.models import Installation
from support.officer import Officer
from support.staff import Desk

KEY, OWNER, BOAT, TRAILER = "boot-anmelden", "G00000000001", "G00000000002", "G00000000003"
FORM, SPARE, LOOK = f"{KEY}/formular/", f"{KEY}/formular/freiwilliges/", f"{KEY}/formular/ansicht/"
RULE, WORDS = f"{KEY}/formular/regel/?regel=R00000000001&an=", f"{KEY}/formular/worte/?an="
FIRST, SECOND = f"{OWNER}-F60000000227", f"{BOAT}-F00000000002"
COLOUR, LENGTH = f"{BOAT}.F00000000004", f"{BOAT}.F00000000009"
MEANT = {
    "decision": "machine",
    "effect": "require",
    "target": TRAILER,
    "path-1": COLOUR,
    "comparison-1": "is",
    "value-1": "R",
}


@pytest.fixture
def officer(konstanz: Municipality) -> Officer:
    with within(konstanz):
        install(files=boat_files(schema(more=another_field())), layer=Layer())
    return Officer(konstanz)


def deviations(officer: Officer) -> dict[str, dict[str, Any]]:
    """What deviates, by name."""
    with within(officer.town):
        return {one.id: dict(one.data) for one in Installation.objects.get(key=KEY).layer.overrides}


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_form_is_a_tree_in_words(officer: Officer) -> None:
    page = plain(officer.page(FORM))
    assert "Boot ein- bis dreimal · 1 Seite, 3 Angaben" in page
    assert "Anhänger freiwillig · 1 Seite, 1 Angabe" in page
    assert "Farbe eine von mehreren Antworten · freiwillig" in page
    assert "Codeliste: Farben, Fassung 1, 1 Eintrag" in page
    assert "Aus dem Datenschema S00000000001" in page


def test_unclear_rules_come_first_with_the_reason_and_what_is_done(officer: Officer) -> None:
    page = plain(officer.page(FORM))
    rule = page.index("Wenn das Boot schön ist, dann eher nicht.")
    assert page.index("Unklare Regeln 1") < rule < page.index("Aufbau")
    assert "Warum unklar Ab „das Boot schön ist" in page
    assert "Was das Formular jetzt tut nichts" in page


def test_the_tree_shows_only_what_depends_on_something(officer: Officer) -> None:
    officer.post(RULE, {**MEANT, "seen": seen(officer), "take": "yes"})
    tree = plain(officer.page(f"{FORM}?zeige=bedingt")).partition("Aufbau")[2]
    assert "Nötig, wenn bei „Farbe“ „Rot“ gewählt ist." in tree
    assert "Wem es gehört" not in tree


def seen(officer: Officer) -> str:
    page = officer.post(RULE, {**MEANT, "look": "yes"}).content.decode()
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found, page
    return found[1]


def test_a_rule_is_shown_in_words_before_it_counts(officer: Officer) -> None:
    response = officer.post(RULE, {**MEANT, "otherwise": "yes", "look": "yes"})
    page = plain(response.content.decode())
    assert "„Anhänger“ muss angegeben werden, wenn bei „Farbe“ „Rot“ gewählt ist." in page
    assert "„Anhänger“ darf nicht angegeben werden, wenn bei „Farbe“ nicht „Rot“ gewählt ist." in page
    assert deviations(officer) == {}


def test_a_rule_is_settled_as_it_is_meant_and_unclear_again_when_taken_back(officer: Officer) -> None:
    response = officer.post(RULE, {**MEANT, "seen": seen(officer), "take": "yes"})
    assert response.status_code == 302
    (name, data), *_ = deviations(officer).items()
    assert data["decision"] == "machine"
    assert data["effects"][0]["condition"] == {"equal": [{"identifier": COLOUR}, "R"]}
    assert "Von Ihnen geklärt" in officer.page(FORM)
    officer.post(FORM, {"back": name})
    assert deviations(officer) == {}
    assert "Unklare Regeln" in officer.page(FORM)


def test_only_what_was_shown_in_words_is_taken(officer: Officer) -> None:
    other = {**MEANT, "effect": "forbid", "seen": seen(officer), "take": "yes"}
    assert "So würde die Regel gelten" in officer.post(RULE, other).content.decode()
    assert deviations(officer) == {}


def test_nothing_follows_from_a_rule_for_a_reason_only(officer: Officer) -> None:
    refused = officer.post(RULE, {"decision": "none", "look": "yes"})
    assert refused.status_code == 422
    page = officer.post(RULE, {"decision": "none", "reason": "Geschmackssache", "look": "yes"}).content.decode()
    digest = re.search(r'name="seen" value="(\w+)"', page)
    assert digest
    officer.post(RULE, {"decision": "none", "reason": "Geschmackssache", "seen": digest[1], "take": "yes"})
    assert [one["reason"] for one in deviations(officer).values()] == ["Geschmackssache"]
    assert "Es folgt nichts daraus: Geschmackssache" in officer.page(FORM)


def test_the_values_of_an_answer_are_offered_to_choose(officer: Officer) -> None:
    page = officer.post(RULE, {"path-1": COLOUR, "values": "yes"}).content.decode()
    assert '<option value="R">Rot</option>' in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"decision": ""}, "decision"),
        ({"effect": ""}, "effect"),
        ({"target": "G9"}, "target"),
        ({"path-1": "G9"}, "path-1"),
        ({"comparison-1": ""}, "comparison-1"),
        ({"value-1": "blau"}, "value-1"),
        ({"path-1": "", "comparison-1": "", "value-1": "", "otherwise": "yes"}, "path-1"),
    ],
)
def test_what_is_missing_in_a_rule_is_named_at_its_field(officer: Officer, changed: dict[str, str], field: str) -> None:
    response = officer.post(RULE, {**MEANT, **changed, "look": "yes"})
    assert response.status_code == 422
    assert [one["field_id"] for one in response.context["errors"]] == [field]
    assert f'id="{field}"' in response.content.decode()


def test_what_is_optional_is_left_out_in_one_go(officer: Officer) -> None:
    page = officer.post(SPARE, {"all": "yes"}).content.decode()
    assert page.count(" checked") == 3
    assert "4 Seiten, 10 Fragen → 3 Seiten, 7 Fragen" in page
    ticked = re.findall(r'name="spare" value="([^"]+)" checked', page)
    response = officer.post(SPARE, {"spare": ticked, "take": "yes"})
    assert response.status_code == 302
    assert sorted(map(str, deviations(officer).values())) == sorted(
        map(str, ({"group": TRAILER}, {"field": COLOUR}, {"field": LENGTH}))
    )
    assert "3 Seiten, 7 Fragen" in officer.page(FORM)


def test_what_somebody_needs_has_to_stay_and_says_why(officer: Officer) -> None:
    page = plain(officer.page(SPARE))
    assert "E-Mail bleibt. Wird gebraucht: Name, Anschrift und Erreichbarkeit der Person." in page
    officer.post(RULE, {**MEANT, "seen": seen(officer), "take": "yes"})
    page = plain(officer.page(SPARE))
    assert "Der ganze Abschnitt bleibt. Eine Regel macht „Anhänger“ zur Pflicht." in page
    assert "Farbe bleibt. Wird gebraucht: die Regel R00000000001 des Formulars." in page


def test_what_an_unclear_rule_names_has_to_stay_until_it_is_settled(konstanz: Municipality) -> None:
    rule = "Wenn F00000000009 lang ist, dann eher F00000000004."
    with within(konstanz):
        install(files=boat_files(schema(rule=rule, more=another_field())), layer=Layer())
    page = plain(Officer(konstanz).page(SPARE))
    assert "Länge bleibt. Die unklare Regel R00000000001 spricht davon." in page


def test_what_was_left_out_is_asked_again(officer: Officer) -> None:
    officer.post(SPARE, {"spare": [f"field:{COLOUR}", f"field:{LENGTH}"], "take": "yes"})
    names = list(deviations(officer))
    officer.post(SPARE, {"back": names[:1]})
    assert list(deviations(officer)) == names[1:]


def test_nothing_chosen_is_said(officer: Officer) -> None:
    response = officer.post(SPARE, {"take": "yes", "spare": ["field:gibt.es.nicht"]})
    assert response.status_code == 422
    assert "mindestens eine Angabe" in response.content.decode()


def test_a_section_goes_up_and_down_again_and_leaves_nothing_behind(officer: Officer) -> None:
    officer.post(FORM, {"up": f"group:{TRAILER}"})
    assert list(deviations(officer).values()) in (
        [{"group": TRAILER, "after": OWNER}],
        [{"group": BOAT, "after": TRAILER}],
    )
    tree = plain(officer.page(FORM)).partition("Aufbau")[2]
    assert tree.index("Anhänger") < tree.index("Boot ein- bis")
    officer.post(FORM, {"down": f"group:{TRAILER}"})
    assert deviations(officer) == {}


def test_a_page_goes_down_within_its_section(officer: Officer) -> None:
    response = officer.post(FORM, {"down": f"question:{FIRST}"})
    assert response["Location"].endswith(f"/formular/?offen={OWNER}#question-{FIRST}")
    assert list(deviations(officer).values()) == [{"question": FIRST, "after": f"{OWNER}-person_anschrift"}]


def test_what_is_last_does_not_go_further(officer: Officer) -> None:
    response = officer.client.post(f"/amt/leistungen/{FORM}", {"down": f"group:{TRAILER}"}, follow=True)
    assert "Weiter lässt sich das nicht verschieben." in response.content.decode()
    assert deviations(officer) == {}
    assert f'name="down" value="group:{TRAILER}"' not in officer.page(FORM)


def test_words_are_changed_and_the_authors_come_back(officer: Officer) -> None:
    place = f"form.{BOAT}.F00000000009"
    assert "Länge" in officer.page(WORDS + place)
    officer.post(WORDS + place, {f"{place}.label": "Länge über alles"})
    assert [one["text"] for one in deviations(officer).values()] == ["Länge über alles"]
    assert "Länge über alles" in officer.page(FORM)
    officer.post(WORDS + place, {f"{place}.label": ""})
    assert deviations(officer) == {}


def test_words_that_cannot_be_read_are_kept_and_refused(officer: Officer) -> None:
    place = f"form.{BOAT}.F00000000009"
    response = officer.post(WORDS + place, {f"{place}.label": "Länge {gibt es nicht"})
    assert response.status_code == 422
    assert "Länge {gibt es nicht" in response.content.decode()


def test_the_pages_are_seen_as_citizens_see_them(officer: Officer) -> None:
    page = officer.page(LOOK)
    assert "Kennzeichen kommt nur manchmal vor" in plain(page)
    first = re.search(rf'href="(/amt/leistungen/{LOOK}\?seite={SECOND}[^"]*)"', page)
    assert first
    response = officer.client.get(first[1])
    assert "Name des Boots" in response.content.decode()
    assert officer.client.post(first[1]).status_code == 302


def test_changes_that_are_not_taken_are_seen_by_their_officer_only(officer: Officer) -> None:
    officer.post(SPARE, {"spare": [f"field:{COLOUR}"], "see": "yes"})
    page = officer.page(LOOK)
    assert "Nicht gefragt: „Farbe" in page
    boat = officer.page(f"{LOOK}?seite={SECOND}-1")
    assert "Farbe" not in boat
    assert "die noch nicht gelten" in boat
    assert deviations(officer) == {}
    officer.post(LOOK, {"forget": "yes"})
    assert "Farbe" in officer.page(f"{LOOK}?seite={SECOND}-1")


def test_every_change_stands_in_the_log(officer: Officer) -> None:
    with within(officer.town):
        before = AuditEntry.objects.filter(action="package.installed").count()
    officer.post(FORM, {"up": f"group:{TRAILER}"})
    with within(officer.town):
        assert AuditEntry.objects.filter(action="package.installed").count() == before + 1


def test_the_deviations_page_says_all_of_it_in_words(officer: Officer) -> None:
    officer.post(RULE, {**MEANT, "seen": seen(officer), "take": "yes"})
    officer.post(FORM, {"up": f"group:{TRAILER}"})
    officer.post(SPARE, {"spare": [f"field:{LENGTH}"], "take": "yes"})
    page = plain(officer.page(f"{KEY}/abweichungen/"))
    assert "Nicht gefragt: „Länge“" in page
    assert "Regel R00000000001: „Anhänger“ muss angegeben werden" in page
    assert "Andere Stelle: „" in page


def test_the_pages_are_the_officers_and_of_one_town_only(officer: Officer, hattenhofen: Municipality) -> None:
    clerk = Desk(officer.town).client
    other = Officer(hattenhofen, "hattenhofen.localhost")
    for path in (FORM, SPARE, LOOK, RULE, WORDS):
        assert clerk.get(f"/amt/leistungen/{path}").status_code == 403
        assert other.client.get(f"/amt/leistungen/{path}").status_code == 404


def test_what_is_not_there_is_not_found(officer: Officer) -> None:
    for path in (f"{RULE}G9", f"{WORDS}form.gibtsnicht", f"{WORDS}letter.bescheid", f"{LOOK}?seite=gibtsnicht"):
        assert officer.client.get(f"/amt/leistungen/{path}").status_code == 404
