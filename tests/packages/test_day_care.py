"""A data schema of FIM through the whole line: permission for child day care, from first page to seal."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from notices.pdf_text import text_of
from stadtamt.cases.models import Case
from stadtamt.conf.commandline import main
from stadtamt.forms.exchange import as_document, json_schema
from stadtamt.forms.models import Submission
from stadtamt.kernel import audit
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.notices.queries import verify_letter
from stadtamt.packages.checking import check, errors_in
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import Files, files_of_folder
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import run_for_author
from stadtamt.processes.queries import open_task
from support.citizen import Citizen
from support.fim import ANSWERS, FILE, KEY, PACKAGE, SCHEMA, day_care, offer_day_care
from support.fim_town import Visitor, evidence
from support.jobs import work_off
from support.real import real_file
from support.source import ROOT
from support.staff import PASSWORD, Desk, lay_clerk, present_code

pytestmark = pytest.mark.real_data


class Childminder(Citizen):
    """Applies for the permission, page by page as the portal leads."""

    @property
    def check_url(self) -> str:
        return f"{self.draft_url}pruefen/"

    def begin(self) -> str:
        self.url = self.client.post(f"/leistung/{KEY}/beginnen/")["Location"]
        self.token = self.url.split("/")[2]
        return self.token

    def complete(self) -> None:
        while not self.url.endswith("/pruefen/"):
            key = self.url.rstrip("/").rsplit("/", 1)[-1]
            if key in {"uebersicht", self.token}:
                page = self.client.get(self.url)
                self.url = page["Location"] if page.status_code == 302 else page.context["next_url"] or self.check_url
                continue
            assert key not in self.asked, key
            self.asked.append(key)
            given = {name: evidence() if value == FILE else value for name, value in ANSWERS[key].items()}
            response = self.client.post(
                self.url, {**given, "shown": [re.sub("_(day|month|year)$", "", one) for one in given]}
            )
            assert response.status_code == 302, (key, response.context["errors"])
            self.url = response["Location"]


class Office:
    """The Jugendamt: one who prepares and asks, another who decides."""

    def __init__(self, town: Municipality) -> None:
        self.town = town
        self.first = Desk(town).client
        lay_clerk(town, username="zweite", name="Mara Zweit")
        self.second = Client(headers={"host": "konstanz.localhost"})
        self.second.post("/amt/anmelden/", {"username": "zweite", "password": PASSWORD})
        self.second.post("/amt/anmelden/code/", {"code": present_code()})

    @property
    def url(self) -> str:
        with within(self.town):
            return f"/amt/vorgang/{Case.objects.get().pk}/"

    def press(self, who: Client, deed: str, kind: str, **fields: Any) -> int:
        with within(self.town):
            task = open_task(Case.objects.get(), kind)
        response = who.post(f"{self.url}{deed}/", {**fields, "task": str(task.pk) if task else ""})
        if response.status_code < 400:
            work_off()
        return int(response.status_code)

    def page(self) -> str:
        return unescape(self.first.get(self.url).content.decode())


@pytest.fixture(scope="module")
def files() -> Iterator[Files]:
    with tempfile.TemporaryDirectory() as folder:
        yield files_of_folder(day_care(Path(folder)))


@pytest.fixture
def childminder(konstanz: Municipality, tmp_path: Path) -> Childminder:
    """Everything sent."""
    with within(konstanz):
        offer_day_care(tmp_path)
    citizen = Childminder()
    citizen.begin()
    citizen.complete()
    assert citizen.send().status_code == 302
    work_off()
    return citizen


def test_the_package_passes_its_check_and_no_rule_is_left_unclear(files: Files) -> None:
    found = check(files)
    assert errors_in(found) == ()
    assert [one.sentence for one in found if "sicher verstanden" in one.sentence] == []


def test_every_golden_case_holds(files: Files) -> None:
    outcomes = run_for_author(read_package(files))
    assert [(one.name, one.differences) for one in outcomes if not one.passed] == []
    assert len(outcomes) >= 30


def test_no_settled_rule_can_be_left_out_unnoticed(files: Files) -> None:
    before, *adjusted = files["form.toml"].decode().split("[[override]]\n")
    rules = [one for one in adjusted if 'kind = "rule"' in one]
    for rule in rules:
        left = "[[override]]\n".join([before, *(one for one in adjusted if one != rule)])
        try:
            outcomes = run_for_author(read_package({**files, "form.toml": left.encode()}))
        except PackageProblem:
            continue  # another adjustment rests on it
        assert not all(one.passed for one in outcomes), rule
    assert len(rules) == 11


def test_nothing_of_the_schema_lies_in_the_repository() -> None:
    assert not [file for file in PACKAGE.rglob("*") if file.suffix == ".xml" or file.parent.name == "code-lists"]


def test_thirty_pages_ask_what_belongs_to_a_home_with_another_adult(childminder: Childminder) -> None:
    assert set(childminder.asked) == set(ANSWERS)
    assert len(childminder.asked) <= 30


def test_the_submission_is_what_other_systems_expect(konstanz: Municipality, childminder: Childminder) -> None:
    with within(konstanz):
        sent = Submission.objects.get()
        document = as_document(sent.form.schema, sent.answers)
        validator = jsonschema_rs.Draft202012Validator(json_schema(sent.form.schema), validate_formats=True)
    assert [fault.message for fault in validator.iter_errors(document)] == []
    assert document["G05000011684"]["F60000000227"] == "Müller-Łódź"
    assert document["F05000018286"] == "001"  # preset by a rule, asked of nobody


def test_the_desk_shows_the_answers_in_the_groups_of_the_schema(
    konstanz: Municipality, childminder: Childminder
) -> None:
    page = Office(konstanz).page()
    places = [page.index(title) for title in ("Angaben zu Ihnen", "Die Räume", "Ihr Führungszeugnis")]
    assert places == sorted(places)
    assert "Ein erweitertes Führungszeugnis ist noch nicht beantragt." in page
    assert "Hausbesuch machen" in page


def test_visit_question_four_eyes_and_the_sealed_permit(konstanz: Municipality, childminder: Childminder) -> None:
    office = Office(konstanz)
    assert office.press(office.first, "stellungnahme", "consult", text="Helle Räume.", agrees="true") == 302
    assert office.press(office.first, "vorbereiten", "prepare", text="Ich schlage vor zu erlauben.") == 302
    assert office.press(office.first, "rueckfrage", "decide", text="Wann ist das Führungszeugnis da?") == 302
    assert "Wann ist das Führungszeugnis da?" in childminder.client.get(childminder.case_url).content.decode()
    childminder.client.post(f"{childminder.case_url}antwort/", {"text": "Ende Mai."})
    work_off()
    assert "Ende Mai." in office.page()
    assert "Helle Räume." in office.page()
    assert office.press(office.first, "entscheiden", "decide", outcome="granted") == 422
    assert office.press(office.second, "entscheiden", "decide", outcome="granted") == 302
    pdf = childminder.client.get(f"{childminder.case_url}bescheid.pdf").content
    words = text_of(pdf)
    assert "Eva Müller-Łódź" in words
    assert "bis zu drei gleichzeitig anwesende, fremde Kinder" in words
    assert "auf fünf Jahre befristet" in words
    assert "erst anfangen, wenn uns das erweiterte Führungszeugnis vorliegt" in words
    with within(konstanz):
        assert verify_letter(pdf).issued
        assert Case.objects.get().state == "closed"
        assert audit.verify() is None


@pytest.mark.parametrize("seed", range(3))
def test_people_of_all_kinds_complete_the_form(konstanz: Municipality, tmp_path: Path, seed: int) -> None:
    with within(konstanz):
        offer_day_care(tmp_path)
    visitor = Visitor(konstanz, KEY, seed=seed, eager=0.3)
    visitor.complete()
    assert visitor.refused
    assert visitor.send().status_code == 302
    with within(konstanz):
        sent = Submission.objects.get()
        validator = jsonschema_rs.Draft202012Validator(json_schema(sent.form.schema), validate_formats=True)
        assert [one.message for one in validator.iter_errors(as_document(sent.form.schema, sent.answers))] == []


def test_the_how_to_says_what_the_commands_print(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "how-to" / "fim.md").read_text(encoding="utf-8")
    assert main(["form", "import", str(real_file(f"fim/{SCHEMA}.schema.xdf.xml"))]) == 0
    printed = capsys.readouterr()
    first, second, *_ = (printed.out + printed.err).splitlines()
    assert f"{first}\n{second}\n" in page
    assert f"{len(run_for_author(read_package(files)))} passed, 0 failed" in page
    assert f"{len(ANSWERS)} kurze Seiten" in page
