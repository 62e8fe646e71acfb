"""When a notice counts as announced: by the rows of law in force on the day it is provided."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtamt.cases.queries import announcement_for
from stadtamt.cases.rules import announce, rules_in_force
from stadtamt.cases.rules.announcement import NoRuleInForce
from stadtamt.cases.rules.periods import public_holidays
from stadtamt.kernel import clock
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within

CHANNELS = ["electronic", "post"]


def announced(day: date, channel: str = "electronic", land: str = "BW") -> date:
    return announce(law="tax", channel=channel, provided_on=day, land=land).announced_on


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("provided", "day"),
    [
        # Until 2024: the third day after.
        (date(2024, 12, 2), date(2024, 12, 5)),  # Monday + 3 = Thursday
        (date(2024, 12, 4), date(2024, 12, 9)),  # Wednesday + 3 = Saturday, so Monday
        (date(2024, 12, 30), date(2025, 1, 2)),  # Monday + 3 = Thursday; 2024 counts, as it was provided then
        (date(2024, 12, 31), date(2025, 1, 3)),  # Tuesday + 3 = Friday
        (date(2024, 5, 6), date(2024, 5, 10)),  # Monday + 3 = Thursday, Ascension Day, so Friday
        # From 2025 on: the fourth day after.
        (date(2025, 1, 1), date(2025, 1, 7)),  # 1 + 4 = Sunday; Monday is Epiphany, so Tuesday
        (date(2025, 1, 2), date(2025, 1, 7)),  # Thursday + 4 = Monday, Epiphany, so Tuesday
        (date(2026, 5, 11), date(2026, 5, 15)),  # Monday + 4 = Friday
        (date(2026, 5, 12), date(2026, 5, 18)),  # Tuesday + 4 = Saturday, so Monday
        (date(2026, 5, 13), date(2026, 5, 18)),  # Wednesday + 4 = Sunday, so Monday
        (date(2026, 3, 31), date(2026, 4, 7)),  # Tuesday + 4 = Holy Saturday; Easter, Easter Monday, so Tuesday
        (date(2025, 12, 22), date(2025, 12, 29)),  # + 4 = 26 December; Saturday, Sunday, so Monday
        (date(2028, 2, 25), date(2028, 2, 29)),  # Friday + 4 = 29 February, a Tuesday
        (date(2026, 3, 27), date(2026, 3, 31)),  # over the change to summer time: days are counted, not hours
        (date(2026, 10, 23), date(2026, 10, 27)),  # and back
    ],
)
def test_a_notice_counts_as_announced_on_the_day_of_the_law(channel: str, provided: date, day: date) -> None:
    assert announced(provided, channel) == day


def test_the_holidays_are_those_of_the_towns_land() -> None:
    provided = date(2026, 1, 2)  # Friday + 4 = Tuesday, 6 January
    assert announced(provided, land="BW") == date(2026, 1, 7)
    assert announced(provided, land="NW") == date(2026, 1, 6)


def test_objection_and_payment_run_from_the_announcement() -> None:
    days = announce(law="tax", channel="electronic", provided_on=date(2026, 5, 11), land="BW")
    # Announced on Friday, 15 May; one month ends on 15 June, a Monday.
    assert (days.objection_ends_on, days.due_on) == (date(2026, 6, 15), date(2026, 6, 15))
    late = announce(law="tax", channel="electronic", provided_on=date(2026, 1, 27), land="BW")
    # 31 January is a Saturday, so announced on Monday, 2 February; 2 March is a Monday.
    assert (late.announced_on, late.objection_ends_on) == (date(2026, 2, 2), date(2026, 3, 2))


def test_the_rows_that_were_used_are_kept_as_evidence() -> None:
    evidence = announce(law="tax", channel="post", provided_on=date(2024, 6, 3), land="BW").evidence()
    assert evidence["announcement"]["id"] == "ao-post-1977"
    assert evidence["announcement"]["valid_to"] == "2024-12-31"
    assert "§ 122" in evidence["announcement"]["legal_basis"]
    assert "§ 70" in evidence["objection"]["legal_basis"]


def test_the_channels_have_legal_bases_of_their_own() -> None:
    bases = {
        announce(law="tax", channel=c, provided_on=date(2026, 5, 11), land="BW").rule.legal_basis for c in CHANNELS
    }
    assert len(bases) == 2
    assert any("§ 122a" in basis for basis in bases)


@pytest.mark.parametrize(
    ("law", "channel", "day"),
    [
        ("tax", "pigeon", date(2026, 5, 11)),
        ("other", "post", date(2026, 5, 11)),
        ("tax", "post", date(1976, 12, 31)),
        ("tax", "electronic", date(2016, 12, 31)),
    ],
)
def test_without_a_row_of_law_nothing_is_announced(law: str, channel: str, day: date) -> None:
    with pytest.raises(NoRuleInForce):
        announce(law=law, channel=channel, provided_on=day, land="BW")


@given(
    day=st.dates(date(2017, 1, 1), date(2100, 1, 1)),
    channel=st.sampled_from(CHANNELS),
    law=st.sampled_from(["tax", "administrative"]),
)
def test_every_day_has_exactly_one_row(day: date, channel: str, law: str) -> None:
    assert len(rules_in_force(law=law, channel=channel, on=day)) == 1


def test_administrative_law_counts_from_the_post_or_from_retrieval() -> None:
    """§ 41 (2), (2a) LVwVfG: Tuesday, 12 May plus four days is a Saturday, so Monday; fetched, it is the day after."""
    post = announce(law="administrative", channel="post", provided_on=date(2026, 5, 12), land="BW")
    assert (post.announced_on, post.objection_ends_on) == (date(2026, 5, 18), date(2026, 6, 18))
    fetched = announce(law="administrative", channel="electronic", provided_on=date(2026, 5, 15), land="BW")
    assert fetched.announced_on == date(2026, 5, 16)
    old = announce(law="administrative", channel="post", provided_on=date(2024, 6, 3), land="BW")
    assert old.announced_on == date(2024, 6, 6)


@given(day=st.dates(date(2017, 1, 1), date(2060, 1, 1)), channel=st.sampled_from(CHANNELS))
def test_no_day_of_law_is_a_day_off(day: date, channel: str) -> None:
    days = announce(law="tax", channel=channel, provided_on=day, land="BW")
    for found in (days.announced_on, days.objection_ends_on, days.due_on):
        assert found.weekday() < 5
        assert found not in public_holidays("BW", found.year)
    assert days.announced_on - day >= timedelta(days=3)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 5, 11, 21, 59, tzinfo=UTC), date(2026, 5, 15)),  # 23:59 here, still Monday
        (datetime(2026, 5, 11, 22, 1, tzinfo=UTC), date(2026, 5, 18)),  # 00:01 here, Tuesday + 4 = Saturday
    ],
)
def test_the_day_of_provision_is_the_one_of_legal_time(konstanz: Municipality, utc: datetime, day: date) -> None:
    with within(konstanz), clock.stopped_at(utc):
        assert announcement_for(channel="electronic").announced_on == day
