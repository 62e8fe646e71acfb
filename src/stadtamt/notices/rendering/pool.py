"""A few processes that set letters: started when needed, ended when they hang, replaced when they die. Thread-safe."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stadtamt.notices.errors import RenderingStopped

ROOM = Path(__file__).resolve().parents[1]
LAYOUT, FONTS = ROOM / "layout", ROOM / "fonts"
MEMORY = 1 << 30
START_SECONDS = 30.0
LETTERS_A_WORKER = 1000
# Nothing of the office's environment reaches the process: no key, no database address. The proxy points at a
# closed door, so a package that Typst would fetch fails at once.
CLOSED_DOOR = "http://127.0.0.1:9"
ENVIRONMENT = {
    "HTTP_PROXY": CLOSED_DOOR,
    "HTTPS_PROXY": CLOSED_DOOR,
    "ALL_PROXY": CLOSED_DOOR,
    "MALLOC_ARENA_MAX": "2",
    "RAYON_NUM_THREADS": "1",
}


class Worker:
    """One process; used by one thread at a time."""

    def __init__(self, *, memory: int) -> None:
        self.channel, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    str(ROOM / "rendering" / "worker.py"),
                    str(theirs.fileno()),
                    LAYOUT,
                    FONTS,
                    str(memory),
                ],
                pass_fds=[theirs.fileno()],
                env=ENVIRONMENT,
                cwd=LAYOUT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self.letters = 0
        try:
            self._receive(time.monotonic() + START_SECONDS)
        except (OSError, struct.error):
            self.end()
            raise RenderingStopped("Briefe können gerade nicht gesetzt werden.") from None

    def ask(self, order: Mapping[str, Any], *, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        message = json.dumps({**order, "seconds": seconds}).encode()
        self.channel.settimeout(seconds)
        self.channel.sendall(struct.pack(">I", len(message)) + message)
        return self._receive(deadline)

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.channel.close()
        self.process.kill()
        self.process.wait()

    def _receive(self, deadline: float) -> bytes:
        (size,) = struct.unpack(">I", self._exactly(4, deadline))
        return self._exactly(size, deadline)

    def _exactly(self, size: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < size:
            self.channel.settimeout(max(deadline - time.monotonic(), 0.001))
            piece = self.channel.recv(min(size - len(received), 1 << 20))
            if not piece:
                raise ConnectionError
            received += piece
        return bytes(received)


class Pool:
    """At most `size` letters at the same time; a further one waits for its turn."""

    def __init__(self, *, size: int = 2, memory: int = MEMORY) -> None:
        self.memory = memory
        self._turns = threading.BoundedSemaphore(size)
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()

    def ask(self, order: Mapping[str, Any], *, seconds: float) -> bytes:
        """The worker's answer. `RenderingStopped` when it hung or died; the next call gets a fresh one."""
        with self._turns:
            worker = self._worker()
            try:
                answer = worker.ask(order, seconds=seconds)
            except TimeoutError:
                worker.end()
                raise RenderingStopped(f"Das Setzen des Briefes wurde nach {seconds:g} Sekunden abgebrochen.") from None
            except (OSError, struct.error):
                worker.end()
                raise RenderingStopped(
                    "Das Setzen des Briefes wurde abgebrochen, weil es zu viel Speicher brauchte."
                ) from None
            except BaseException:
                worker.end()
                raise
            self._keep(worker)
            return answer

    def _keep(self, worker: Worker) -> None:
        """Typst remembers parts of past letters; a worker that has set many makes room for a fresh one."""
        worker.letters += 1
        if worker.letters < LETTERS_A_WORKER:
            self._idle.put(worker)
        else:
            worker.end()

    def _worker(self) -> Worker:
        """An idle worker that still lives, or a new one."""
        while True:
            try:
                worker = self._idle.get_nowait()
            except queue.Empty:
                return Worker(memory=self.memory)
            if worker.process.poll() is None:
                return worker
            worker.end()

    def close(self) -> None:
        while not self._idle.empty():
            self._idle.get_nowait().end()


_shared: list[Pool] = []
_lock = threading.Lock()


def shared_pool() -> Pool:
    """The pool of this process. After a fork the child makes its own: two processes must not share a line."""
    with _lock:
        if not _shared:
            _shared.append(Pool())
        return _shared[0]


def _forget() -> None:
    global _lock  # noqa: PLW0603
    _lock = threading.Lock()
    _shared.clear()


@atexit.register
def _close() -> None:
    for pool in _shared:
        pool.close()


os.register_at_fork(after_in_child=_forget)
