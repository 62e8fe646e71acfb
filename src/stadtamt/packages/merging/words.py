"""Values in the sentences of a preview."""

from __future__ import annotations

import json
from typing import Any

from stadtamt.kernel.money import euros

LONGEST = 160


def shown(value: Any, kind: str = "") -> str:
    """A value for a person who compares: money in euros, texts in quotation marks, long things cut."""
    if value is None or value in ([], ""):
        return "(leer)"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if kind == "money" and isinstance(value, int):
        return euros(value)
    if isinstance(value, str):
        return f"„{_cut(value)}“"
    if isinstance(value, list | tuple | dict):
        return _cut(json.dumps(value, ensure_ascii=False, default=str))
    return str(value)


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
