"""The town's seal: its certificate and key, kept encrypted beside the town, opened once a process."""

from __future__ import annotations

import base64
import json
from functools import lru_cache

from stadtamt.kernel.models import Municipality
from stadtamt.kernel.rights import open_secret, seal_secret
from stadtamt.notices.errors import SealMissing
from stadtamt.notices.seal import SealCredentials


def keep_credentials(*, municipality: Municipality, credentials: SealCredentials) -> None:
    """Store the town's seal, encrypted with the installation's secret."""
    parts = [credentials.certificate, credentials.private_key, *credentials.chain]
    text = json.dumps([base64.b64encode(part).decode() for part in parts])
    municipality.seal_key = seal_secret(text.encode())
    municipality.save(update_fields=["seal_key"])


def credentials_of(municipality: Municipality) -> SealCredentials:
    """The town's seal. Raises SealMissing where the town has none."""
    if not municipality.seal_key:
        raise SealMissing
    return _open(bytes(municipality.seal_key))


@lru_cache(maxsize=2048)
def _open(sealed: bytes) -> SealCredentials:
    certificate, key, *chain = (base64.b64decode(part) for part in json.loads(open_secret(sealed)))
    return SealCredentials(certificate, key, tuple(chain))
