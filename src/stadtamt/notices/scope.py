"""What a letter may speak of: the facts of the case, gathered once for its words."""

from __future__ import annotations

from typing import Any

from stadtamt.cases.models import Case
from stadtamt.cases.queries import announcement_for
from stadtamt.decisions.models import Decision
from stadtamt.decisions.queries import rules_of
from stadtamt.forms.queries import submitted_situation
from stadtamt.kernel import clock, tenancy
from stadtamt.kernel.dates import with_dates
from stadtamt.kernel.models import Municipality
from stadtamt.payments.queries import claim_of

REMEDY_PARAGRAPH = {"tax": "§§ 68 und 70 VwGO, § 3 Abs. 3 Nr. 4 KAG", "administrative": "§§ 68 und 70 VwGO"}


def letter_scope(*, decision: Decision, code: str) -> dict[str, Any]:
    """The scope of a letter's words; documented in docs/reference/letters.md."""
    case, town = decision.case, tenancy.current()
    rules = rules_of(case)
    parameters = rules.parameters
    situation = submitted_situation(case.submission)
    channel = "electronic" if case.person.electronic else "post"
    days = announcement_for(channel=channel, law=rules.law)
    claim = claim_of(case)
    return {
        "town": _town(town, case),
        "service": {"title": case.title},
        "case": {"number": case.number, "submitted_on": clock.local(case.opened_at).date()},
        "person": {"name": [case.person.full_name], "address": case.person.address_lines[1:]},
        "answers": {group.id: situation.scope[group.id] for group in situation.schema.groups},
        "parameters": with_dates(parameters),
        "assessment": with_dates(decision.assessment),
        "decision": {
            "date": clock.local(decision.decided_at).date(),
            "outcome": decision.outcome,
            "grounds": decision.grounds,
            "automated": decision.automated,
            "legal_basis": decision.legal_basis,
            "clerk": decision.decided_by.name if decision.decided_by else "",
        },
        "delivery": {"channel": channel, "expected_announcement": days.announced_on, "due": days.due_on},
        "payment": {
            "reference": claim.reference if claim else "",
            "amount_cents": claim.amount_cents if claim else 0,
            "due": days.due_on,
        },
        "remedy": {
            "body": rules.remedy.get("body") or parameters.get("objection_body") or town.office_name,
            "seat": town.place,
            "address": [line for line in (town.street, f"{town.postcode} {town.place}".strip()) if line],
            "period_text": "innerhalb eines Monats nach Bekanntgabe",
            "paragraph": rules.remedy.get("paragraph") or REMEDY_PARAGRAPH[rules.law],
        },
        "verify": {"url": f"{town.web.rstrip('/')}/siegel/" if town.web else "", "code": code},
    }


def _town(town: Municipality, case: Case) -> dict[str, Any]:
    return {
        "name": town.office_name,
        "office": case.unit.name,
        "address": [line for line in (town.street, f"{town.postcode} {town.place}".strip()) if line],
        "phone": case.unit.phone or town.phone,
        "mail": case.unit.mail or town.mail,
        "web": town.web,
        "iban": town.iban,
        "bank": town.bank,
        "bic": town.bic,
        "creditor": town.office_name,
    }
