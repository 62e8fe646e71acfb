"""Secret links: the token goes to its owner, only its digest stays in the database."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 20  # 160 bits; guessing is hopeless and the link still fits on one line


def new_token() -> str:
    """A fresh secret for a link, safe in a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is stored and looked up. The tokens are random, so a plain hash cannot be turned around."""
    return hashlib.sha256(token.encode()).hexdigest()
