"""A whole office for a measurement: database, web server and workers as in ``demo``, in a folder thrown away."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stadtamt.conf.commandline.console import CommandProblem
from stadtamt.conf.commandline.database import APP, database
from stadtamt.conf.commandline.demo import keep_alive, wait_for_answer
from stadtamt.conf.commandline.supervisor import Child, Supervisor, command, run_once
from stadtamt.conf.embedded import EmbeddedPostgres

WEB = "Der Webserver"
BEGUN = time.monotonic()


@dataclass
class Office:
    """What runs. Only the main thread may call `attend`: the children hang on the thread that starts them."""

    server: EmbeddedPostgres
    supervisor: Supervisor
    port: int
    data: Path
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def web(self) -> Child:
        return next(child for child in self.supervisor.children if child.name == WEB)

    @property
    def workers(self) -> list[Child]:
        return [child for child in self.supervisor.children if child.name != WEB]

    def open(self) -> None:
        """Start web server and workers and wait for the first page."""
        self.supervisor.start()
        wait_for_answer(self.supervisor, self.port)
        self._heed()

    def attend[T](self, work: Callable[[], T]) -> T:
        """Do the work in a thread while this one looks after the children; gives its result or its exception."""
        results: list[T] = []
        problems: list[BaseException] = []

        def run() -> None:
            try:
                results.append(work())
            except BaseException as problem:
                problems.append(problem)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        while thread.is_alive():
            self.supervisor.round()
            if self.supervisor.told_to_stop:
                self.stopping.set()
                thread.join(15)
                raise KeyboardInterrupt
        if problems:
            raise problems[0]
        return results[0]

    def _heed(self) -> None:
        if self.supervisor.told_to_stop:
            raise KeyboardInterrupt


@contextmanager
def office(*, workers: int, web_processes: int = 2, say: Callable[[str], None]) -> Iterator[Office]:
    """An office with the towns of the demonstration, migrated and seeded; web server and workers wait for `open`."""
    if os.environ.get(APP):
        raise CommandProblem(f"Die Messung nimmt immer eine eigene Datenbank: Bitte {APP} nicht setzen.")
    with _quiet_output(), tempfile.TemporaryDirectory(prefix="stadtamt-bench-") as folder:
        os.environ["STADTAMT_DATA"] = folder
        os.environ["STADTAMT_DEMO"] = "1"
        os.environ.setdefault("STADTAMT_LOG_LEVEL", "ERROR")
        port = free_port()
        children = [Child(WEB, command("serve", "--port", str(port), "--workers", str(web_processes)))]
        children += [
            Child(f"Der Hintergrundprozess {number}", command("worker", "--name", f"bench-{number}"))
            for number in range(1, workers + 1)
        ]
        say("Lege eine Datenbank mit drei Städten an …")
        with database(shared=False) as server:
            assert server is not None  # noqa: S101 - no address was given, so it is the embedded one
            supervisor = Supervisor(children, look=lambda: keep_alive(server))
            supervisor.heed_signals()
            try:
                _lay(port)
                yield Office(server, supervisor, port, Path(folder))
            finally:
                supervisor.stop()


@contextmanager
def _quiet_output() -> Iterator[None]:
    """What the children say goes to the error output: the output belongs to the result."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _lay(port: int) -> None:
    try:
        run_once(["migrate"])
        json.loads(run_once(["seed", "--port", str(port)]))
    except subprocess.CalledProcessError as problem:
        raise CommandProblem("Die Beispielstädte ließen sich nicht anlegen, der Grund steht darüber.") from problem


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def say(text: str) -> None:
    """Progress goes to the error output, so that the result alone can be piped."""
    sys.stderr.write(f"{time.monotonic() - BEGUN:6.1f} s  {text}\n")
    sys.stderr.flush()
