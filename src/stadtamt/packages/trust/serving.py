"""Serves a registry folder: reads files, takes notes of towns, nothing else. Any static web server may do the first.

Without keys: what is taken in is published only when somebody signs.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import stat
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.trust import adoptions, repository

MAX_CONNECTIONS = 32
SILENCE_SECONDS, WHOLE_SECONDS = 10, 120.0
NOTES_AN_HOUR, NOTES_OF_ONE_SENDER = 500, 30
_FILE = re.compile(r"/(metadata|targets)(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,199}){1,2}")
_TYPES = {".json": "application/json", ".leistung": "application/zip"}


class RegistryServer(ThreadingHTTPServer):
    """One registry at one address. Connections beyond the bound are closed at once."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, folder: Path, *, host: str, port: int, now: Callable[[], datetime]) -> None:
        self.folder = folder.resolve()
        self.now = now
        self.limit = Limit()
        self._free = threading.BoundedSemaphore(MAX_CONNECTIONS)
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks is nobody's concern."""


class Limit:
    """How many notes are taken in an hour: from one sender, and from all together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: list[tuple[datetime, str]] = []

    def allows(self, sender: str, *, now: datetime) -> bool:
        with self._lock:
            self._taken = [(at, who) for at, who in self._taken if now - at < timedelta(hours=1)]
            if len(self._taken) >= NOTES_AN_HOUR or sum(who == sender for _, who in self._taken) >= NOTES_OF_ONE_SENDER:
                return False
            self._taken.append((now, sender))
            return True


class _Handler(BaseHTTPRequestHandler):
    server: RegistryServer
    server_version, sys_version = "stadtamt", ""
    timeout = SILENCE_SECONDS

    def setup(self) -> None:
        super().setup()
        # A timeout of a socket begins anew with every byte; this one does not.
        self._end = threading.Timer(WHOLE_SECONDS, self._cut)
        self._end.daemon = True
        self._end.start()

    def finish(self) -> None:
        self._end.cancel()
        super().finish()

    def do_GET(self) -> None:
        self._send_file(body=True)

    def do_HEAD(self) -> None:
        self._send_file(body=False)

    def do_POST(self) -> None:
        """Only ``/adoptions``, only JSON: a page in a browser cannot send that to another site unasked."""
        if self.path != "/adoptions":
            self._say(HTTPStatus.NOT_FOUND, "Das gibt es hier nicht.")
            return
        length = self.headers.get("Content-Length", "")
        if not (
            length.isascii() and length.isdigit() and int(length[:9]) <= adoptions.MAX_NOTE_BYTES and len(length) < 9
        ):
            self._say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Die Meldung ist zu groß oder nennt ihre Länge nicht.")
            return
        if self.headers.get_content_type() != "application/json":
            self._say(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Eine Meldung wird als application/json geschickt.")
            return
        now = self.server.now()
        if not self.server.limit.allows(str(self.client_address[0]), now=now):
            self._say(HTTPStatus.TOO_MANY_REQUESTS, "Zu viele Meldungen; bitte in einer Stunde noch einmal.")
            return
        note = self.rfile.read(int(length))
        try:
            known = repository.listed(self.server.folder)
            adoptions.receive(self.server.folder, note, known=known, today=now.date())
        except PackageProblem as problem:
            self._say(HTTPStatus.BAD_REQUEST, problem.sentence)
            return
        self._say(HTTPStatus.ACCEPTED, "Angenommen; veröffentlicht wird die Meldung mit der nächsten Unterschrift.")

    def _send_file(self, *, body: bool) -> None:
        path = urlsplit(self.path).path
        if path != self.path or not _FILE.fullmatch(path):
            self._say(HTTPStatus.NOT_FOUND, "Das gibt es hier nicht.")
            return
        try:
            handle = os.open(self._place(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            self._say(HTTPStatus.NOT_FOUND, "Das gibt es hier nicht.")
            return
        with os.fdopen(handle, "rb") as stream:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                self._say(HTTPStatus.NOT_FOUND, "Das gibt es hier nicht.")
                return
            kind = _TYPES.get(Path(path).suffix, "application/octet-stream")
            fresh = path == "/metadata/timestamp.json"
            self._begin(HTTPStatus.OK, kind, found.st_size, "no-cache" if fresh else "public, max-age=86400")
            if body:
                shutil.copyfileobj(stream, self.wfile)

    def _place(self, path: str) -> Path:
        place = self.server.folder / path.lstrip("/")
        if place.parent.resolve() != place.parent:
            raise FileNotFoundError
        return place

    def _say(self, status: HTTPStatus, words: str) -> None:
        content = words.encode()
        self._begin(status, "text/plain; charset=utf-8", len(content), "no-store")
        if self.command != "HEAD":
            self.wfile.write(content)

    def _begin(self, status: HTTPStatus, kind: str, length: int, caching: str) -> None:
        self.close_connection = True
        self.send_response(status)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(length)),
            ("Cache-Control", caching),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'; sandbox"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()

    def _cut(self) -> None:
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it had ended by itself

    def log_message(self, format: str, *args: Any) -> None:  # the name is the library's
        """Silent: who asks is not recorded."""
