"""What a letter may speak of: the facts of the case, gathered once for its words."""

from __future__ import annotations

from typing import Any

from stadtamt.cases.models import Case
from stadtamt.cases.queries import announcement_for
from stadtamt.decisions.models import Decision
from stadtamt.decisions.queries import answers_in, rules_of
from stadtamt.forms.queries import submitted_situation
from stadtamt.kernel import clock, tenancy
from stadtamt.kernel.dates import with_dates
from stadtamt.kernel.models import Municipality
from stadtamt.notices.composing.scope import Facts, Office, Verdict, scope_of
from stadtamt.payments.queries import claim_of


def letter_scope(*, decision: Decision, code: str) -> dict[str, Any]:
    """The scope of a letter's words; documented in docs/reference/letters.md."""
    case = decision.case
    rules = rules_of(case)
    situation = submitted_situation(case.submission)
    channel = "electronic" if case.person.electronic else "post"
    days = announcement_for(channel=channel, law=rules.law)
    claim = claim_of(case)
    return scope_of(
        Facts(
            office=_office(tenancy.current(), case),
            service=case.title,
            number=case.number,
            submitted_on=clock.local(case.opened_at).date(),
            name=case.person.full_name,
            address=case.person.address_lines[1:],
            answers=answers_in(situation),
            parameters=with_dates(rules.parameters),
            assessment=with_dates(decision.assessment),
            verdict=_verdict(decision),
            channel=channel,
            announced_on=days.announced_on,
            due_on=days.due_on,
            law=rules.law,
            reference=claim.reference if claim else "",
            amount_cents=claim.amount_cents if claim else 0,
            code=code,
            remedy=rules.remedy,
        )
    )


def _verdict(decision: Decision) -> Verdict:
    return Verdict(
        date=clock.local(decision.decided_at).date(),
        outcome=decision.outcome,
        grounds=decision.grounds,
        automated=decision.automated,
        legal_basis=decision.legal_basis,
        clerk=decision.decided_by.name if decision.decided_by else "",
    )


def _office(town: Municipality, case: Case) -> Office:
    return Office(
        town=town.office_name,
        unit=case.unit.name,
        street=town.street,
        postcode=town.postcode,
        place=town.place,
        phone=case.unit.phone or town.phone,
        mail=case.unit.mail or town.mail,
        web=town.web,
        iban=town.iban,
        bank=town.bank,
        bic=town.bic,
    )
