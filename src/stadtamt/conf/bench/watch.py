"""Sees when a notice lies in the postbox: the committed delivery row, looked for over a connection of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Self

import psycopg

LOOK_SECONDS = 0.01
QUERY = """
    SELECT draft.token_digest
      FROM forms_draft draft
      JOIN forms_submission submission ON submission.draft_id = draft.id
      JOIN cases_case matter ON matter.submission_id = submission.id
      JOIN decisions_decision decision ON decision.case_id = matter.id
      JOIN notices_notice notice ON notice.decision_id = decision.id
      JOIN postbox_delivery delivery ON delivery.notice_id = notice.id
     WHERE draft.token_digest = ANY(%s)
"""


class Watch:
    """Asks every 10 ms for the deliveries that are still expected; so a moment is late by 10 ms and a query at most."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._expected: set[str] = set()
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join(5)

    def expect(self, mark: str) -> None:
        """From now on, look for the delivery of the draft with this token digest."""
        with self._lock:
            self._expected.add(mark)

    def seen(self, mark: str) -> float | None:
        """The monotonic time at which the delivery was first seen."""
        return self._seen.get(mark)

    def wait(self, marks: Iterable[str], *, seconds: float) -> bool:
        """Until all of them were seen; False when time ran out."""
        wanted, end = set(marks), time.monotonic() + seconds
        while time.monotonic() < end and not self._ended.is_set():
            if wanted <= self._seen.keys():
                return True
            time.sleep(LOOK_SECONDS / 2)
        return False

    def _look(self) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            while not self._ended.wait(LOOK_SECONDS):
                with self._lock:
                    open_ones = list(self._expected)
                if not open_ones:
                    continue
                rows = connection.execute(QUERY, [open_ones]).fetchall()
                now = time.monotonic()
                with self._lock:
                    for (mark,) in rows:
                        self._seen[mark] = now
                        self._expected.discard(mark)
