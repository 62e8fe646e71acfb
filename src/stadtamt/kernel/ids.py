"""Identifiers: UUID version 7, so that rows made one after the other lie side by side in the index."""

from __future__ import annotations

import os
import secrets
import time
import uuid

# Crockford's alphabet without the letters that are misread on paper or over the telephone (I, L, O, U).
_READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    stamp = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = (stamp & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (random >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | random & (1 << 62) - 1
    return uuid.UUID(int=value)


def readable_code(groups: int = 2, length: int = 4) -> str:
    """A random code for people to read out, such as ``4F7K-2M9X``; five bits a character."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(length)) for _ in range(groups))
