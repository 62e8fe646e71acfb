"""The folders and files of the embedded PostgreSQL: who owns them, where the socket lies, what the log says."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from stadtamt.conf.embedded.errors import PostgresProblem
from stadtamt.conf.leash import Rights, leashed

LONGEST_SOCKET = 100
LARGEST_LOG = 5_000_000
NOBODY = 65534


def make(data: Path) -> None:
    """The data folder; only its owner may look inside."""
    try:
        if not data.exists():
            data.mkdir(parents=True, mode=0o700)
        if not os.access(data, os.W_OK | os.X_OK):
            raise PermissionError
    except OSError as problem:
        raise PostgresProblem(f"In den Datenordner {data} kann nicht geschrieben werden.") from problem


def socket_folder(data: Path) -> Path:
    """``DATA/run``, or a private folder of this user where that path is too long for a socket (the kernel's limit)."""
    folder = data / "run"
    if len(os.fsencode(folder / ".s.PGSQL.5432")) >= LONGEST_SOCKET:
        mark = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"stadtamt-{os.getuid()}-{mark}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or (os.geteuid() != 0 and found.st_uid != os.geteuid()):
        raise PostgresProblem(f"{folder} gehört einem anderen Benutzer: Bitte löschen oder umbenennen.")
    folder.chmod(0o700)
    return folder


def namespace_allowed() -> bool:
    """Whether this machine lets root open a user namespace (many containers do not)."""
    trial = subprocess.run(leashed(["true"], rights="namespace"), capture_output=True, check=False)
    return trial.returncode == 0


def unprivileged() -> int:
    """The user that runs PostgreSQL where root can only change its number: ``postgres``, else ``nobody``."""
    try:
        return pwd.getpwnam("postgres").pw_uid
    except KeyError:
        return NOBODY


def hand_over(rights: Rights, data: Path, socket: Path) -> None:
    """Give the folders to the user that PostgreSQL will run as; only where that is another one than ours."""
    if not isinstance(rights, int):
        return
    for path in (data / "postgres.lock", data / "postgres.log", data / "postgres"):
        if path.exists() and path.stat().st_uid != rights:
            shutil.chown(path, rights, rights)
            for below in path.rglob("*") if path.is_dir() else ():
                os.chown(below, rights, rights, follow_symlinks=False)
    shutil.chown(socket, rights, rights)
    if data.stat().st_uid not in {0, rights}:
        raise PostgresProblem(f"{data} gehört einem anderen Benutzer.")
    data.chmod(data.stat().st_mode | stat.S_IXOTH)


def reachable(rights: Rights, *paths: Path) -> bool:
    """Whether the user that PostgreSQL runs as may enter all folders on the way to the paths."""
    if not isinstance(rights, int):
        return True
    on_the_way = {folder for path in paths for folder in path.resolve().parents}
    return all(folder.stat().st_uid == rights or folder.stat().st_mode & stat.S_IXOTH for folder in on_the_way)


def fresh(folder: Path, rights: Rights) -> Path:
    """An empty folder for a new cluster."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    if isinstance(rights, int):
        os.chown(folder, rights, rights)
    return folder


def written_by(cluster: Path) -> int | None:
    """The major version that made the cluster; None when there is none yet."""
    try:
        return int((cluster / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def shorten(log: Path) -> None:
    """Keep one older log beside the present one."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))


def tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
