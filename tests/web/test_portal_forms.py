"""A long form with nested, optional and repeated groups over plain HTTP: pages, tasks, check, case."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forms import files
from stadtamt.forms.models import Submission
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from support.citizen import Citizen
from support.long_form import ALL, CHILD, KEY, PERSON, Answers, offer
from web.test_kit import Page

EVERY_PAGE = 45


class Parent(Citizen):
    """Fills in the long form, page by page, as the portal leads."""

    def begin(self) -> str:
        location = self.client.post(f"/leistung/{KEY}/beginnen/")["Location"]
        self.token = location.rstrip("/").rsplit("/", 1)[-1]
        return self.token

    def page(self, key: str, query: str = "") -> Any:
        return self.client.get(f"{self.draft_url}{key}/{query}")

    def give(self, answers: Answers) -> None:
        """Each of these pages is answered and accepted."""
        for key, texts in answers.items():
            response = self.answer(key, texts)
            assert response.status_code == 302, (key, response.context["errors"])

    def go_on(self, answers: Answers = ALL) -> None:
        """Follow the pages from the list of tasks until the check page."""
        for _ in range(2 * EVERY_PAGE):
            url = self.tasks().context["next_url"]
            if not url:
                return
            while not url.endswith(("uebersicht/", "pruefen/")):
                key = url.rstrip("/").rsplit("/", 1)[-1]
                response = self.answer(key, answers[key])
                assert response.status_code == 302, (key, response.context["errors"])
                url = response["Location"]
        raise AssertionError("The form does not end.")

    def tasks(self) -> Any:
        return self.page("uebersicht")


@pytest.fixture
def parent(konstanz: Municipality) -> Parent:
    with within(konstanz):
        offer()
    found = Parent()
    found.begin()
    return found


def sent() -> dict[str, Any]:
    return Submission.objects.get(form__key=KEY).answers  # type: ignore[no-any-return]


def test_the_whole_form_is_filled_in_and_sent(konstanz: Municipality, parent: Parent) -> None:
    parent.go_on()
    assert len(set(parent.asked)) >= 42
    assert parent.send().status_code == 302
    with within(konstanz):
        answers = sent()
    child = {"name": "Mia", "groesse": 1.05, "allergie": True, "welche": "Nüsse"}
    assert answers["kinder"] == [{**child, "arzt": {"name": "Praxis am See"}, "abholung": [{"name": "Oma Else"}]}]
    assert answers["person"]["paesse"] == ["129", "126"]
    assert answers["person"]["telefone"] == ["07531 1", "07531 2"]
    assert answers["betreuung"]["besuch"] == "2026-05-04T09:30:00"
    assert answers["haushalt"]["miete"] == 1234.5


def test_every_page_is_whole(parent: Parent) -> None:
    parent.go_on()
    keys = [*dict.fromkeys(parent.asked), "uebersicht", "pruefen"]
    for key in keys:
        page = Page(parent.page(key).content.decode())
        assert page.open == [], key
        assert page.headings.count("h1") == 1, key
        assert len(page.ids) == len(set(page.ids)), key
        assert set(page.jumps + page.described) <= set(page.ids), key


def test_a_long_form_is_resumed_at_its_list_of_tasks(parent: Parent) -> None:
    assert parent.where() == "person-name"
    parent.give({"person-name": PERSON["person-name"]})
    assert parent.where() == "uebersicht"
    tasks = parent.tasks().context["tasks"]
    assert [task["state"]["text"] for task in tasks[:2]] == ["Begonnen", "Noch nicht begonnen"]
    assert tasks[0]["missing"] == "Es fehlen noch 7 Angaben"
    assert tasks[0]["url"].endswith("/person-anschrift/")


def test_the_list_of_tasks_counts_what_is_missing(parent: Parent) -> None:
    parent.give({"person-name": PERSON["person-name"]})
    assert parent.tasks().context["sum"].startswith("3 von 43 Fragen beantwortet, es fehlen noch 34 Pflichtangaben.")
    parent.go_on()
    page = parent.tasks()
    assert page.context["sum"].endswith("Es fehlt nichts mehr.")
    assert page.context["check_url"].endswith("/pruefen/")
    assert {task["state"]["text"] for task in page.context["tasks"]} == {"Erledigt"}


def test_a_section_that_is_done_is_not_gone_through_again(parent: Parent) -> None:
    parent.give({**CHILD, "arzt-_wahl-1": {}, "kinder-_mehr": {"kinder._mehr": "false"}, **PERSON})
    assert parent.answer("person-telefon", PERSON["person-telefon"])["Location"].endswith("/uebersicht/")


def test_one_more_child_is_added_named_and_taken_out_again(parent: Parent) -> None:
    parent.give(CHILD)
    first = parent.answer("kinder-_mehr", {"kinder._mehr": "true"})["Location"]
    assert first.endswith("/kinder-name-2/")
    assert "Kinder (2 von 2)" in parent.page("kinder-name-2").content.decode()
    parent.give({"kinder-name-2": {"kinder.2.name": "Ole"}})
    listed = parent.page("kinder-_mehr").context["occurrences"]
    assert [each["text"] for each in listed] == ["Mia, 1,05, Ja", "Ole"]
    gone = parent.answer("kinder-_mehr", {listed[0]["remove_name"]: "1"})
    assert gone["Location"].endswith("/kinder-_mehr/")
    assert [each["text"] for each in parent.page("kinder-_mehr").context["occurrences"]] == ["Ole"]


def test_a_child_can_be_taken_out_when_no_more_may_be_added(parent: Parent) -> None:
    for number in (1, 2):
        parent.give({f"kinder-name-{number}": {f"kinder.{number}.name": "Mia"}})
        parent.answer("kinder-_mehr", {"kinder._mehr": "true"})
    parent.give({"kinder-name-3": {"kinder.3.name": "Ida"}})
    assert parent.page("kinder-_mehr").status_code == 404
    removal = parent.page("kinder-mass-3").context["removal"]
    assert removal["text"] == "Kinder (3 von 3)"
    assert parent.answer("kinder-mass-3", {removal["name"]: "1"})["Location"].endswith("/kinder-_mehr/")


def test_the_only_child_of_a_required_group_stays(parent: Parent) -> None:
    parent.give(CHILD)
    assert parent.page("kinder-name-1").context["removal"] is None
    assert parent.page("kinder-_mehr").context["occurrences"][0]["remove_name"] == ""


def test_an_unclear_entry_of_a_code_list_is_asked_back(parent: Parent) -> None:
    page = parent.answer("person-staat", {"person.staat": "Vereinigte"})
    field = page.context["fields"][0]
    assert page.status_code == 422
    offered = sorted(choice["label"] for choice in field["choices"])
    assert offered == ["Vereinigte Arabische Emirate", "Vereinigte Staaten", "Vereinigtes Königreich"]
    again = parent.answer("person-staat", {"was:person.staat": "Vereinigte"})
    assert again.context["fields"][0]["unsure"] == "Vereinigte"
    parent.give({"person-staat": {"was:person.staat": "Vereinigte", "among:person.staat": "368"}})
    assert parent.page("person-staat").context["fields"][0]["value"] == "Vereinigte Staaten"


def test_another_text_counts_more_than_the_choice(parent: Parent) -> None:
    texts = {"was:person.staat": "Vereinigte", "among:person.staat": "368", "anew:person.staat": "Italien"}
    parent.give({"person-staat": texts})
    assert parent.page("person-staat").context["fields"][0]["value"] == "Italien"


def test_an_unclear_entry_keeps_the_others(parent: Parent) -> None:
    page = parent.answer("person-paesse", {"person.paesse": ["Italien", "Vereinigte"]})
    field = page.context["fields"][0]
    assert [each["value"] for each in field["others"]] == ["Italien"]
    texts = {"person.paesse": ["Italien"], "was:person.paesse": "Vereinigte", "among:person.paesse": "469"}
    parent.give({"person-paesse": texts})
    shown = parent.page("person-paesse").context["fields"][0]["inputs"]
    assert [each["value"] for each in shown] == ["Italien", "Vereinigte Arabische Emirate"]


def test_one_more_input_is_added_without_complaints(parent: Parent) -> None:
    texts = {"person.telefone": ["07531 1"], "person.zeit": "spät", "more:person.telefone": "1"}
    page = parent.answer("person-telefon", texts)
    assert page.context["errors"] == []
    assert [each["value"] for each in page.context["fields"][0]["inputs"]] == ["07531 1", ""]
    assert page.context["fields"][1]["value"] == "spät"


def test_no_more_inputs_than_may_be_answered(parent: Parent) -> None:
    texts = {"person.telefone": ["1", "2", "3"], "more:person.telefone": "1"}
    field = parent.answer("person-telefon", texts).context["fields"][0]
    assert (len(field["inputs"]), field["may_add"]) == (4, False)


def picture(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.png(), "image/png")


def test_several_files_come_at_once_and_stay(parent: Parent) -> None:
    parent.give({"betreuung-impfung": {"betreuung.impfpass": [picture("1.png"), picture("2.png")]}})
    parent.give({"betreuung-impfung": {"betreuung.impfpass": [picture("3.png")]}})
    field = parent.page("betreuung-impfung").context["fields"][0]
    assert [each["name"] for each in field["uploads"]] == ["1.png", "2.png", "3.png"]
    assert field["multiple"]


def test_where_one_file_is_wanted_the_new_one_counts(parent: Parent) -> None:
    for name in ("1.png", "2.png"):
        parent.give({"betreuung-impfung": {"betreuung.bild": picture(name)}})
    field = parent.page("betreuung-impfung").context["fields"][1]
    assert [each["name"] for each in field["uploads"]] == ["2.png"]


def test_an_optional_group_is_wanted_or_not(parent: Parent) -> None:
    parent.give(CHILD)
    chosen = {"arzt-_wahl-1": {"kinder.1.arzt._wahl": ["kinder.1.arzt"]}}
    parent.give(chosen)
    assert parent.page("arzt-name-1").status_code == 200
    parent.give({"arzt-_wahl-1": {}})
    assert parent.page("arzt-name-1").status_code == 404


def test_a_label_and_a_fixed_answer_are_shown_and_nothing_hidden(parent: Parent) -> None:
    assert "Die Anschrift steht im Ausweis." in parent.page("person-anschrift").content.decode()
    name = parent.page("person-name").content.decode()
    assert "KN 12" in name
    assert "Verborgen" not in name


def test_long_help_is_folded_and_says_what_it_helps_with(parent: Parent) -> None:
    html = parent.page("kinder-mass-1").content.decode()
    assert "<summary>Hilfe zu: Größe in Metern</summary>" in html
    assert 'inputmode="decimal"' in html


def test_only_links_into_the_web_are_links(parent: Parent) -> None:
    html = parent.page("person-name").content.decode()
    assert '<a href="https://example.org/satzung" rel="external noopener noreferrer">' in html
    assert "javascript:" not in html
    assert "§ 3 der Beispielsatzung" in html


def test_the_check_page_is_grouped_as_the_form_and_changes_every_answer(parent: Parent) -> None:
    parent.go_on()
    groups = parent.check().context["groups"]
    titles = [(group["title"], group["level"]) for group in groups]
    assert ("Kinder (1)", 0) in titles
    assert titles[titles.index(("Kinderarzt", 1)) + 1] == ("Wer das Kind abholt (1)", 1)
    row = next(row for group in groups for row in group["rows"] if row["value"] == "Oma Else")
    assert row["change_hidden"] == "Name, Wer das Kind abholt (1)"
    changed = parent.client.post(row["change_url"].partition("#")[0], {"kinder.1.abholung.1.name": "Opa Kurt"})
    assert changed["Location"].endswith("/pruefen/")
    assert "Opa Kurt" in parent.check().content.decode()


def test_the_check_page_leads_to_what_was_not_wanted(parent: Parent) -> None:
    parent.go_on({**ALL, "tiere-_wahl": {}, "arzt-_wahl-1": {}})
    rows = [row for group in parent.check().context["groups"] for row in group["rows"]]
    urls = [row["change_url"] for row in rows if row["value"] == "keine Angabe"]
    assert any("tiere-_wahl" in url for url in urls)
    assert any("arzt-_wahl-1" in url for url in urls)


def test_a_page_is_made_from_one_reading_of_the_draft(parent: Parent, django_assert_max_num_queries: Any) -> None:
    parent.go_on()
    with django_assert_max_num_queries(9) as seen:
        parent.page("person-name")
    assert not any('"source"' in query["sql"] for query in seen.captured_queries)


def test_a_section_that_goes_on_later_says_so(parent: Parent) -> None:
    titles = [task["title"] for task in parent.tasks().context["tasks"]]
    assert (titles[0], titles[-1]) == ("Wer Sie sind", "Wer Sie sind (Teil 2)")


def test_a_page_called_like_its_group_says_only_once_which_one(parent: Parent) -> None:
    parent.give({"tiere-_wahl": {"tiere._wahl": ["tiere"]}})
    page = parent.page("tiere-art-1").context
    assert (page["title"], page["occasion"]) == ("Haustiere (1)", "")


def test_each_way_of_searching_a_list_says_how(parent: Parent) -> None:
    for key in ("person-staat", "person-paesse"):
        assert "Schreiben Sie den Anfang oder ein Wort." in parent.page(key).content.decode()
