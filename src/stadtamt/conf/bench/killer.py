"""Ends processes with SIGKILL, at random, and only those that this measurement has started."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from stadtamt.conf.bench.office import Office
from stadtamt.conf.commandline.supervisor import FIRST_PAUSE
from stadtamt.conf.embedded.processes import postgres_processes

# What dies, and how often in comparison.
KINDS = {
    "ein Prozess des Webservers": 4,
    "der ganze Webserver": 2,
    "ein Hintergrundprozess": 5,
    "der Briefsetzer": 1,
    "eine Verbindung der Datenbank": 3,
    "die ganze Datenbank": 3,
}


class Killer:
    """Chooses and ends one process after the other."""

    def __init__(self, place: Office, seed: int) -> None:
        self._place = place
        self._dice = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def strike(self) -> str | None:
        """End one process; which kind it was, or None when there was none of the chosen kind."""
        kind = self._dice.choices(list(KINDS), list(KINDS.values()))[0]
        victims = self.candidates(kind)
        if not victims:
            return None
        victim = self._dice.choice(victims)
        if not descends(victim, os.getpid()):
            return None
        # The supervisor lets a child that dies young rest longer each time; here its health is not in question.
        for child in self._place.supervisor.children:
            child.pause = FIRST_PAUSE / 2
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
            return kind
        return None

    def candidates(self, kind: str) -> list[int]:
        """The processes of a kind that live now."""
        place = self._place
        web = [child.process.pid for child in [place.web] if child.process]
        workers = [child.process.pid for child in place.workers if child.process]
        postmaster = [place.server.pid] if place.server.pid and place.server.alive() else []
        finders: dict[str, Callable[[], list[int]]] = {
            "ein Prozess des Webservers": lambda: below(web),
            "der ganze Webserver": lambda: web,
            "ein Hintergrundprozess": lambda: workers,
            "der Briefsetzer": lambda: below(workers),
            "eine Verbindung der Datenbank": lambda: [
                pid for pid in postgres_processes(place.server.cluster) if pid not in postmaster
            ],
            "die ganze Datenbank": lambda: postmaster,
        }
        return finders[kind]()

    def pause(self, shortest: float, longest: float) -> None:
        time.sleep(self._dice.uniform(shortest, longest))


def parent_of(pid: int) -> int:
    """The parent's process id; 0 when the process is gone."""
    try:
        # The name in brackets may hold anything, so the fields count from the last bracket.
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError, ValueError):
        return 0


def descends(pid: int, ancestor: int) -> bool:
    """Whether `pid` was started by `ancestor` or by a child of it."""
    for _ in range(10):
        pid = parent_of(pid)
        if pid == ancestor:
            return True
        if pid <= 1:
            return False
    return False


def below(ancestors: list[int]) -> list[int]:
    """All living descendants of these processes."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if any(descends(pid, ancestor) for ancestor in ancestors)]
