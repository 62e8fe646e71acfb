"""Which processes work on a data folder, told by the kernel and not by a file that may be left over."""

from __future__ import annotations

import os
import time
from pathlib import Path


def postgres_processes(cluster: Path) -> list[int]:
    """The process ids of all postgres processes whose working folder is this cluster."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _works_on(entry, str(cluster)):
            found.append(int(entry.name))
    return found


def _works_on(entry: Path, cluster: str) -> bool:
    try:
        return (entry / "cwd").readlink() == Path(cluster) and (entry / "exe").readlink().name.startswith("postgres")
    except OSError:
        return False  # gone meanwhile, or of another user


def wait_until_left(cluster: Path, *, seconds: float) -> list[int]:
    """Wait until no postgres works on the cluster; the process ids of those that stayed."""
    end = time.monotonic() + seconds
    while (left := postgres_processes(cluster)) and time.monotonic() < end:
        time.sleep(0.02)
    return left


def drop_recycled_pidfile(cluster: Path) -> None:
    """Remove a left ``postmaster.pid`` whose number now belongs to a stranger, which PostgreSQL takes for a server.

    Call it only when no postgres works on the cluster. The file of a plainly dead server stays: PostgreSQL itself
    takes it over and checks its shared memory first.
    """
    file = cluster / "postmaster.pid"
    try:
        pid = int(file.read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError):
        return
    except (ValueError, PermissionError):
        pass  # an unreadable file helps nobody; a process of another user is a stranger
    file.unlink(missing_ok=True)
