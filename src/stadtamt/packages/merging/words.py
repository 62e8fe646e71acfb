"""Values in the sentences of a preview."""

from __future__ import annotations

import json
import re
from typing import Any

from stadtamt.kernel.money import euros

LONGEST = 160
_UNITS = {"D": ("Tag", "Tage"), "W": ("Woche", "Wochen"), "M": ("Monat", "Monate"), "Y": ("Jahr", "Jahre")}


def shown(value: Any, kind: str = "") -> str:
    """A value for a person who compares: money in euros, texts in quotation marks, long things cut."""
    if value is None or value in ([], ""):
        return "(leer)"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if kind == "money" and isinstance(value, int):
        return euros(value)
    if isinstance(value, str):
        told = {"period": _period, "date": _day}.get(kind, _quoted)
        return told(value)
    if isinstance(value, list | tuple | dict):
        return _cut(json.dumps(value, ensure_ascii=False, default=str))
    return str(value)


def _quoted(text: str) -> str:
    return f"„{_cut(text)}“"


def _period(text: str) -> str:
    """„P4W“ is „4 Wochen“; what has more than one part stays as it is written."""
    found = re.fullmatch(r"P([0-9]+)([DWMY])", text)
    if found is None:
        return _quoted(text)
    one, many = _UNITS[found[2]]
    return f"{found[1]} {one if found[1] == '1' else many}"


def _day(text: str) -> str:
    return _quoted(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is None else "{2}.{1}.{0}".format(*text.split("-"))


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
