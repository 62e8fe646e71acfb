"""When a notice counts as announced, until when one can object, and when a sum is due: computed by rows of law."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from stadtamt.cases.rules.periods import month_end, next_working_day


@dataclass(frozen=True, slots=True)
class AnnouncementRule:
    """One row of law: after how many days a notice counts as announced."""

    id: str
    law: str
    channel: str
    valid_from: date
    days: int
    moves: bool
    legal_basis: str
    counted_from: str
    valid_to: date | None = None
    on_retrieval: bool = False  # counted from the day on which the person fetched it, not from its provision


@dataclass(frozen=True, slots=True)
class Period:
    """A period of months with its legal basis."""

    months: int
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """The days that follow from the provision of a notice, and the rows that were used."""

    announced_on: date
    objection_ends_on: date
    due_on: date
    rule: AnnouncementRule
    objection: Period
    payment: Period

    def evidence(self) -> dict[str, Any]:
        """The rows as data, to be stored with the delivery."""
        rule = asdict(self.rule)
        rule["valid_from"] = self.rule.valid_from.isoformat()
        rule["valid_to"] = self.rule.valid_to.isoformat() if self.rule.valid_to else None
        return {"announcement": rule, "objection": asdict(self.objection), "payment": asdict(self.payment)}


class NoRuleInForce(Exception):
    """No row of law covers this channel on this day."""


@cache
def _table() -> tuple[tuple[AnnouncementRule, ...], Period, Period]:
    data = tomllib.loads((Path(__file__).parent / "announcement.toml").read_text(encoding="utf-8"))
    rules = tuple(AnnouncementRule(**row) for row in data["announcement"])
    return rules, Period(**data["objection"]), Period(**data["payment"])


def rules_in_force(*, law: str, channel: str, on: date) -> list[AnnouncementRule]:
    """The rows that hold on a day; a sound table has exactly one."""
    return [
        rule
        for rule in _table()[0]
        if rule.law == law
        and rule.channel == channel
        and rule.valid_from <= on
        and (rule.valid_to is None or on <= rule.valid_to)
    ]


def announce(*, law: str, channel: str, provided_on: date, land: str) -> Announcement:
    """The days for a notice provided (posted, or fetched, as the row says) on `provided_on`, a day in legal time."""
    rows = rules_in_force(law=law, channel=channel, on=provided_on)
    if len(rows) != 1:
        raise NoRuleInForce(f"{len(rows)} rows of law for {law} by {channel} on {provided_on}.")
    rule = rows[0]
    announced = provided_on + timedelta(days=rule.days)
    if rule.moves:
        # BFH, IX R 68/98: the fiction is a period in the sense of § 108 (3) AO.
        announced = next_working_day(announced, land=land)
    _, objection, payment = _table()
    return Announcement(
        announced_on=announced,
        objection_ends_on=month_end(announced, months=objection.months, land=land),
        due_on=month_end(announced, months=payment.months, land=land),
        rule=rule,
        objection=objection,
        payment=payment,
    )
