"""Delivering: once, with the days of law, and told by a mail that says nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from stadtamt.cases.models import Case
from stadtamt.decisions.models import RuleSet
from stadtamt.kernel import clock
from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.payments.models import Claim
from stadtamt.postbox import actions
from stadtamt.postbox.models import Delivery, Notification
from stadtamt.postbox.ports import carriers
from support.cases import BY_POST, open_case

Mail = tuple[str, str, str, str]


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> list[Mail]:
    sent: list[Mail] = []
    monkeypatch.setitem(carriers._entries, "mail", lambda *mail: sent.append(mail))
    return sent


def test_a_notice_is_delivered_with_the_days_of_law(konstanz: Municipality, mails: list[Mail]) -> None:
    open_case(konstanz)
    with within(konstanz):
        delivery = Delivery.objects.get()
        assert delivery.provided_at == clock.now()
        assert delivery.announced_on.isoformat() == "2026-05-15"
        assert delivery.objection_ends_on.isoformat() == "2026-06-15"
        assert delivery.due_on == Claim.objects.get().due_on
        assert delivery.rule["announcement"]["id"] == "ao-electronic-2025"


def test_a_second_attempt_changes_nothing(konstanz: Municipality, mails: list[Mail]) -> None:
    case = open_case(konstanz)
    with within(konstanz), clock.stopped_at(clock.now() + timedelta(days=3)):
        actions.deliver(case_id=case.pk, channel="electronic")
        actions.send_notification(case_id=case.pk, occasion=actions.NOTICE)
    with within(konstanz):
        assert Delivery.objects.get().announced_on.isoformat() == "2026-05-15"
        assert Notification.objects.count() == 1
        assert AuditEntry.objects.filter(action="notice.delivered").count() == 1
    assert len(mails) == 1


def test_the_mail_says_that_there_is_news_and_nothing_else(konstanz: Municipality, mails: list[Mail]) -> None:
    """§ 9 (1) OZG: no content, no name of the service, no link that would open the case."""
    case = open_case(konstanz)
    recipient, subject, text, key = mails[0]
    assert recipient == "anna@beispiel.test"
    assert case.number in subject
    for word in ("Hund", "Steuer", "Bello", "80,00", "http", "Müller"):
        assert word.lower() not in (subject + text).lower()
    assert key


def test_a_mail_sent_again_carries_the_same_key(konstanz: Municipality, mails: list[Mail]) -> None:
    case = open_case(konstanz)
    with within(konstanz):
        Notification.objects.all().delete()
        actions.send_notification(case_id=case.pk, occasion=actions.NOTICE)
    assert len({mail[3] for mail in mails}) == 1


def test_without_an_address_nobody_is_mailed(konstanz: Municipality, mails: list[Mail]) -> None:
    open_case(konstanz, BY_POST)
    assert mails == []


def test_a_mail_that_leaves_later_moves_the_days(konstanz: Municipality, mails: list[Mail]) -> None:
    case = open_case(konstanz)
    with within(konstanz), clock.stopped_at(clock.now() + timedelta(days=1)):
        Notification.objects.all().delete()
        actions.send_notification(case_id=case.pk, occasion=actions.NOTICE)
    with within(konstanz):
        # Tuesday + 4 = Saturday, so Monday, 18 May; one month later is Thursday, 18 June.
        delivery = Delivery.objects.get()
        assert delivery.announced_on.isoformat() == "2026-05-18"
        assert delivery.due_on.isoformat() == Claim.objects.get().due_on.isoformat() == "2026-06-18"
        assert AuditEntry.objects.filter(action="delivery.counted_anew").exists()


def test_nothing_is_delivered_before_there_is_a_notice(konstanz: Municipality, mails: list[Mail]) -> None:
    open_case(konstanz, BY_POST)
    with within(konstanz):
        from stadtamt.notices.models import Notice

        assert Notice.objects.exists()
        assert not Delivery.objects.exists()
        assert Case.objects.get().state != "closed"


def test_a_carrier_that_fails_leaves_no_note_behind(konstanz: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise ConnectionError

    monkeypatch.setitem(carriers._entries, "mail", fail)
    with pytest.raises(ConnectionError):
        open_case(konstanz)
    with within(konstanz):
        assert not Notification.objects.exists()


def fetched_after(town: Municipality, days: int) -> Delivery:
    """A notice under the administrative procedure act, provided on Monday, 11 May, and fetched so many days later."""
    with within(town):
        RuleSet.objects.update(law="administrative")
    open_case(town)
    with within(town), clock.stopped_at(clock.now() + timedelta(days=days)):
        delivery = Delivery.objects.select_related("notice").get()
        actions.note_read(notice=delivery.notice)
        actions.note_read(notice=delivery.notice)
        delivery.refresh_from_db()
    return delivery


@pytest.mark.parametrize(("days", "announced", "objection"), [(0, "05-12", "06-12"), (4, "05-16", "06-16")])
def test_a_notice_that_is_fetched_counts_from_the_day_after(
    konstanz: Municipality, mails: list[Mail], days: int, announced: str, objection: str
) -> None:
    """§ 41 (2a) LVwVfG: the day after retrieval, also a Saturday; the period for objecting ends a month later."""
    delivery = fetched_after(konstanz, days)
    assert delivery.rule["announcement"]["id"] == "lvwvfg-retrieval-2025"
    assert delivery.announced_on.isoformat() == f"2026-{announced}"
    assert delivery.objection_ends_on.isoformat() == f"2026-{objection}"
    with within(konstanz):
        assert Claim.objects.get().due_on == delivery.due_on


def test_fetching_again_later_moves_nothing(konstanz: Municipality, mails: list[Mail]) -> None:
    delivery = fetched_after(konstanz, 1)
    with within(konstanz), clock.stopped_at(clock.now() + timedelta(days=9)):
        actions.note_read(notice=delivery.notice)
        actions.send_notification(case_id=delivery.notice.decision.case_id, occasion=actions.NOTICE)
        delivery.refresh_from_db()
    assert delivery.announced_on.isoformat() == "2026-05-13"
