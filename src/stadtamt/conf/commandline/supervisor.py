"""Keeps a few child processes running, and stops them in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from stadtamt.conf.commandline.console import say
from stadtamt.conf.leash import leashed

LOOK_SECONDS = 0.1
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
HEALTHY_SECONDS = 10.0
STOP_SECONDS = 15.0


def command(*words: str) -> list[str]:
    """The command line of another command of this program."""
    return [sys.executable, "-m", "stadtamt.conf.commandline", *words]


@dataclass
class Child:
    """A process that is started again whenever it ends, after a pause that doubles while it does not stay up."""

    name: str
    words: Sequence[str]
    pause: float = FIRST_PAUSE
    born: float = 0.0
    due: float = 0.0
    ends: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches it only through its supervisor, in order."""
        self.born = time.monotonic()
        self.process = subprocess.Popen(
            leashed(self.words, stop=signal.SIGKILL), stdin=subprocess.DEVNULL, start_new_session=True
        )

    def look(self, now: float) -> None:
        """Notice an end and plan the next start; start when it is due."""
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.ends += 1
        self.pause = FIRST_PAUSE if now - self.born > HEALTHY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
        self.due = now + self.pause
        self.process = None
        say(f"{self.name} hat sich beendet ({code}), neuer Start in {self.pause:.0f} s.", error=True)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


class Supervisor:
    """Starts the children in their order, watches them until SIGINT, SIGTERM or SIGHUP, stops them in their order.

    `look` is called with each round, for what else must be watched.
    """

    def __init__(self, children: Sequence[Child], *, look: Callable[[], None] = lambda: None) -> None:
        self.children = children
        self._look = look
        self._told = threading.Event()

    def heed_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._tell)

    def _tell(self, number: int, frame: FrameType | None) -> None:
        self._told.set()

    @property
    def told_to_stop(self) -> bool:
        return self._told.is_set()

    def start(self) -> None:
        for child in self.children:
            child.start()

    def round(self) -> None:
        """Look at everything once, and rest a moment."""
        self._look()
        for child in self.children:
            child.look(time.monotonic())
        self._told.wait(LOOK_SECONDS)

    def run(self) -> None:
        while not self.told_to_stop:
            self.round()

    def stop(self) -> None:
        for child in self.children:
            child.stop()


def run_once(words: Sequence[str]) -> str:
    """Run another command of this program to its end; its output. Raises CalledProcessError when it failed."""
    done = subprocess.run(leashed(command(*words)), stdout=subprocess.PIPE, text=True, check=True, env=os.environ)
    return done.stdout
