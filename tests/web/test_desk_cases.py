"""The desk over HTTP: the work list, asking back, deciding once, posting, and nothing of another town."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forms import files
from stadtamt.cases.models import Case
from stadtamt.decisions.models import Decision
from stadtamt.kernel import audit
from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.postbox.models import Delivery, Message
from stadtamt.processes.models import Task
from support.cases import BY_POST, UNCLEAR, UNCLEAR_BY_POST
from support.citizen import Citizen
from support.jobs import work_off
from support.staff import Desk


class Office:
    """A citizen whose application waits at a clerk's desk."""

    def __init__(self, town: Municipality, answers: dict[str, dict[str, Any]]) -> None:
        self.town = town
        self.citizen = Citizen()
        self.citizen.begin()
        self.citizen.fill_in(answers)
        assert self.citizen.send().status_code == 302
        work_off()
        self.desk = Desk(town).client
        with within(town):
            self.url = f"/amt/vorgang/{Case.objects.get().pk}/"

    def press(self, deed: str, **fields: Any) -> int:
        status = self.desk.post(f"{self.url}{deed}/", fields).status_code
        if status < 400:
            work_off()
        return int(status)

    def page(self) -> str:
        return str(self.desk.get(self.url).content.decode())

    def case(self) -> Case:
        with within(self.town):
            return Case.objects.get()


@pytest.fixture
def office(konstanz: Municipality) -> Office:
    return Office(konstanz, UNCLEAR)


def test_an_unclear_case_waits_on_the_work_list(office: Office) -> None:
    page = office.desk.get("/amt/").content.decode()
    assert office.case().number in page
    assert office.case().state == "in_review"
    assert "Bello ist taub." in office.page()


@pytest.mark.parametrize("query", ["Müller", "müll anna", "4F7K", "%", "_", "' OR 1=1 --", "\x00", "Mül\u0308ler"])
def test_a_search_breaks_nothing(office: Office, query: str) -> None:
    response = office.desk.get("/amt/", {"q": query, "seite": "x"})
    assert response.status_code == 200
    assert ("/amt/vorgang/" in response.content.decode()) == (query in {"Müller", "müll anna", "\x00"})


def test_looking_at_a_case_is_noted(office: Office) -> None:
    office.page()
    with within(office.town):
        entry = AuditEntry.objects.get(action="case.viewed")
        assert entry.actor_name == "Jana Beispiel"


def test_granting_issues_and_delivers_the_notice(office: Office) -> None:
    assert office.press("entscheiden", outcome="granted") == 302
    with within(office.town):
        decision = Decision.objects.get()
        assert (decision.outcome, decision.automated, decision.decided_by.name) == ("granted", False, "Jana Beispiel")
        assert Delivery.objects.get().channel == "electronic"
        assert audit.verify() is None
    assert office.case().state == "closed"
    assert office.desk.get(f"{office.url}bescheid.pdf").content.startswith(b"%PDF-")


@pytest.mark.parametrize("outcome", ["granted", "refused"])
def test_deciding_twice_is_told_and_changes_nothing(office: Office, outcome: str) -> None:
    office.press("entscheiden", outcome="granted")
    assert office.press("entscheiden", outcome=outcome, grounds="Weil.") == 409
    with within(office.town):
        assert Decision.objects.get().outcome == "granted"


@pytest.mark.parametrize("outcome", ["", "maybe", "GRANTED", "\x00"])
def test_an_outcome_that_does_not_exist_is_refused(office: Office, outcome: str) -> None:
    assert office.press("entscheiden", outcome=outcome) == 400
    with within(office.town):
        assert not Decision.objects.exists()


def test_nothing_is_posted_before_it_is_decided(office: Office) -> None:
    assert office.press("zur-post") == 409
    assert office.desk.get(f"{office.url}bescheid.pdf").status_code == 404


def test_a_question_goes_out_and_the_answer_comes_back(office: Office) -> None:
    assert office.press("rueckfrage", text="Seit wann ist Bello taub?") == 302
    assert office.case().state == "waiting"
    page = office.citizen.client.get(office.citizen.case_url).content.decode()
    assert "Seit wann ist Bello taub?" in page
    proof = SimpleUploadedFile("../Attest.pdf", files.pdf())
    response = office.citizen.client.post(
        f"{office.citizen.case_url}antwort/", {"text": "Seit\x00 Mai.", "anlage": proof}
    )
    assert response.status_code == 302
    work_off()
    assert office.case().state == "in_review"
    page = office.page()
    assert "Seit Mai." in page
    assert "Attest.pdf" in page
    with within(office.town):
        document = office.case().documents.get()
        assert Message.objects.count() == 2
    file = office.desk.get(f"{office.url}datei/{document.pk}/")
    assert file.content == files.pdf() or file.content.startswith(b"%PDF-")
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_an_answer_with_a_bad_file_is_given_back_with_its_text(office: Office) -> None:
    office.press("rueckfrage", text="Bitte ein Attest.")
    bad = SimpleUploadedFile("attest.pdf", files.EXE)
    response = office.citizen.client.post(f"{office.citizen.case_url}antwort/", {"text": "Hier ist es.", "anlage": bad})
    assert response.status_code == 422
    assert "Hier ist es." in response.content.decode()
    with within(office.town):
        assert Message.objects.count() == 1
        assert not office.case().documents.exists()


@pytest.mark.parametrize("text", ["", "  ", "\x00", "x" * 5001])
def test_a_question_or_answer_without_a_proper_text_is_refused(office: Office, text: str) -> None:
    assert office.press("rueckfrage", text=text) == 422
    office.press("rueckfrage", text="Wie alt?")
    assert office.citizen.client.post(f"{office.citizen.case_url}antwort/", {"text": text}).status_code == 422
    assert office.case().state == "waiting"


def test_an_answer_that_nobody_asked_for_is_refused(office: Office) -> None:
    response = office.citizen.client.post(f"{office.citizen.case_url}antwort/", {"text": "Hallo."})
    assert response.status_code == 409
    with within(office.town):
        assert not Message.objects.exists()


def test_while_the_citizen_is_asked_nobody_decides(office: Office) -> None:
    office.press("rueckfrage", text="Wie alt?")
    assert office.press("entscheiden", outcome="granted") == 409
    assert office.press("rueckfrage", text="Noch etwas?") == 409


def test_a_notice_by_post_waits_for_somebody_to_post_it(konstanz: Municipality) -> None:
    office = Office(konstanz, UNCLEAR_BY_POST)
    office.press("entscheiden", outcome="granted")
    with within(konstanz):
        assert Task.objects.get(state="open").kind == "post-notice"
        assert not Delivery.objects.exists()
    assert office.citizen.client.get(f"{office.citizen.case_url}bescheid/").status_code == 404
    assert "Zur Post gegeben" in office.page()
    assert office.press("zur-post") == 302
    with within(konstanz):
        assert Delivery.objects.get().channel == "post"
    assert office.press("zur-post") == 409


def test_a_clear_case_by_post_needs_only_the_posting(konstanz: Municipality) -> None:
    Office(konstanz, BY_POST)
    with within(konstanz):
        assert Decision.objects.get().automated
        assert Task.objects.get().kind == "post-notice"


def test_a_clerk_of_another_town_sees_nothing(office: Office, hattenhofen: Municipality) -> None:
    other = Desk(hattenhofen, "hattenhofen.localhost").client
    number = office.case().number
    for address in ("/amt/", "/amt/?liste=alle", f"/amt/?q={number}", "/amt/?q=Müller"):
        page = other.get(address).content.decode()
        assert "/amt/vorgang/" not in page, address
    assert other.get(office.url).status_code == 404
    assert other.get(f"{office.url}bescheid.pdf").status_code == 404
    for deed in ("entscheiden", "rueckfrage", "zur-post"):
        assert other.post(f"{office.url}{deed}/", {"outcome": "granted", "text": "x"}).status_code == 404
    with within(office.town):
        assert not Decision.objects.exists()


def test_a_file_is_found_in_its_own_case_only(office: Office) -> None:
    office.press("rueckfrage", text="Bitte ein Attest.")
    proof = SimpleUploadedFile("Attest.pdf", files.pdf())
    office.citizen.client.post(f"{office.citizen.case_url}antwort/", {"text": "Bitte.", "anlage": proof})
    with within(office.town):
        document = office.case().documents.get().pk
    stranger = Citizen()
    stranger.begin()
    stranger.fill_in(UNCLEAR)
    stranger.send()
    assert stranger.client.get(f"{stranger.case_url}datei/{document}/").status_code == 404
    assert office.citizen.client.get(f"{office.citizen.case_url}datei/{document}/").status_code == 200


def test_the_notice_is_shown_to_its_owner_and_the_first_reading_is_noted(office: Office) -> None:
    office.press("entscheiden", outcome="granted")
    for _ in range(2):
        assert office.citizen.client.get(f"{office.citizen.case_url}bescheid/").status_code == 200
    with within(office.town):
        assert Delivery.objects.get().first_read_at is not None
        assert AuditEntry.objects.filter(action="notice.read").count() == 1


def test_the_question_of_a_clerk_never_becomes_markup(office: Office) -> None:
    office.press("rueckfrage", text="<script>alert(1)</script>")
    for page in (office.page(), office.citizen.client.get(office.citizen.case_url).content.decode()):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
