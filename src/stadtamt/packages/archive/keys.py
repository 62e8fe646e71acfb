"""The author's key: Ed25519, in a file that only its owner may read."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stadtamt.packages.archive.problems import KeyFileProblem

_FORMAT = "stadtamt-author-key/1"
MAX_KEY_FILE_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class AuthorKey:
    """Signs as one author. What is secret never shows in the representation."""

    private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls) -> AuthorKey:
        return cls(Ed25519PrivateKey.generate())

    @property
    def public_key(self) -> bytes:
        """32 bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        return key_id_of(self.public_key)

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same message gives the same signature."""
        return self.private.sign(message)


def key_id_of(public_key: bytes) -> str:
    """The name of a public key: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(public_key).hexdigest()


def author_key(file: Path) -> AuthorKey:
    """The key in the file, made on first use (folder 0700, file 0600). Raises KeyFileProblem."""
    try:
        return AuthorKey(_read(file))
    except FileNotFoundError:
        pass
    fresh = AuthorKey.generate()
    text = json.dumps({"format": _FORMAT, "key_id": fresh.key_id, "private": fresh.private.private_bytes_raw().hex()})
    try:
        write_secret(file, text.encode())
    except FileExistsError:
        return AuthorKey(_read(file))  # another process was faster
    return fresh


def write_secret(file: Path, content: bytes) -> None:
    """A new file for its owner only. Raises FileExistsError where there is one, KeyFileProblem where none can be."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written beside and linked, so that nobody ever reads half a key and none is overwritten.
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.link(beside, file)
        finally:
            beside.unlink()
    except FileExistsError:
        raise
    except OSError as fault:
        raise KeyFileProblem(file.name, "Die Schlüsseldatei lässt sich nicht schreiben.") from fault


def read_secret(file: Path) -> bytes:
    """The content of a key file. Raises FileNotFoundError, or KeyFileProblem for a file that others could read."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise
    except OSError as fault:
        raise KeyFileProblem(file.name, "Die Schlüsseldatei lässt sich nicht öffnen oder ist ein Verweis.") from fault
    with os.fdopen(handle, "rb") as stream:
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise KeyFileProblem(file.name, "Die Schlüsseldatei ist keine gewöhnliche Datei.")
        if found.st_mode & 0o077:
            raise KeyFileProblem(file.name, "Andere dürfen die Schlüsseldatei lesen; erlaubt ist nur 0600.")
        return stream.read(MAX_KEY_FILE_BYTES)


def _read(file: Path) -> Ed25519PrivateKey:
    content = read_secret(file)
    try:
        data = json.loads(content)
        if data["format"] != _FORMAT:
            raise ValueError
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(data["private"]))
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise KeyFileProblem(file.name, "Die Datei enthält keinen Schlüssel.") from fault
