"""One field of XDatenfelder as a field of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from stadtamt.forms.schema.field_reader import MAX_PATTERN, is_unsafe
from stadtamt.forms.xdatenfelder.model import Common, Field, Precision, Structure

_OPTIONAL = " (freiwillig)"
LONG_TEXT = 250
MAX_HELP = 4_000
MAX_TEXT = 10_000
MOST_COUNTED = 9_999
_FOREIGN = re.compile(r"\[\^?\[|\[[^\]]*(?:--|&&|~~|\|\|)")  # [[:alpha:]], [a-z--[aeiou]]: sets of other tongues
# Elements of the shared building blocks that a browser knows from the address book (WCAG 1.3.5).
_AUTOCOMPLETE = {
    "F60000000227": "family-name",
    "F60000000228": "given-name",
    "F60000000240": "tel",
    "F60000000242": "email",
    "F60000000246": "postal-code",
    "F60000000247": "address-level2",
}
_KINDS = {"application/pdf": "pdf", "image/jpeg": "jpeg", "image/jpg": "jpeg", "image/png": "png"}
_TYPES = {"obj": "file"}


def field_data(
    part: Structure, entry: Field, lists: Mapping[str, dict[str, Any]]
) -> tuple[dict[str, Any] | None, list[str]]:
    """The field as data of a form, None where there is nothing to ask or to carry; and sentences about losses."""
    noticed: list[str] = []
    label = called(entry.common)
    data: dict[str, Any] = {"id": entry.id, "label": label, "type": _TYPES.get(entry.type, entry.type)}
    if help_ := brief(entry.common.help_in):
        data["hint"] = help_
    if (output := _line(entry.common.label_out)) and output != _line(entry.common.label_in):
        data["output"] = output
    if entry.kind == "label":
        data |= {"type": "label", "content": _line_breaks(entry.content) or label.replace("{{", "{").replace("}}", "}")}
        return data, noticed
    if entry.kind in {"hidden", "locked"}:
        if not entry.content.strip():
            return None, [f"Das Feld {entry.id} „{_line(entry.common.name)}“ ist gesperrt und leer; es entfällt."]
        data |= {"type": entry.kind, "content": entry.content.strip()}
        return data, noticed
    if not part.least:
        data["label"] = label if label.endswith(_OPTIONAL) else label + _OPTIONAL
    data["count"] = often(part)
    if entry.kind == "select":
        noticed += _select(entry, data, lists)
    if entry.id in _AUTOCOMPLETE:
        data["autocomplete"] = _AUTOCOMPLETE[entry.id]
    if data["type"] == "file":
        noticed += _file(entry, data)
    else:
        noticed += _limits(entry, data)
    return data, noticed


def called(common: Common) -> str:
    """How an element is headed, as words for a template; one without any name by its id."""
    return brief(common.label_in) or brief(common.name) or common.identity.id


def often(part: Structure) -> str:
    """``1:*``; more often than a form counts is any number of times."""
    many = part.most is None or part.most > MOST_COUNTED
    return f"{min(part.least, MOST_COUNTED)}:{'*' if many else part.most}"


def weight(entry: Mapping[str, Any]) -> int:
    """How much room a field takes on a page; a shown text takes none of its own."""
    if entry["type"] in {"label", "hidden", "locked"}:
        return 0
    choices = len(entry.get("choices", ()))
    long = entry.get("max_length", 0) > LONG_TEXT or len(entry.get("hint", "")) > LONG_TEXT or choices > 6
    return 2 if entry["type"] == "file" or long else 1


def brief(text: str) -> str:
    """Words for a template: braces doubled, blanks trimmed, paragraphs kept."""
    return _line_breaks(text)[:MAX_HELP].replace("{", "{{").replace("}", "}}")


def _select(entry: Field, data: dict[str, Any], lists: Mapping[str, dict[str, Any]]) -> list[str]:
    """The answers to choose from: values of the field, or a code list; without either it is typed."""
    name = _line(entry.common.name)
    if entry.values:
        data["type"] = "select"
        seen: dict[str, dict[str, str]] = {}
        for value in entry.values:
            choice = {"value": value.code, "label": _line(value.name) or value.code}
            seen.setdefault(value.code, choice | ({"hint": _line(value.help)} if value.help.strip() else {}))
        data["choices"] = list(seen.values())
        return []
    uri = entry.code_list.uri if entry.code_list else ""
    if uri in lists:
        data |= {"type": "select", "code_list": uri}
        return []
    data |= {"type": "text", "max_length": LONG_TEXT // 2}
    missing = f"die Codeliste {uri} fehlt" if uri else "es hat weder Werte noch eine Codeliste"
    return [f"Das Auswahlfeld {entry.id} „{name}“ wird als Text gefragt: {missing}."]


def _file(entry: Field, data: dict[str, Any]) -> list[str]:
    kinds = list(dict.fromkeys(_KINDS[one] for one in entry.media_types if one in _KINDS))
    if kinds:
        data["accept"] = kinds
    if entry.max_size:
        data["max_bytes"] = max(1, entry.max_size)
    left = [one for one in entry.media_types if one not in _KINDS]
    return [f"Das Feld {entry.id}: Dateien der Art {', '.join(left)} nehmen wir nicht an."] if left else []


def _limits(entry: Field, data: dict[str, Any]) -> list[str]:
    limits = entry.precision or Precision()
    if data["type"] in {"text", "text_latin"}:
        noticed = _lengths(entry, limits, data)
        return noticed + (_pattern(entry, limits.pattern, data) if limits.pattern else [])
    return _bounds(entry, limits, data) if data["type"] in {"num", "num_int", "num_currency"} else []


def _lengths(entry: Field, limits: Precision, data: dict[str, Any]) -> list[str]:
    least, most = limits.min_length or 0, limits.max_length or 0
    data["max_length"] = min(most or max(LONG_TEXT, 2 * least), MAX_TEXT)
    if least > data["max_length"]:
        return [f"Das Feld {entry.id}: Die Mindestlänge ist größer als die Höchstlänge und wird nicht geprüft."]
    if least > 1:
        data["min_length"] = least
    return []


def _bounds(entry: Field, limits: Precision, data: dict[str, Any]) -> list[str]:
    """The smallest and the largest number; of whole numbers those within the limits."""
    whole = data["type"] == "num_int"
    found = {
        key: _plain(value.to_integral_value(rounding) if whole else value)
        for key, value, rounding in (("min", limits.min_value, ROUND_CEILING), ("max", limits.max_value, ROUND_FLOOR))
        if value is not None and abs(value) <= 10**15
    }
    if len(found) == 2 and found["min"] > found["max"]:
        return [f"Das Feld {entry.id}: Zwischen den Grenzen liegt keine Zahl; sie werden nicht geprüft."]
    data |= found
    return []


def _pattern(entry: Field, pattern: str, data: dict[str, Any]) -> list[str]:
    """A pattern that is understood as it was meant, and soon checked; else it is left out."""
    if len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/"):
        pattern = pattern[1:-1]
    try:
        foreign = bool(_FOREIGN.search(pattern)) or not re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        foreign = True
    if foreign:
        return [f"Das Feld {entry.id}: Das Muster „{pattern[:60]}“ verstehen wir nicht; es wird nicht geprüft."]
    if len(pattern) > MAX_PATTERN or is_unsafe(pattern):
        return [f"Das Feld {entry.id}: Das Muster „{pattern[:60]}“ wird nicht geprüft, es könnte endlos rechnen."]
    data["pattern"] = pattern
    return []


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _line(text: str) -> str:
    return " ".join(text.split())


def _line_breaks(text: str) -> str:
    """Paragraphs and lines as they are, without blanks at their ends."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
