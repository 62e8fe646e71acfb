"""Deeds of the room: a case is assessed by the rules, and decided by the rules alone or by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from stadtamt.cases.actions import move_case
from stadtamt.cases.models import Case, State
from stadtamt.decisions import queries
from stadtamt.decisions.dmn import read_decisions
from stadtamt.decisions.errors import (
    AlreadyDecided,
    AnswerMissing,
    GroundsMissing,
    NotAutomatic,
    NotReady,
    NotRefusable,
    OpinionMissing,
    SamePerson,
)
from stadtamt.decisions.models import Decision, RuleSet
from stadtamt.decisions.wording import read_wording
from stadtamt.kernel import audit, clock
from stadtamt.kernel.models import Staff
from stadtamt.kernel.rights import actor_for
from stadtamt.payments.actions import raise_claim
from stadtamt.processes.actions import complete
from stadtamt.processes.models import Task
from stadtamt.processes.queries import prepared_by

MAX_OPINION = 5000


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What a package and a town lay down beside the tables; see the columns of RuleSet."""

    parameters: Mapping[str, Any]
    automation: Mapping[str, Any] = field(default_factory=dict)
    wording: Mapping[str, Any] = field(default_factory=dict)
    remedy: Mapping[str, Any] = field(default_factory=dict)
    law: str = "tax"


def publish_rules(*, key: str, edition: str, source: str, settings: RuleSettings) -> RuleSet:
    """Make an edition of rules available; an edition that exists already stays as it is."""
    read_decisions(source.encode())
    read_wording(settings.wording)
    rules, made = RuleSet.objects.get_or_create(
        key=key, edition=edition, defaults={"source": source, **asdict(settings)}
    )
    if made:
        audit.record("rules.published", subject=rules, key=key, edition=edition)
    return rules


def assess(case: Case, data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Activity "assess": is this a clear case that the rules may decide alone?"""
    assessment = queries.assess(case)
    clear = assessment["clear"] is True and queries.rules_of(case).may_decide_alone
    audit.record("case.assessed", subject=case, clear=clear, reasons=[entry["code"] for entry in assessment["reasons"]])
    return {"clear": clear, "electronic": case.person.electronic, "kind": str(assessment["kind"])}


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
    refused = chosen == Decision.Outcome.REFUSED
    words = queries.words_for(case, queries.assess(case))
    if refused and not grounds.strip():
        raise GroundsMissing
    if words.grounds == "always" and not grounds.strip():
        raise AnswerMissing
    if Decision.objects.filter(case=case).exists():
        raise AlreadyDecided
    if prepared_by(case) == str(staff.pk):
        raise SamePerson
    if refused and not words.refusable:
        raise NotRefusable
    assessment = queries.assess(case, refused=refused)
    if not queries.words_for(case, assessment).ready:
        raise NotReady(words.not_ready)
    complete(task=task, data={"outcome": chosen.value}, actor=actor_for(staff))
    return _record(case, chosen, grounds.strip(), assessment, staff, "")


def give_opinion(*, task: Task, text: str, agrees: bool, staff: Staff) -> None:
    """A consulted unit says what it thinks; whoever decides reads it. The diagram may look at `agrees`."""
    complete(task=task, data={"agrees": agrees}, actor=actor_for(staff), note=_written(text))


def prepare(*, task: Task, text: str, staff: Staff) -> None:
    """Four eyes: somebody prepares the decision, and another person takes it."""
    complete(task=task, data={}, actor=actor_for(staff), note=_written(text))


def _written(text: str) -> str:
    if not text.strip():
        raise OpinionMissing
    return text.strip()[:MAX_OPINION]


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
        parts = assessment.get("instalments") or ()
        raise_claim(case=case, amount_cents=assessment["total_cents"], purpose=case.title, instalments=parts)
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
