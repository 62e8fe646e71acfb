"""The line over plain HTTP: from the first question to the sealed notice, without a browser."""

from __future__ import annotations

from stadtamt.cases.models import Case
from stadtamt.kernel import audit
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.payments.models import Claim
from stadtamt.postbox.models import Delivery
from support.citizen import CLEAR, Citizen
from support.jobs import work_off


def test_a_clear_case_is_decided_without_a_clerk(konstanz: Municipality) -> None:
    citizen = Citizen()
    citizen.begin()
    citizen.fill_in(CLEAR)
    response = citizen.send()
    assert response.status_code == 302
    assert "Ihr Antrag ist angekommen" in citizen.client.get(response["Location"]).content.decode()
    assert "postbox.deliver_notice" in work_off()
    page = citizen.client.get(citizen.case_url).content.decode()
    assert "Bescheid liegt hier für Sie bereit" in page
    notice = citizen.client.get(f"{citizen.case_url}bescheid/").content.decode()
    assert "80,00\N{NO-BREAK SPACE}€" in notice
    pdf = citizen.client.get(f"{citizen.case_url}bescheid.pdf").content
    assert pdf.startswith(b"%PDF-")
    with within(konstanz):
        assert Claim.objects.get().amount_cents == 8000
        assert Delivery.objects.get().announced_on.isoformat() == "2026-05-15"
        assert Case.objects.get().state == "closed"
        assert audit.verify() is None
