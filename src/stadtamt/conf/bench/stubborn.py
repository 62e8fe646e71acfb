"""Clients that never give up: they send the same application again until somebody acknowledges it, as a phone does."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import psycopg

from stadtamt.conf.bench.phone import HOMES, Home, Phone, Refused, Unanswered
from stadtamt.kernel.tokens import digest, new_token

SECONDS_TO_ANSWER = 5.0
PAUSE_SECONDS = 0.2
MOST_REFUSALS = 5
LONGEST_SECONDS = 180.0
CLONE = """
    INSERT INTO forms_draft (id, municipality_id, service_id, form_id, token_digest, answers, confirmed, revision,
                             begun_at, changed_at, expires_at)
    SELECT gen_random_uuid(), municipality_id, service_id, form_id, fresh, answers, confirmed, revision,
           begun_at, changed_at, expires_at
      FROM forms_draft, unnest(%s::text[]) AS fresh
     WHERE token_digest = %s
"""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An acknowledgement a client saw. `repeated`: the office had stored it before, but its answer had been lost."""

    tries: int
    repeated: bool


@dataclass(slots=True)
class Ledger:
    """What the clients saw, kept outside of the office; by token digest."""

    receipts: dict[str, Receipt] = field(default_factory=dict)
    pressed: set[str] = field(default_factory=set)
    given_up: dict[str, str] = field(default_factory=dict)
    troubles: Counter[str] = field(default_factory=Counter)
    under_way: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def tried_again(self) -> int:
        return sum(receipt.tries > 1 for receipt in self.receipts.values())

    @property
    def answers_lost(self) -> int:
        return sum(receipt.repeated for receipt in self.receipts.values())


def lay_stock(*, port: int, address: str, count: int, today: date) -> list[tuple[Home, str]]:
    """Applications ready to be sent: one a town filled in over HTTP, the others its copies with tokens of their own."""
    stock: list[tuple[Home, str]] = []
    for home in HOMES:
        pattern = Phone(port, home, seconds=30).fill_in(today)
        tokens = [new_token() for _ in range(count // len(HOMES) + 1)]
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(CLONE, [[digest(token) for token in tokens], digest(pattern.token)])
        stock += [(home, token) for token in tokens]
    random.shuffle(stock)
    return stock


class Clients:
    """A few threads that take applications from the stock and send them, in all about `rate` a second."""

    def __init__(
        self, *, port: int, stock: Sequence[tuple[Home, str]], ledger: Ledger, count: int, rate: float
    ) -> None:
        self.ledger = ledger
        self._port = port
        self._stock: Iterator[tuple[Home, str]] = iter(stock)
        self._pause = count / rate
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._live, daemon=True) for _ in range(count)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, *, seconds: float) -> None:
        """Nobody begins another application; those under way are still brought to their receipt."""
        self._enough.set()
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(end - time.monotonic(), 0))

    def _live(self) -> None:
        dice = random.Random()  # noqa: S311 - pauses, no secret
        while not self._enough.wait(dice.expovariate(1 / self._pause)):
            with self.ledger.lock:
                home, token = next(self._stock, (None, ""))
            if home is None:
                return
            self._bring(home, token)

    def _bring(self, home: Home, token: str) -> None:
        """Read the check page and send it, each until it is answered."""
        phone, mark, ledger = Phone(self._port, home, seconds=SECONDS_TO_ANSWER), digest(token), self.ledger
        ready = self._insist(lambda: phone.read_check(token), mark)
        if ready is None:
            return
        with ledger.lock:
            ledger.pressed.add(mark)
            ledger.under_way += 1
        sent = self._insist(lambda: phone.send(ready[0]), mark)
        with ledger.lock:
            ledger.under_way -= 1
            if sent is not None:
                ledger.receipts[mark] = Receipt(tries=sent[1], repeated=not sent[0])

    def _insist[T](self, deed: Callable[[], T], mark: str) -> tuple[T, int] | None:
        """The deed's result and the number of tries; None when the office refused it for good."""
        refusals, end = 0, time.monotonic() + LONGEST_SECONDS
        for tries in range(1, 10_000):
            try:
                return deed(), tries
            except Unanswered as trouble:
                self.ledger.troubles[trouble.what] += 1
                problem = trouble.what
            except Refused as refusal:
                refusals, problem = refusals + 1, str(refusal)
            if refusals >= MOST_REFUSALS or time.monotonic() > end:
                break
            time.sleep(PAUSE_SECONDS)
        with self.ledger.lock:
            self.ledger.given_up[mark] = problem
        return None
