"""Gathers style sheets, scripts and fonts into the data folder, only when one of them has changed."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path


def collect() -> bool:
    """Whether there was something to do. Needs Django. Several processes may call it at once."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    stamp = root.parent / "static.stamp"
    with (root.parent / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        mark = _mark()
        if stamp.exists() and stamp.read_text() == mark and (root / "staticfiles.json").exists():
            return False
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(mark)
    return True


def _mark() -> str:
    """A checksum over names, sizes and times of all sources."""
    from django.contrib.staticfiles.finders import get_finders

    mark = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            mark.update(f"{name}:{found.st_size}:{found.st_mtime_ns}\n".encode())
    return mark.hexdigest()
