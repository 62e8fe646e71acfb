"""What must hold around every refusal: nothing written, nobody asked, no program started."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

WRITES = {
    "os.mkdir",
    "os.rename",
    "os.link",
    "os.symlink",
    "os.remove",
    "os.rmdir",
    "os.chmod",
    "os.truncate",
    "os.utime",
}
REACHES = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"}
STARTS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.dlopen"}
_FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_seen: list[tuple[Any, ...]] | None = None


def _hook(event: str, words: tuple[Any, ...]) -> None:
    """The interpreter itself tells of every file, connection and process; no library can go around it in Python."""
    if _seen is None:
        return
    # Compiled modules of the language itself are no matter of the package.
    writing = event == "open" and words[2] & _FOR_WRITING and "__pycache__" not in str(words[0])
    if writing or event in WRITES | REACHES | STARTS:
        _seen.append((event, *words))


sys.addaudithook(_hook)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Inside, no file is written, no other computer reached and no program started."""
    global _seen  # noqa: PLW0603  # a hook of the interpreter cannot be taken away again
    _seen = []
    try:
        yield
        assert _seen == []
    finally:
        _seen = None


def tree_of(folder: Path) -> dict[str, str]:
    """Every file below a folder with its kind and content; links are not followed."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            regular = path.is_file() and not path.is_symlink() and path.stat().st_size < 20_000_000
            found[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest() if regular else "-"
    return found


def rows_of_all_tables() -> dict[str, int]:
    """How many rows every table of the product has for the current town."""
    kinds: list[type[models.Model]] = [kind for kind in apps.get_models() if kind.__module__.startswith("stadtamt.")]
    return {kind._meta.label: kind._default_manager.count() for kind in kinds}
