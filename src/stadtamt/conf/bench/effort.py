"""How much processor time each part of the office has used: read from the kernel, before and after."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stadtamt.conf.bench.killer import below
from stadtamt.conf.bench.office import Office
from stadtamt.conf.embedded.processes import postgres_processes

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(place: Office) -> dict[str, float]:
    """Seconds of processor time since the start of each part, the measurement itself included."""
    web = [child.process.pid for child in [place.web] if child.process]
    workers = [child.process.pid for child in place.workers if child.process]
    groups = {
        "Webserver": web + below(web),
        "Hintergrund": workers,
        "Satz": below(workers),
        "Datenbank": postgres_processes(place.server.cluster),
        "Messung": [os.getpid()],
    }
    return {name: sum(_used(pid) for pid in pids) for name, pids in groups.items()}


def busy_seconds() -> float:
    """Seconds of processor time that this machine has spent on anything at all, since it was started."""
    numbers = [int(text) for text in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(numbers) - numbers[3] - numbers[4]) / TICKS  # all but idle and waiting for disks


@contextmanager
def foreign_load(place: Office) -> Iterator[list[float]]:
    """Afterwards the list holds how many cores others have used inside: it tells how far the times can be trusted."""
    found: list[float] = []
    busy, own, start = busy_seconds(), sum(cpu_seconds(place).values()), time.monotonic()
    yield found
    others = (busy_seconds() - busy) - (sum(cpu_seconds(place).values()) - own)
    found.append(round(max(others, 0) / (time.monotonic() - start), 2))


def per_case(before: dict[str, float], after: dict[str, float], cases: int) -> dict[str, float]:
    """Milliseconds of processor time for each case."""
    return {name: round(1000 * (after[name] - before[name]) / max(cases, 1), 1) for name in before}


def _used(pid: int) -> float:
    """The process and those of its children that have ended: a sum that only grows."""
    try:
        # The name in brackets may hold anything, so the fields count from the last bracket.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / TICKS
