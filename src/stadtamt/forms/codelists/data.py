"""A code list as data that can be put into a form: codes and names, and what deciding and finding need of the rest.

{"uri", "version", "name", "entries": [[code, name], …]} and, only where there is something to say, "version_uri",
"agency", "source", "valid": [from, to], "also": {code: [other name, …]}, "periods": {code: [from, to]}. Days are
written 2024-08-01, an open end is "". The other columns of the file are not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from stadtamt.forms.codelists.model import MAX_CODE, MAX_ENTRIES, MAX_NAME, CodeList, CodeListRefused, Entry

_TEXTS = ("uri", "version", "version_uri", "name", "agency", "source")
_NEEDED = ("uri", "version", "name")


def to_data(code_list: CodeList) -> dict[str, Any]:
    texts = {key: getattr(code_list, key) for key in _TEXTS}
    data: dict[str, Any] = {key: text for key, text in texts.items() if text or key in _NEEDED}
    data["entries"] = [[entry.code, entry.name] for entry in code_list.entries]
    data["valid"] = _written(code_list.valid_from, code_list.valid_to)
    data["also"] = {entry.code: list(entry.also) for entry in code_list.entries if entry.also}
    periods = {entry.code: _written(entry.valid_from, entry.valid_to) for entry in code_list.entries}
    data["periods"] = {code: period for code, period in periods.items() if period}
    return {key: value for key, value in data.items() if value or key in (*_NEEDED, "entries")}


def from_data(data: Any) -> CodeList:
    """The list again; CodeListRefused for what :func:`to_data` would not have written."""
    if not isinstance(data, Mapping):
        raise CodeListRefused
    texts = {key: _text(data.get(key, ""), MAX_NAME) for key in _TEXTS}
    pairs = data.get("entries")
    also, periods = (_mapping(data.get(key, {})) for key in ("also", "periods"))
    if not texts["uri"] or not isinstance(pairs, list | tuple) or len(pairs) > MAX_ENTRIES:
        raise CodeListRefused
    entries: dict[str, Entry] = {}
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise CodeListRefused
        code, name = _text(pair[0], MAX_CODE), _text(pair[1], MAX_NAME)
        if not code or code in entries:
            raise CodeListRefused(f"Der Code „{code}“ ist leer oder steht zweimal in der Codeliste.")
        valid_from, valid_to = _read(periods.get(code, ()))
        entries[code] = Entry(code, name, valid_from, valid_to, _texts(also.get(code, ())))
    valid_from, valid_to = _read(data.get("valid", ()))
    return CodeList(
        uri=texts["uri"],
        version=texts["version"],
        version_uri=texts["version_uri"],
        name=texts["name"],
        agency=texts["agency"],
        valid_from=valid_from,
        valid_to=valid_to,
        entries=tuple(entries.values()),
        source=texts["source"],
    )


def _written(valid_from: date | None, valid_to: date | None) -> list[str]:
    if valid_from is None and valid_to is None:
        return []
    return [day.isoformat() if day else "" for day in (valid_from, valid_to)]


def _read(days: Any) -> tuple[date | None, date | None]:
    if not days:
        return None, None
    texts = _texts(days)
    try:
        begin, end = (date.fromisoformat(text) if text else None for text in texts)
    except ValueError as fault:
        raise CodeListRefused("Ein Datum der Codeliste ist nicht lesbar.") from fault
    return begin, end


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or len(values) > 100:
        raise CodeListRefused
    return tuple(_text(value, MAX_NAME) for value in values)


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise CodeListRefused
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CodeListRefused
    return value
