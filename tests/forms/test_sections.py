"""The sections of a form and how far they are: what the list of tasks shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from stadtamt.forms.schema import Situation, Task, is_long, read_form, review, tasks_of, total
from stadtamt.forms.schema.sections import LONG_AT_FIRST

TODAY = date(2026, 5, 11)
FORM = """
form: test
version: 1.0.0
groups:
  - id: a
    title: Erstens
    questions:
      - id: name
        title: Name?
        fields: [{id: name, label: Name, type: text}, {id: mail, label: Mail, type: email, required: false}]
        checks: [{id: kurz, ask: a.name = "X", field: name, message: So kurz?},
                 {id: nie, refuse: a.name = "Y", field: name, message: Nein.}]
      - id: mehr
        title: Mehr?
        fields: [{id: mehr, label: Mehr, type: text}]
  - id: inneres
    path: a.inneres
    title: Darin
    count: "0:1"
    questions: [{id: was, title: Was?, fields: [{id: was, label: Was, type: text}]}]
  - id: b
    title: Zweitens
    count: "1:3"
    questions: [{id: tier, title: Tier?, fields: [{id: tier, label: Tier, type: text}]}]
"""


def situation(answers: dict[str, Any] | None = None, source: str = FORM) -> Situation:
    return Situation(read_form(source), answers or {}, {}, TODAY)


def tasks(answers: dict[str, Any] | None = None, *confirmed: str) -> list[Task]:
    now = situation(answers)
    return tasks_of(now, review(now, confirmed=frozenset(confirmed)))


def test_nothing_answered_nothing_begun() -> None:
    assert [(task.section.key, task.state, task.page.key) for task in tasks()] == [
        ("a", "new", "a-name"),
        ("b", "new", "b-tier-1"),
    ]


def test_required_answers_are_missing_and_free_ones_unseen() -> None:
    """Whether the one optional group is wanted has to be said."""
    tally = tasks()[0].tally
    assert (tally.questions, tally.answered, tally.missing, tally.unseen) == (4, 0, 3, 1)


def test_a_section_goes_on_at_its_first_open_page() -> None:
    task = tasks({"a": {"name": "Anna", "mail": None}})[0]
    assert (task.state, task.page.key, task.tally.answered) == ("begun", "a-mehr", 2)


def test_a_section_is_done_when_its_free_questions_were_seen_too() -> None:
    answers = {"a": {"name": "Anna", "mail": None, "mehr": "x"}}
    assert [task.state for task in tasks(answers)] == ["begun", "new"]
    assert [task.state for task in tasks({"a": answers["a"] | {"inneres": None}})] == ["done", "new"]


def test_a_group_that_is_wanted_brings_its_questions() -> None:
    task = tasks({"a": {"name": "Anna", "mail": None, "mehr": "x", "inneres": {}}})[0]
    assert (task.page.key, task.tally.missing) == ("inneres-was", 1)


def test_what_is_asked_back_is_missing_until_it_is_confirmed() -> None:
    answers = {"a": {"name": "X", "mail": None, "mehr": "x", "inneres": None}}
    assert (tasks(answers)[0].state, tasks(answers)[0].tally.missing) == ("begun", 1)
    assert tasks(answers, "a.kurz")[0].state == "done"


def test_what_is_refused_is_missing() -> None:
    task = tasks({"a": {"name": "Y", "mail": None, "mehr": "x", "inneres": None}})[0]
    assert (task.state, task.page.key, task.tally.missing) == ("begun", "a-name", 1)


def test_the_sum_counts_all_sections() -> None:
    tally = total(tasks({"b": [{"tier": "Katze"}, {}]}))
    assert (tally.questions, tally.answered, tally.missing) == (6, 1, 4)


def test_a_form_is_long_from_its_first_pages_on() -> None:
    page = "      - {{id: q{0}, title: F?, fields: [{{id: f{0}, label: F, type: text}}]}}"
    head = "form: test\nversion: 1.0.0\ngroups:\n  - id: a\n    title: A\n    questions:\n"
    pages = [page.format(number) for number in range(LONG_AT_FIRST + 1)]
    assert is_long(situation(source=head + "\n".join(pages)))
    assert not is_long(situation(source=head + "\n".join(pages[1:])))


def test_a_form_is_long_when_it_has_grown_with_the_answers() -> None:
    assert not is_long(situation())
    assert is_long(situation({"b": [{} for _ in range(30)]}))
