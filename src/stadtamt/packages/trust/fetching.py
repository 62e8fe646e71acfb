"""Reads from a registry: bounded in bytes and seconds, from this one address only.

No redirects, no proxies from the environment, no compression, no cookies, no second try. The names come from metadata
of strangers and are checked before they become a path.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tuf.api.exceptions import DownloadError, DownloadHTTPError, SlowRetrievalError
from tuf.ngclient import FetcherInterface

from stadtamt.packages.archive.container import MAX_ARCHIVE_BYTES
from stadtamt.packages.trust.addresses import WebAddress
from stadtamt.packages.trust.problems import AdoptionRefused, EndlessData, Redirected, RegistryTampered, Unreachable

MAX_BYTES = MAX_ARCHIVE_BYTES
SILENCE_SECONDS = 10.0
WHOLE_SECONDS = 60.0
_CHUNK = 64 * 1024
_NAME = re.compile(r"(?:metadata|targets)(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,199}){1,2}")
_AGENT = "stadtamt-registry"


class Fetcher(FetcherInterface):
    """Remembers what it fetched last, so that a refusal can say what was wrong with it."""

    def __init__(self, address: Path | WebAddress, *, seconds: float = WHOLE_SECONDS) -> None:
        self.address = address
        self.seconds = seconds
        self.last_name = ""
        self.last_content = b""

    def download_bytes(self, url: str, max_length: int) -> bytes:
        self.last_content = super().download_bytes(url, max_length)
        return self.last_content

    @contextmanager
    def download_file(self, url: str, max_length: int) -> Iterator[IO[bytes]]:
        # The length may have been written by who sends the data.
        with super().download_file(url, min(max_length, MAX_BYTES)) as file:
            yield file

    def _fetch(self, url: str) -> Iterator[bytes]:
        self.last_name, self.last_content = url, b""
        if not _NAME.fullmatch(url):
            raise RegistryTampered("Das Register nennt eine Datei, deren Name nicht erlaubt ist.", file=url[:120])
        if isinstance(self.address, Path) and not self.address.is_dir():
            raise Unreachable
        if isinstance(self.address, Path):
            return _from_folder(self.address / url)
        return _from_web(self.address, f"{self.address.path}/{url}", self.seconds)


def post(address: WebAddress, path: str, content: bytes, *, seconds: float = WHOLE_SECONDS) -> None:
    """Send a small JSON. Raises AdoptionRefused with the registry's own words, or Unreachable."""
    headers = {"Content-Type": "application/json", "Content-Length": str(len(content)), "User-Agent": _AGENT}
    connection = _connection(address)
    try:
        with _deadline(connection, seconds):
            connection.request("POST", f"{address.path}{path}", body=content, headers=headers)
            answer = connection.getresponse()
            words = answer.read(2000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException, SlowRetrievalError) as fault:
        raise Unreachable from fault
    finally:
        connection.close()
    if answer.status != 202:
        shown = "".join(sign for sign in words if sign.isprintable())[:300]
        plain = answer.headers.get_content_type() == "text/plain"
        raise AdoptionRefused(shown if plain and shown else f"Das Register nimmt keine Meldungen an ({answer.status}).")


def _from_folder(file: Path) -> Iterator[bytes]:
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise DownloadHTTPError("missing", 404) from None
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise RegistryTampered("Eine Datei des Registers ist keine gewöhnliche Datei.", file=file.name)
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise EndlessData(file=file.name)
    return iter((content,))


def _from_web(address: WebAddress, path: str, seconds: float) -> Iterator[bytes]:
    """The chunks of an answer. One clock runs over everything: slow headers and slow bytes alike."""
    connection = _connection(address)
    try:
        with _deadline(connection, seconds):
            connection.request("GET", path, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"})
            answer = connection.getresponse()
            if 300 <= answer.status < 400:
                raise Redirected
            if answer.status != 200:
                raise DownloadHTTPError(f"status {answer.status}", answer.status)
            if answer.headers.get("Content-Encoding", "identity") != "identity":
                raise RegistryTampered("Das Register schickt die Datei komprimiert; das ist nicht erlaubt.")
            if answer.length is not None and answer.length > MAX_BYTES:
                raise EndlessData
            received, parts = 0, []
            while chunk := answer.read1(_CHUNK):
                received += len(chunk)
                if received > MAX_BYTES:
                    raise EndlessData
                parts.append(chunk)
    except TimeoutError as fault:
        raise SlowRetrievalError from fault
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise DownloadError("unreachable") from fault
    finally:
        connection.close()
    return iter(parts)


def _connection(address: WebAddress) -> http.client.HTTPConnection:
    if address.secure:
        trust = ssl.create_default_context()
        return http.client.HTTPSConnection(address.host, address.port, timeout=SILENCE_SECONDS, context=trust)
    return http.client.HTTPConnection(address.host, address.port, timeout=SILENCE_SECONDS)


@contextmanager
def _deadline(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Ends the connection when its time is up: a timeout of a socket begins anew with every byte."""
    connection.connect()
    line = connection.sock
    passed = threading.Event()

    def cut() -> None:
        passed.set()
        try:
            line.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it had ended by itself

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as fault:
        if passed.is_set():
            raise SlowRetrievalError from fault
        raise
    else:
        if passed.is_set():
            raise SlowRetrievalError
    finally:
        timer.cancel()
