"""Running cases go over to another edition, deliberately: looked at first, and only where the diagrams allow it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from stadtamt.cases.models import Case, State
from stadtamt.decisions import queries as decisions
from stadtamt.decisions.dmn import DecisionError
from stadtamt.decisions.models import Decision
from stadtamt.forms import queries as forms
from stadtamt.forms.schema import paths, review
from stadtamt.kernel import audit
from stadtamt.kernel.errors import Refusal
from stadtamt.kernel.expressions import ExpressionBudgetError
from stadtamt.packages.errors import NotInstalled
from stadtamt.packages.models import Edition, Installation
from stadtamt.processes.actions import change_process, hold
from stadtamt.processes.models import Process, Run

MOST_AT_ONCE = 100
"""How many cases a plan looks at, where nothing else is said: as many as one page shows."""


@dataclass(frozen=True, slots=True)
class Move:
    """What would become of a case, or became of it: `refusal` is empty where it may go over.

    `before` and `after` are the amounts in cents that the rules give today, None where they can give none.
    `skipped` are questions of the new form to which the case has no answer.
    """

    case: UUID
    number: str
    edition: str
    to: str
    refusal: str = ""
    before: int | None = None
    after: int | None = None
    skipped: tuple[str, ...] = field(default=())

    @property
    def allowed(self) -> bool:
        return not self.refusal


def plan_move(
    *, package: str, cases: Collection[UUID] | None = None, to: str = "", most: int | None = MOST_AT_ONCE
) -> list[Move]:
    """What a move would do; nothing is changed. Without `cases` all that run under another edition, the oldest first.

    `to` is the edition in force where nothing else is said. NotInstalled where there is no such package or edition.
    """
    edition = _edition(package, to)
    # The few diagrams of an edition are long; they are read once for all cases.
    runs = _runs(package, edition, cases).select_related("case__submission").prefetch_related("process")
    return [_look(run, edition) for run in runs[:most]]


def move_cases(*, package: str, cases: Collection[UUID] | None = None, to: str = "", actor: audit.Actor) -> list[Move]:
    """Move those that may go; what became of each. Every case is held while it goes, and looked at again."""
    edition = _edition(package, to)
    ids = list(_runs(package, edition, cases).values_list("pk", flat=True))
    return [_move(run_id, edition, actor) for run_id in ids]


def running_cases(package: str) -> dict[str, int]:
    """How many cases of a package are not closed, by the edition under which they run."""
    found: dict[str, int] = {}
    cases = Case.objects.filter(package=package).exclude(state=State.CLOSED)
    for edition in cases.order_by("edition").values_list("edition", flat=True):
        found[edition] = found.get(edition, 0) + 1
    return found


def _edition(package: str, to: str) -> str:
    wanted = to or Installation.objects.filter(key=package).values_list("edition", flat=True).first()
    if not wanted or not Edition.objects.filter(key=package, edition=wanted).exists():
        raise NotInstalled(package)
    return wanted


def _runs(package: str, edition: str, cases: Collection[UUID] | None) -> QuerySet[Run]:
    runs = Run.objects.filter(case__package=package).order_by("case__opened_at", "pk")
    if cases is None:
        return runs.exclude(case__state=State.CLOSED).exclude(case__edition=edition)
    return runs.filter(case__in=list(cases))


def _move(run_id: UUID, edition: str, actor: audit.Actor) -> Move:
    run = hold(run_id=run_id)
    move = _look(run, edition)
    if not move.allowed:
        return move
    change_process(run=run, process=Process.objects.get(key=run.case.package, edition=edition))
    Case.objects.filter(pk=run.case.pk).update(edition=edition)
    audit.record(
        "case.moved_edition", subject=run.case, actor=actor, number=move.number, before=move.edition, after=edition
    )
    return move


def _look(run: Run, edition: str) -> Move:
    case = run.case
    move = Move(case.pk, case.number, case.edition, edition, _refusal(run, edition))
    if not move.allowed:
        return move
    return Move(
        case.pk,
        case.number,
        case.edition,
        edition,
        before=_amount(case, case.edition),
        after=_amount(case, edition),
        skipped=_unanswered(case, edition),
    )


def _refusal(run: Run, edition: str) -> str:
    """Why the case stays where it is, as a sentence; empty when it may go."""
    case = run.case
    if case.edition == edition:
        return "Der Vorgang läuft schon unter dieser Fassung."
    if case.state == State.CLOSED or run.progress == Run.Progress.ENDED:
        return "Der Vorgang ist abgeschlossen."
    if Decision.objects.filter(case=case).exists():
        return "Der Vorgang ist schon entschieden."
    try:
        run.state_in(Process.objects.get(key=case.package, edition=edition))
    except Refusal as refusal:
        return refusal.sentence
    return ""


def _amount(case: Case, edition: str) -> int | None:
    try:
        cents = decisions.assess_under(case, edition)["total_cents"]
    except (DecisionError, ExpressionBudgetError, TypeError, KeyError):
        return None
    return cents if isinstance(cents, int) else None


def _unanswered(case: Case, edition: str) -> tuple[str, ...]:
    """Titles of questions that the new form would ask this person, and that were never put."""
    form = forms.form_edition(key=case.package, edition=edition)
    situation = forms.submitted_situation(case.submission, form=form)
    before = case.submission.form.schema
    known = {*before.fields, *before.group_at}
    found = review(situation, confirmed=frozenset(case.submission.confirmed)).open_questions
    # A page that the form makes itself asks for groups, not for fields.
    new = [
        one
        for one in found
        if any(paths.path_of(place) not in known for entry in one.fields for place in entry.opens or (entry.address,))
    ]
    return tuple(situation.words(question.title, question.place) for question in new)
