"""Deeds of the room: a case is assessed by the rules, and decided by the rules alone or by a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from stadtamt.cases.actions import move_case
from stadtamt.cases.models import Case, State
from stadtamt.decisions import queries
from stadtamt.decisions.dmn import read_decisions
from stadtamt.decisions.errors import AlreadyDecided, GroundsMissing, NoReliefAsked, NotAutomatic, NothingToSet
from stadtamt.decisions.models import Decision, RuleSet
from stadtamt.kernel import audit, clock
from stadtamt.kernel.models import Staff
from stadtamt.kernel.rights import actor_for
from stadtamt.payments.actions import raise_claim
from stadtamt.processes.actions import complete
from stadtamt.processes.models import Task


def publish_rules(
    *, key: str, edition: str, source: str, parameters: Mapping[str, Any], automation: Mapping[str, Any]
) -> RuleSet:
    """Make an edition of rules available; an edition that exists already stays as it is."""
    read_decisions(source.encode())
    rules, made = RuleSet.objects.get_or_create(
        key=key,
        edition=edition,
        defaults={"source": source, "parameters": dict(parameters), "automation": dict(automation)},
    )
    if made:
        audit.record("rules.published", subject=rules, key=key, edition=edition)
    return rules


def assess(case: Case, data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Activity "assess": is this a clear case that the rules may decide alone?"""
    assessment = queries.assess(case)
    clear = assessment["clear"] is True and queries.rules_of(case).may_decide_alone
    audit.record("case.assessed", subject=case, clear=clear, reasons=[entry["code"] for entry in assessment["reasons"]])
    return {"clear": clear, "electronic": case.person.electronic}


def decide_automatically(case: Case, data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Activity "decide-automatically": § 155 (4) AO; only what the rules call clear, assessed once more here."""
    rules = queries.rules_of(case)
    assessment = queries.assess(case)
    if not (rules.may_decide_alone and assessment["clear"] is True):
        raise NotAutomatic(f"Case {case.number} is not clear.")
    _record(case, Decision.Outcome.GRANTED, "", assessment, None, rules.automation["legal_basis"])
    return {"outcome": "granted"}


def decide(*, task: Task, outcome: str, grounds: str, staff: Staff) -> Decision:
    """A member of staff grants or refuses. A refusal needs grounds, which the notice repeats."""
    case = task.run.case
    chosen = Decision.Outcome(outcome)
    if chosen == Decision.Outcome.REFUSED and not grounds.strip():
        raise GroundsMissing
    if Decision.objects.filter(case=case).exists():
        raise AlreadyDecided
    if chosen == Decision.Outcome.REFUSED and not queries.relief_asked(queries.assess(case)):
        raise NoReliefAsked
    assessment = queries.assess(case, refused=chosen == Decision.Outcome.REFUSED)
    if assessment["kind"] == "taxed" and not assessment["total_cents"]:
        raise NothingToSet
    complete(task=task, data={"outcome": chosen.value}, actor=actor_for(staff))
    return _record(case, chosen, grounds.strip(), assessment, staff, "")


def _record(
    case: Case, outcome: Decision.Outcome, grounds: str, assessment: dict[str, Any], staff: Staff | None, basis: str
) -> Decision:
    decision = Decision.objects.create(
        case=case,
        outcome=outcome,
        grounds=grounds,
        assessment=assessment,
        automated=staff is None,
        legal_basis=basis,
        decided_at=clock.now(),
        decided_by=staff,
    )
    if assessment["total_cents"] > 0:
        raise_claim(case=case, amount_cents=assessment["total_cents"], purpose=case.title)
    move_case(case=case, state=State.DECIDED, actor=actor_for(staff) if staff else audit.OFFICE)
    audit.record(
        "case.decided",
        subject=decision,
        actor=actor_for(staff) if staff else audit.OFFICE,
        case=str(case.pk),
        outcome=outcome.value,
        automated=staff is None,
    )
    return decision
