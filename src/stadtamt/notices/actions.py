"""Deeds of the room: letter templates are published, a notice is issued."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from stadtamt.cases.models import Case
from stadtamt.decisions.models import Decision
from stadtamt.decisions.queries import decision_of
from stadtamt.kernel import audit, clock, tenancy
from stadtamt.kernel.expressions import compile_expression
from stadtamt.kernel.ids import readable_code
from stadtamt.notices.composing import compose, read_letter
from stadtamt.notices.credentials import credentials_of
from stadtamt.notices.errors import NoLetterFits
from stadtamt.notices.models import LetterTemplate, Notice
from stadtamt.notices.rendering import DEFAULT_ARRANGEMENT, Attachment, render_pdf
from stadtamt.notices.scope import letter_scope
from stadtamt.notices.seal import seal_pdf


@dataclass(frozen=True, slots=True)
class LetterSetting:
    """When a letter is the one to send, how it is arranged, and whose name stands on top; see LetterTemplate."""

    order: int
    when: str = ""
    arrangement: str = ""
    letterhead: Mapping[str, Any] = field(default_factory=dict)


def publish_letter(*, key: str, edition: str, letter: str, words: str, setting: LetterSetting) -> LetterTemplate:
    """Make an edition of a letter available; an edition that exists already stays as it is."""
    read_letter(words)
    if setting.when:
        compile_expression(setting.when)
    template, made = LetterTemplate.objects.get_or_create(
        key=key,
        edition=edition,
        letter=letter,
        defaults={"words": words, **asdict(setting)},
    )
    if made:
        audit.record("letter.published", subject=template, key=key, edition=edition, letter=letter)
    return template


def issue_notice(case: Case, data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Activity "issue-notice": the decision becomes a letter, rendered and sealed. A second call changes nothing."""
    decision = decision_of(case)
    if decision is None:
        raise NoLetterFits(f"{case.number}: no decision was taken.")
    if not Notice.objects.filter(decision=decision).exists():
        issue(decision=decision)
    return {}


def issue(*, decision: Decision) -> Notice:
    """Compose, render, seal and store the notice of a decision."""
    case = decision.case
    code = readable_code(groups=3)
    scope = letter_scope(decision=decision, code=code)
    template = _template_for(case, scope)
    scope["town"] |= template.letterhead
    letter = compose(read_letter(template.words), scope)
    now = clock.now()
    pdf = render_pdf(
        letter=letter,
        arrangement=template.arrangement or DEFAULT_ARRANGEMENT,
        attachments=[
            Attachment("berechnung.json", _computation(decision), "application/json", "Berechnung in Maschinenform")
        ],
        when=now,
    )
    town = tenancy.current()
    sealed = seal_pdf(pdf=pdf, credentials=credentials_of(town), reason=f"Bescheid der {town.office_name}", when=now)
    notice = Notice.objects.create(
        decision=decision,
        subject=letter.subject,
        content=letter.as_data(),
        pdf=sealed,
        sha256=hashlib.sha256(sealed).hexdigest(),
        code=code,
        issued_at=now,
    )
    audit.record("notice.issued", subject=notice, case=str(case.pk), sha256=notice.sha256, letter=template.letter)
    return notice


def _template_for(case: Case, scope: dict[str, Any]) -> LetterTemplate:
    """The first letter of the case's edition whose condition holds."""
    for template in LetterTemplate.objects.filter(key=case.package, edition=case.edition).order_by("order"):
        if not template.when or compile_expression(template.when).evaluate(scope) is True:
            return template
    raise NoLetterFits(f"{case.number}: no letter of {case.edition} fits the decision.")


def _computation(decision: Decision) -> bytes:
    content = {"case": decision.case.number, "outcome": decision.outcome, "assessment": decision.assessment}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()
