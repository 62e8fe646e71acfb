"""Reads of the room: what the rules say of a case or of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from stadtamt.cases.models import Case
from stadtamt.decisions.assessing import answers_in, assess_situation, plain
from stadtamt.decisions.models import Decision, RuleSet
from stadtamt.decisions.wording import Words, read_wording
from stadtamt.forms import queries as forms
from stadtamt.forms.models import Draft
from stadtamt.forms.schema import Situation
from stadtamt.kernel import clock
from stadtamt.kernel.dates import with_dates

__all__ = ["Words", "answers_in", "assess", "assess_under", "decision_of", "plain", "preview", "rules_of", "words_for"]


def rules_of(case: Case) -> RuleSet:
    """The rules in the edition the case began with; read once for each case in hand, as an edition never changes."""
    known: dict[str, Any] = case.__dict__
    if "_rules" not in known:
        known["_rules"] = RuleSet.objects.get(key=case.package, edition=case.edition)
    rules: RuleSet = known["_rules"]
    return rules


def assess(case: Case, *, refused: bool = False) -> dict[str, Any]:
    """The assessment of a case today, as plain data. `refused`: as if no relief had been asked for.

    Worked out once a day for a row in memory: the submission is frozen, and rules of an edition never change.
    """
    kept: dict[tuple[date, bool], dict[str, Any]] = case.__dict__.setdefault("_assessments", {})
    key = (clock.today(), refused)
    if key not in kept:
        submission = case.submission
        situation = forms.submitted_situation(submission)
        kept[key] = _assess(rules_of(case), situation, submission.confirmed, refused=refused)
    return deepcopy(kept[key])


def assess_under(case: Case, edition: str) -> dict[str, Any]:
    """The assessment of a case today as the rules of another edition would give it."""
    rules = RuleSet.objects.get(key=case.package, edition=edition)
    situation = forms.submitted_situation(case.submission)
    return _assess(rules, situation, case.submission.confirmed, refused=False)


def preview(draft: Draft) -> Words:
    """What the rules would say if the draft were sent now."""
    rules = RuleSet.objects.get(key=draft.form.key, edition=draft.form.edition)
    situation = forms.situation(draft)
    assessment = _assess(rules, situation, draft.confirmed, refused=False)
    return _words(rules, situation, assessment)


def words_for(case: Case, assessment: Mapping[str, Any]) -> Words:
    """How an assessment of the case is put before people."""
    return _words(rules_of(case), forms.submitted_situation(case.submission), assessment)


def decision_of(case: Case) -> Decision | None:
    found = Decision.objects.select_related("decided_by").filter(case=case).first()
    if found is not None:
        found.case = case  # with everything that was read of it already
    return found


def _words(rules: RuleSet, situation: Situation, assessment: Mapping[str, Any]) -> Words:
    scope = {
        "assessment": with_dates(dict(assessment)),
        "answers": answers_in(situation),
        "parameters": with_dates(rules.parameters),
        "today": clock.today(),
    }
    return read_wording(rules.wording).words(scope, alone=rules.may_decide_alone)


def _assess(rules: RuleSet, situation: Situation, confirmed: list[str], *, refused: bool) -> dict[str, Any]:
    return assess_situation(
        rules.rules,
        situation,
        parameters=with_dates(rules.parameters),
        confirmed=confirmed,
        today=clock.today(),
        refused=refused,
    )
