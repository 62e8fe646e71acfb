"""Values of parameters as an officer types them, and back. Pure: every text that cannot be is a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

# Unit of a period, as it is stored and as it is read.
UNITS = (("D", "Tage"), ("W", "Wochen"), ("M", "Monate"), ("Y", "Jahre"))
_ONE = {"D": "Tag", "W": "Woche", "M": "Monat", "Y": "Jahr"}
_MONEY = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,10})(?:,(\d{1,2}|[-–—]{1,2}))?", re.ASCII)
_WHOLE = re.compile(r"[-−]?\d{1,11}", re.ASCII)
_DATE = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4})", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PERIOD = re.compile(r"(\d{1,4}) ?([DWMY])", re.ASCII)
_SIMPLE = re.compile(r"P(\d+)([DWMY])", re.ASCII)
LONGEST = 4000


class Wrong(Exception):
    """What was typed is no value of its type; the text is the sentence for the officer."""


def read(kind: str, text: str, *, whole_numbers: bool = False) -> Any:
    """The value of what was typed; a text of blanks is never given here. Raises Wrong.

    A period is typed as number and unit (``14 D``). With `whole_numbers`, the lines of a list are numbers.
    """
    if kind == "list":
        return [_line(line, whole_numbers=whole_numbers) for line in text.splitlines() if line.strip()]
    return _READ.get(kind, _text)(text.strip())


def write(kind: str, value: Any) -> str:
    """The value as it stands in the input; the opposite of `read`."""
    if value is None:
        return ""
    if kind == "list":
        return "\n".join(str(entry) for entry in value)
    return _WRITE.get(kind, str)(value)


def in_words(kind: str, value: Any) -> str:
    """The value as it is read in a sentence."""
    if kind == "money" and isinstance(value, int):
        return f"{write(kind, value)} Euro"
    if kind == "period" and (match := _SIMPLE.fullmatch(str(value))):
        number, unit = match.groups()
        return f"{number} {_ONE[unit] if number == '1' else dict(UNITS)[unit]}"
    if kind == "boolean":
        return "Ja" if value else "Nein"
    if kind == "list":
        return ", ".join(map(str, value))
    return write(kind, value)


def is_simple_period(value: Any) -> bool:
    """Whether a period is a number and one unit; another one is shown as it is stored."""
    return isinstance(value, str) and bool(_SIMPLE.fullmatch(value))


def _money(text: str) -> int:
    bare = re.sub(r"\s|€|EUR|Euro", "", text)
    match = _MONEY.fullmatch(bare)
    if match is None:
        raise Wrong("Bitte schreiben Sie einen Betrag in Euro, zum Beispiel 120,00.")
    cents = match[2] if match[2] and match[2].isdigit() else "0"
    return int(match[1].replace(".", "")) * 100 + int(cents.ljust(2, "0"))


def _whole(text: str) -> int:
    bare = re.sub(r"\s", "", text)
    if not _WHOLE.fullmatch(bare):
        raise Wrong("Bitte schreiben Sie eine ganze Zahl, zum Beispiel 5.")
    return int(bare.replace("−", "-"))


def _date(text: str) -> str:
    if _ISO.fullmatch(text):
        year, month, day = text.split("-")
    elif match := _DATE.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise Wrong("Bitte schreiben Sie ein Datum, zum Beispiel 1.1.2027.")
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise Wrong("Diesen Tag gibt es nicht. Bitte schreiben Sie ein Datum, zum Beispiel 1.1.2027.") from None


def _period(text: str) -> str:
    if match := _PERIOD.fullmatch(text):
        return f"P{int(match[1])}{match[2]}"
    if text.startswith("P"):
        return text  # an unusual one, as it is stored; the package's own check looks at it
    raise Wrong("Bitte schreiben Sie eine Zahl und wählen Sie die Einheit.")


def _boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        raise Wrong("Bitte wählen Sie Ja oder Nein.")
    return text == "true"


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise Wrong(f"Der Text ist zu lang. Möglich sind {LONGEST} Zeichen.")
    return text.replace("\r\n", "\n")


def _line(line: str, *, whole_numbers: bool) -> int | str:
    return _whole(line.strip()) if whole_numbers else _text(line.strip())


def _write_money(cents: int) -> str:
    whole, rest = divmod(int(cents), 100)
    return f"{whole:,}".replace(",", ".") + f",{rest:02d}"


def _write_date(value: Any) -> str:
    year, month, day = str(value).split("-")
    return f"{int(day)}.{int(month)}.{year}"


def _write_period(value: Any) -> str:
    match = _SIMPLE.fullmatch(str(value))
    return f"{match[1]} {match[2]}" if match else str(value)


_READ: dict[str, Callable[[str], Any]] = {
    "money": _money,
    "integer": _whole,
    "date": _date,
    "period": _period,
    "boolean": _boolean,
}
_WRITE: dict[str, Callable[[Any], str]] = {
    "money": _write_money,
    "date": _write_date,
    "period": _write_period,
    "boolean": lambda value: "true" if value else "false",
}
