"""Starts, shares and stops the embedded PostgreSQL."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote

import psycopg

from stadtamt.conf.embedded import folders, processes, roles
from stadtamt.conf.embedded.binaries import Binaries, find_binaries
from stadtamt.conf.embedded.errors import AlreadyRunning, PostgresProblem
from stadtamt.conf.leash import Rights, leashed

type Role = Literal["app", "owner", "admin"]

START_SECONDS = 60.0
PATIENCE_SECONDS = 3.0
STOP_SECONDS = 30.0
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A statement or a detail in the log would name the people it is about (TR-03172-3, A3.14.07).
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class EmbeddedPostgres:
    """One PostgreSQL on one data folder, reachable only through a socket in a folder of its owner.

    It ends when this process ends, even by ``kill -9``: start it in the main thread. A second process on the same
    folder uses the server of the first, unless it asks for its own (`shared=False`), which raises AlreadyRunning.
    `durable=False` gives up the safety of committed data for speed and is for tests only.
    """

    def __init__(self, data: Path, *, shared: bool = True, durable: bool = True, rights: Rights | None = None) -> None:
        self.data = data.expanduser().resolve()
        self.cluster = self.data / "postgres"
        self.log = self.data / "postgres.log"
        self._shared = shared
        self._durable = durable
        self._rights = rights
        self._socket: Path | None = None
        self._lock: int | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def owned(self) -> bool:
        """Whether this process runs the server, instead of using another's."""
        return self._lock is not None

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def alive(self) -> bool:
        """False when the server of this process has ended; another's is taken for alive."""
        return self._child.poll() is None if self._child else not self.owned and self._socket is not None

    def url(self, *, role: Role = "app", database: str = roles.DATABASE) -> str:
        """The address for Django and psycopg: ``postgresql://role@/database?host=/folder/of/the/socket``."""
        if self._socket is None:
            raise PostgresProblem("Das eingebaute PostgreSQL ist noch nicht gestartet.")
        return f"postgresql://{roles.NAMES[role]}@/{quote(database)}?host={quote(str(self._socket), safe='/')}"

    def start(self) -> Self:
        """Make the cluster if it is new, start it, wait until it answers; roles and database exist afterwards."""
        folders.make(self.data)
        if not self._child and not self._take_lock():
            return self
        try:
            self._launch()
            roles.prepare(self.url(role="admin", database="postgres"), self.url(role="admin", database="template1"))
            roles.prepare_database(self.url(role="admin"))
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop the server cleanly if it is ours; calling it twice is fine."""
        for signal_number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            if self._child is None or self._child.poll() is not None:
                break
            self._child.send_signal(signal_number)
            try:
                self._child.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
        self._child = None
        self._socket = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def kill(self) -> None:
        """End the server like a power cut, for tests: committed data must survive it. `start` brings it back."""
        if self._child is None:
            raise PostgresProblem("Dieser Prozess hat das PostgreSQL nicht gestartet.")
        self._child.kill()
        self._child.wait()

    def _take_lock(self) -> bool:
        """True: the folder is ours. False: another process runs the server, and it answers."""
        handle = os.open(self.data / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
        end = time.monotonic() + (START_SECONDS if self._shared else PATIENCE_SECONDS)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self._lock = handle
                return True
            if self._shared and self._find_other():
                os.close(handle)
                return False
            if time.monotonic() > end:
                os.close(handle)
                raise AlreadyRunning(f"Auf dem Datenordner {self.data} läuft schon ein Stadtamt.")
            time.sleep(0.05)

    def _find_other(self) -> bool:
        try:
            lines = (self.cluster / "postmaster.pid").read_text().split("\n")
            if lines[7].strip() != "ready":
                return False
            self._socket = Path(lines[4])
            psycopg.connect(self.url(), connect_timeout=5).close()
        except (OSError, IndexError, psycopg.Error):
            self._socket = None
            return False
        return True

    def _launch(self) -> None:
        left = processes.wait_until_left(self.cluster, seconds=STOP_SECONDS)
        if left:
            raise AlreadyRunning(
                f"Auf {self.cluster} läuft noch ein PostgreSQL (Prozess {left[0]}), das dieses Stadtamt nicht "
                "gestartet hat: Bitte dort beenden."
            )
        rights = self._rights if self._rights is not None else self._find_rights()
        self._socket = folders.socket_folder(self.data)
        folders.hand_over(rights, self.data, self._socket)
        binaries = find_binaries(major=folders.written_by(self.cluster))
        if not self.cluster.exists():
            self._init(binaries, rights)
        processes.drop_recycled_pidfile(self.cluster)
        folders.shorten(self.log)
        settings = SETTINGS | {"unix_socket_directories": str(self._socket)}
        settings |= {} if self._durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._child = self._run([binaries.postgres, "-D", str(self.cluster), *options], rights)
        self._wait_until_ready()

    def _find_rights(self) -> Rights:
        """PostgreSQL refuses to run as root, so root lays its rights down for it."""
        if os.geteuid() != 0:
            return "keep"
        owner = (self.cluster if self.cluster.exists() else self.data).stat().st_uid
        if owner != 0:
            return owner
        return "namespace" if folders.namespace_allowed() else folders.unprivileged()

    def _init(self, binaries: Binaries, rights: Rights) -> None:
        """Make the cluster beside its place and move it there, so that a half-made one never stands in the way."""
        fresh = folders.fresh(self.data / "postgres.new", rights)
        # The built-in provider sorts by code point and knows all letters, the same on every machine.
        options = ["--auth=trust", "--username", roles.NAMES["admin"], "--encoding=UTF8", "--locale=C.UTF-8"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += [] if self._durable else ["--no-sync"]
        child = self._run([binaries.initdb, "-D", str(fresh), *options], rights)
        if child.wait() != 0:
            raise PostgresProblem(f"Die Datenbank konnte nicht angelegt werden:\n{folders.tail(self.log)}")
        fresh.rename(self.cluster)

    def _run(self, command: list[str], rights: Rights) -> subprocess.Popen[bytes]:
        """A child in a session of its own, so that Ctrl-C reaches it only through us, in order."""
        closed = not folders.reachable(rights, self.data, Path(command[0]))
        with self.log.open("ab") as log:
            return subprocess.Popen(
                leashed(command, stop=signal.SIGINT, rights=rights, pass_folders=closed),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=os.environ | {"LC_ALL": "C.UTF-8", "TZ": "UTC"},
                start_new_session=True,
            )

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url(role="admin", database="postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                if not self.alive() or time.monotonic() > end:
                    raise PostgresProblem(
                        f"Das eingebaute PostgreSQL startet nicht:\n{folders.tail(self.log)}"
                    ) from None
            else:
                return
            time.sleep(0.02)
