"""The keys of a registry: one a role, each in a file of its own, outside the folder that is served."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner

from stadtamt.packages.archive.keys import read_secret, write_secret
from stadtamt.packages.archive.problems import KeyFileProblem
from stadtamt.packages.trust.problems import NotOurs

ROLES = ("root", "targets", "snapshot", "timestamp")
_FORMAT = "stadtamt-registry-key/1"


@dataclass(frozen=True, slots=True)
class RegistryKeys:
    """A folder with ``root.json``, ``targets.json``, ``snapshot.json`` and ``timestamp.json``, each 0600.

    ``root.json`` may be kept elsewhere and brought only to renew or rotate.
    """

    folder: Path

    def create(self, role: str, *, next_one: bool = False) -> CryptoSigner:
        """A new key; with `next_one` beside the present one, until ``promote`` puts it in its place."""
        private = Ed25519PrivateKey.generate()
        text = json.dumps({"format": _FORMAT, "role": role, "private": private.private_bytes_raw().hex()})
        file = self._file(role, next_one=next_one)
        try:
            write_secret(file, text.encode())
        except FileExistsError:
            raise NotOurs(
                "Hier liegt schon der Schlüssel eines anderen Registers; er wird nicht überschrieben.", file=file.name
            ) from None
        return CryptoSigner(private)

    def forget_next(self, role: str) -> None:
        """Drop a new key that never came into force."""
        self._file(role, next_one=True).unlink(missing_ok=True)

    def promote(self, role: str) -> None:
        """The new key takes the place of the old one, which is gone with that."""
        self._file(role, next_one=True).replace(self._file(role))

    def signer(self, role: str, trusted: list[str]) -> CryptoSigner:
        """The key of the role. Raises NotOurs unless it is one that the registry trusts for this role."""
        for next_one in (False, True):
            try:
                signer = _read(self._file(role, next_one=next_one))
            except FileNotFoundError:
                continue
            if signer.public_key.keyid in trusted:
                if next_one:  # a rotation was interrupted after it had been published
                    self.promote(role)
                return signer
        raise NotOurs(f"Der Schlüssel „{role}“ dieses Registers fehlt im Schlüsselordner oder gehört zu einem anderen.")

    def has(self, role: str) -> bool:
        return self._file(role).exists()

    def _file(self, role: str, *, next_one: bool = False) -> Path:
        return self.folder / (f"{role}.next.json" if next_one else f"{role}.json")


def _read(file: Path) -> CryptoSigner:
    content = read_secret(file)
    try:
        data = json.loads(content)
        if data["format"] != _FORMAT:
            raise ValueError
        return CryptoSigner(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(data["private"])))
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise KeyFileProblem(file.name, "Die Datei enthält keinen Schlüssel eines Registers.") from fault
