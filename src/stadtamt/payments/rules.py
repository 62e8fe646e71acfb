"""Pure rules of the room."""

from __future__ import annotations


def creditor_reference(text: str) -> str:
    """The ISO 11649 reference (``RF`` and two check digits) for a number such as ``2026-4F7K-2M9X``.

    At most 21 letters and digits remain after the check digits.
    """
    body = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())[:21]
    digits = "".join(str(int(sign, 36)) for sign in f"{body}RF00")
    return f"RF{98 - int(digits) % 97:02d}{body}"
