"""One case on its stage: the parameters, the day, the answers; and what the rules say of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from stadtamt.cases.rules import Announcement, announce
from stadtamt.decisions.assessing import answers_in, assess_situation
from stadtamt.forms.schema import Answers, Schema, Situation
from stadtamt.forms.schema.person import applicant_of
from stadtamt.kernel.dates import with_dates
from stadtamt.packages.golden.bench import Bench
from stadtamt.packages.golden.cases import GoldenCase
from stadtamt.packages.golden.comparing import Unreadable, resolved, shown

CONFIRMED = "_confirmed"
LAND = "BW"


class Stage:
    """Everything that is asked of a case, each thing worked out once. Raises Unreadable for what cannot be."""

    def __init__(self, bench: Bench, case: GoldenCase, parameters: Mapping[str, Any]) -> None:
        self.bench = bench
        self.case = case
        self.parameters: dict[str, Any] = with_dates(parameters)
        self.today = self._day("today", {"parameters": self.parameters})
        given = {"parameters": self.parameters, "today": self.today}
        answers = resolved(case.data.get("answers", {}), given)
        self.confirmed: tuple[str, ...] = tuple(answers.pop(CONFIRMED, ()))
        self.answers: dict[str, dict[str, Any]] = answers
        self.received = self._day("received", given) if "received" in case.data else self.today

    @cached_property
    def situation(self) -> Situation:
        """The form as it was sent, on the day of receipt."""
        return self.in_form(self.bench.schema, self.answers)

    def in_form(self, schema: Schema, answers: Answers) -> Situation:
        """Answers in a form, on the day of receipt."""
        service = {"title": str(self.bench.package.service["title"])}
        return Situation(schema, answers, self.parameters, self.received, self.office, service)

    @property
    def office(self) -> dict[str, Any]:
        name = str(self.parameters.get("municipality_name") or "Stadt Musterstadt")
        return {"name": str(self.parameters.get("place") or "Musterstadt"), "office": name, "land": LAND}

    @cached_property
    def scope(self) -> dict[str, Any]:
        """What an expression of the case may look at."""
        answers = answers_in(self.situation)
        scope = {"parameters": self.parameters, "today": self.today, "received": self.received, "answers": answers}
        return {**scope, "assessment": with_dates(self.assessment)}

    @cached_property
    def assessment(self) -> dict[str, Any]:
        """The assessment that the case expects something of."""
        return self._assess(refused=self.case.data.get("refused") is True)

    @cached_property
    def applied(self) -> dict[str, Any]:
        """The assessment of what was asked for."""
        return self._assess(refused=False) if self.case.data.get("refused") is True else self.assessment

    @cached_property
    def decided(self) -> dict[str, Any]:
        """The assessment as it was decided, which the letter speaks of."""
        return self._assess(refused=self.refused)

    @property
    def outcome(self) -> str:
        return str(self.case.data.get("outcome", "granted"))

    @property
    def refused(self) -> bool:
        return self.outcome == "refused"

    @property
    def clear(self) -> bool:
        """Whether the rules decide it alone."""
        return self.applied.get("clear") is True and self.bench.decides_alone

    @cached_property
    def person(self) -> dict[str, Any]:
        return applicant_of(self.answers, self.bench.package.person)

    @property
    def channel(self) -> str:
        # Electronic delivery needs a mail address, as the person must be told that something can be fetched.
        return "electronic" if self.person["electronic"] and self.person.get("mail") else "post"

    @property
    def law(self) -> str:
        return str(self.bench.package.deadlines.get("law", "tax"))

    @cached_property
    def announcement(self) -> Announcement:
        """What a notice provided today sets going."""
        return announce(law=self.law, channel=self.channel, provided_on=self.today, land=LAND)

    def _assess(self, *, refused: bool) -> dict[str, Any]:
        return assess_situation(
            self.bench.model,
            self.situation,
            parameters=self.parameters,
            confirmed=self.confirmed,
            today=self.today,
            refused=refused,
        )

    def _day(self, key: str, scope: Mapping[str, Any]) -> date:
        written = self.case.data[key]
        found = with_dates(resolved(written, scope))
        if not isinstance(found, date):
            raise Unreadable(f"„{key}“ muss ein Tag sein, nicht {shown(written)}.")
        return found
