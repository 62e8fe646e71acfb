"""Reads of the room: the notice of a case, and whether a letter is the office's own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from stadtamt.cases.models import Case
from stadtamt.kernel import tenancy
from stadtamt.kernel.errors import NotFound
from stadtamt.notices.composing import Letter
from stadtamt.notices.credentials import credentials_of
from stadtamt.notices.errors import SealMissing
from stadtamt.notices.models import Notice
from stadtamt.notices.seal import SealReport, verify_seal


class NoNotice(NotFound):
    """Einen Bescheid gibt es in diesem Vorgang noch nicht."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What the check of a letter found. `issued`: the very file is in the town's books."""

    seal: SealReport
    issued: bool


def notice_of(case: Case) -> Notice | None:
    return Notice.objects.filter(decision__case=case).defer("pdf").first()


def letter_of(notice: Notice) -> Letter:
    """The letter as it was issued, for the web page."""
    return Letter.from_data(notice.content)


def verify_letter(pdf: bytes) -> Verification:
    """Check an uploaded letter: its seal, and whether the town issued this file. Says nothing about its content."""
    try:
        known = frozenset({credentials_of(tenancy.current()).fingerprint})
    except SealMissing:
        known = frozenset()
    issued = Notice.objects.filter(sha256=hashlib.sha256(pdf).hexdigest()).exists()
    return Verification(verify_seal(pdf, known=known), issued)
