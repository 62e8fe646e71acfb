"""Deciding: by the rules alone only where the law allows it, by a person once and with grounds."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from stadtamt.decisions import actions, queries
from stadtamt.decisions.errors import AlreadyDecided, GroundsMissing, NotAutomatic, NotRefusable
from stadtamt.decisions.models import Decision, RuleSet
from stadtamt.kernel import clock
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.payments.models import Claim
from support.cases import UNCLEAR, open_case, send, task_of
from support.staff import lay_clerk


def test_a_clear_case_is_decided_by_the_rules_with_their_legal_basis(konstanz: Municipality) -> None:
    case = open_case(konstanz)
    with within(konstanz):
        decision = Decision.objects.get(case=case)
        assert (decision.automated, decision.decided_by, decision.outcome) == (True, None, "granted")
        assert "§ 155" in decision.legal_basis
        assert decision.assessment["total_cents"] == Claim.objects.get().amount_cents == 8000


def test_an_unclear_case_is_never_decided_by_the_rules(konstanz: Municipality) -> None:
    case = open_case(konstanz, UNCLEAR)
    with within(konstanz):
        assert not Decision.objects.exists()
        with pytest.raises(NotAutomatic):
            actions.decide_automatically(case, {}, clock.now())


@pytest.mark.parametrize(
    "automation",
    [
        {},
        {"enabled": False},
        {"enabled": True},
        {"enabled": True, "legal_basis": ""},
        {"enabled": True, "legal_basis": "§ 1"},
    ]
    + [{"enabled": True, "legal_basis": "§ 1", "discretion": value} for value in (True, None, "no", 0)],
)
def test_without_a_legal_basis_or_with_discretion_a_person_decides(automation: dict[str, object]) -> None:
    """§ 35a VwVfG: the package must name the basis and say that there is no discretion."""
    assert not RuleSet(automation=automation).may_decide_alone


def test_with_a_legal_basis_and_no_discretion_the_rules_may() -> None:
    assert RuleSet(automation={"enabled": True, "legal_basis": "§ 155 AO", "discretion": False}).may_decide_alone


def test_a_town_that_switches_automation_off_decides_by_hand(konstanz: Municipality) -> None:
    with within(konstanz):
        RuleSet.objects.update(automation={"enabled": False})
    case = open_case(konstanz)
    with within(konstanz):
        assert not Decision.objects.exists()
        assert task_of(case, "decide")


def test_a_refusal_needs_grounds(konstanz: Municipality) -> None:
    clerk, case = lay_clerk(konstanz), open_case(konstanz, UNCLEAR)
    for grounds in ("", "  ", "\n"):
        with within(konstanz), pytest.raises(GroundsMissing):
            actions.decide(task=task_of(case, "decide"), outcome="refused", grounds=grounds, staff=clerk)
    with within(konstanz):
        assert not Decision.objects.exists()
        assert task_of(case, "decide")


def test_where_no_relief_was_asked_for_there_is_nothing_to_refuse(konstanz: Municipality) -> None:
    """A tax is set, not granted; a refusal would be a notice without an object."""
    clerk, case = lay_clerk(konstanz), open_case(konstanz, UNCLEAR)
    with within(konstanz), pytest.raises(NotRefusable):
        actions.decide(task=task_of(case, "decide"), outcome="refused", grounds="Weil.", staff=clerk)


def test_a_person_decides_once(konstanz: Municipality) -> None:
    clerk, case = lay_clerk(konstanz), open_case(konstanz, UNCLEAR)
    with within(konstanz):
        task = task_of(case, "decide")
        actions.decide(task=task, outcome="granted", grounds="", staff=clerk)
        with pytest.raises(AlreadyDecided):
            actions.decide(task=task, outcome="granted", grounds="", staff=clerk)
        assert Claim.objects.count() == 1


@pytest.mark.parametrize("outcome", ["", "maybe", "GRANTED"])
def test_only_known_outcomes_exist(konstanz: Municipality, outcome: str) -> None:
    clerk, case = lay_clerk(konstanz), open_case(konstanz, UNCLEAR)
    with within(konstanz), pytest.raises(ValueError, match="is not a valid"):
        actions.decide(task=task_of(case, "decide"), outcome=outcome, grounds="", staff=clerk)


def test_the_database_wants_a_person_or_the_rules(konstanz: Municipality) -> None:
    case = open_case(konstanz, UNCLEAR)
    with within(konstanz), pytest.raises(IntegrityError, match="person_or_by_rule"), transaction.atomic():
        Decision.objects.create(
            case=case, outcome="granted", assessment={}, automated=False, legal_basis="", decided_at=clock.now()
        )


def test_the_rules_are_those_of_the_edition_the_case_began_with(konstanz: Municipality) -> None:
    with within(konstanz):
        case = send(UNCLEAR)
        before = queries.assess(case)
        case.service.edition = "9.9.9+new"
        case.service.save()
        RuleSet.objects.create(key=case.service.key, edition="9.9.9+new", source="", parameters={}, automation={})
        assert queries.assess(case) == before
