"""The town's seal on a PDF: PAdES B-B with the town's certificate, and the check that nothing was changed since.

The library that does it takes a second to load, which only the processes that seal or check should pay.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class SealCredentials:
    """Certificate and private key of a town's seal, both DER (the key PKCS#8, unencrypted); `chain` lacks the root."""

    certificate: bytes
    private_key: bytes
    chain: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        return f"SealCredentials({self.fingerprint})"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate in hexadecimal; by it `verify_seal` knows the town again."""
        return hashlib.sha256(self.certificate).hexdigest()


@dataclass(frozen=True)
class SealReport:
    """What the check found. `signer` is what the certificate says of itself; only `known` ties it to the town."""

    sealed: bool
    intact: bool = False
    covers_whole_document: bool = False
    signer: str = ""
    time: dt.datetime | None = None
    fingerprint: str = ""
    known: bool = False

    @property
    def trustworthy(self) -> bool:
        """Sealed by a certificate of the town, and not a byte changed or added since."""
        return self.sealed and self.intact and self.covers_whole_document and self.known


def seal_pdf(*, pdf: bytes, credentials: SealCredentials, reason: str, when: dt.datetime) -> bytes:
    """The document with an invisible PAdES B-B seal that permits no later change; see ``pades.seal_pdf``."""
    from stadtamt.notices import pades

    return pades.seal_pdf(pdf=pdf, credentials=credentials, reason=reason, when=when)


def verify_seal(pdf: bytes, *, known: frozenset[str] = frozenset()) -> SealReport:
    """Checks the last seal of a document and never raises; see ``pades.verify_seal``."""
    from stadtamt.notices import pades

    return pades.verify_seal(pdf, known=known)


def make_demo_certificate(town_name: str) -> SealCredentials:
    """A certificate that nobody vouches for, marked as demonstration in its name; see ``pades``."""
    from stadtamt.notices import pades

    return pades.make_demo_certificate(town_name)


def load() -> None:
    """Load the library now, in a process that will seal."""
    import_module("stadtamt.notices.pades")
