"""The shape of what a letter may speak of: facts in, scope out. The one place where the names of a letter are given.

A notice fills it from rows, a golden case from pretended facts; so a letter that is tested has what a letter that is
sent has. Documented for authors in docs/reference/letters.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PERIOD_TEXT = "innerhalb eines Monats nach Bekanntgabe"
REMEDY_PARAGRAPH = {"tax": "§§ 68 und 70 VwGO, § 3 Abs. 3 Nr. 4 KAG", "administrative": "§§ 68 und 70 VwGO"}


@dataclass(frozen=True, slots=True)
class Office:
    """The town and the unit that writes; `phone` and `mail` are the unit's where it has them."""

    town: str
    unit: str
    street: str
    postcode: str
    place: str
    phone: str = ""
    mail: str = ""
    web: str = ""
    iban: str = ""
    bank: str = ""
    bic: str = ""

    @property
    def address(self) -> list[str]:
        return [line for line in (self.street, f"{self.postcode} {self.place}".strip()) if line]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided, by whom (no name where nobody had to) and on which day."""

    date: dt.date
    outcome: str
    grounds: str = ""
    automated: bool = False
    legal_basis: str = ""
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a letter may know. `answers`, `parameters` and `assessment` hold days as dates."""

    office: Office
    service: str
    number: str
    submitted_on: dt.date
    name: str
    address: list[str]
    answers: Mapping[str, Any]
    parameters: Mapping[str, Any]
    assessment: Mapping[str, Any]
    verdict: Verdict
    channel: str
    announced_on: dt.date
    due_on: dt.date
    law: str = "tax"
    reference: str = ""
    amount_cents: int = 0
    code: str = ""
    remedy: Mapping[str, Any] = field(default_factory=dict)


def scope_of(facts: Facts) -> dict[str, Any]:
    """The scope of a letter's words."""
    office, verdict = facts.office, facts.verdict
    return {
        "town": _town(office),
        "service": {"title": facts.service},
        "case": {"number": facts.number, "submitted_on": facts.submitted_on},
        "person": {"name": [facts.name], "address": facts.address},
        "answers": facts.answers,
        "parameters": facts.parameters,
        "assessment": facts.assessment,
        "decision": {
            "date": verdict.date,
            "outcome": verdict.outcome,
            "grounds": verdict.grounds,
            "automated": verdict.automated,
            "legal_basis": verdict.legal_basis,
            "clerk": verdict.clerk,
        },
        "delivery": {"channel": facts.channel, "expected_announcement": facts.announced_on, "due": facts.due_on},
        "payment": {"reference": facts.reference, "amount_cents": facts.amount_cents, "due": facts.due_on},
        "remedy": {
            "body": facts.remedy.get("body") or facts.parameters.get("objection_body") or office.town,
            "seat": office.place,
            "address": office.address,
            "period_text": PERIOD_TEXT,
            "paragraph": facts.remedy.get("paragraph") or REMEDY_PARAGRAPH[facts.law],
        },
        "verify": {"url": f"{office.web.rstrip('/')}/siegel/" if office.web else "", "code": facts.code},
    }


def _town(office: Office) -> dict[str, Any]:
    return {
        "name": office.town,
        "office": office.unit,
        "address": office.address,
        "phone": office.phone,
        "mail": office.mail,
        "web": office.web,
        "iban": office.iban,
        "bank": office.bank,
        "bic": office.bic,
        "creditor": office.town,
    }
