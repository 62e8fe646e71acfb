"""Secret links and codes: the token goes to its owner, only its digest stays in the database."""

from __future__ import annotations

import hashlib

from stadtamt.kernel.ids import readable_code

# 20 signs of five bits: 100 bits. Guessing is hopeless, and the code can still be copied from paper.
_GROUPS = 5
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", " ": None, "-": None, "–": None})


def new_token() -> str:
    """A fresh secret such as ``4F7K-2M9X-0A1B-7YQ3-KD5E``, safe in a URL."""
    return readable_code(groups=_GROUPS)


def as_issued(token: str) -> str:
    """A token as it was given out, from what a person copied from paper or typed in small letters."""
    signs = token.upper().translate(_MISREAD)
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def digest(token: str) -> str:
    """What is stored and looked up: the same for small letters, missing hyphens and signs misread on paper.

    The tokens are random, so a plain hash cannot be turned around.
    """
    return hashlib.sha256(token.upper().translate(_MISREAD).encode()).hexdigest()
