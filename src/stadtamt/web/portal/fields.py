"""Fields of the form as the kit's partials want them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stadtamt.forms.schema import Field, Given, Situation
from stadtamt.forms.wording import OPTIONAL

_ACCEPT = {"pdf": "application/pdf,.pdf", "jpeg": "image/jpeg,.jpg,.jpeg", "png": "image/png,.png"}
# No suggestions where the answer belongs to somebody else or to nobody's address book (TR-03172-3, A3.15.03).
_NO_AUTOCOMPLETE = "off"


def field_id(path: str) -> str:
    """The element's id; an error of the field jumps to it."""
    return path.replace(".", "-")


def field_view(situation: Situation, entry: Field, *, typed: Given | None, error: str) -> dict[str, Any]:
    """One field; after a refusal it shows what was typed, not what was stored."""
    raw = (typed.texts.get(entry.path) if typed else None) or None
    value = situation.value(entry)
    label = situation.words(entry.label)
    view: dict[str, Any] = {
        "name": entry.path,
        "id": field_id(entry.path),
        "type": entry.type,
        "label": label.removesuffix(OPTIONAL),
        "hint": situation.words(entry.hint),
        "purpose": entry.purpose,
        # The label decides: a field that only some towns require says so in its words.
        "optional": label.endswith(OPTIONAL),
        "error": error,
        "autocomplete": entry.autocomplete or _NO_AUTOCOMPLETE,
        "value": raw[0] if raw else ("" if value is None else value),
    }
    if entry.type == "date":
        view["parts"] = _date_parts(entry.path, value, typed.texts if typed else {})
    elif entry.type == "boolean":
        chosen = raw[0] if raw else {True: "true", False: "false"}.get(value, "")
        view["choices"] = _choices(entry.path, [("true", "Ja", ""), ("false", "Nein", "")], [chosen])
    elif entry.type in {"choice", "choices"}:
        offered = [(choice.value, choice.label, choice.hint) for choice in situation.choices(entry)]
        chosen_values = raw or (value if isinstance(value, list) else [value])
        view["choices"] = _choices(entry.path, offered, chosen_values)
    elif entry.type == "file":
        view |= _upload(entry, value or [])
    return view


def _date_parts(path: str, value: Any, texts: Mapping[str, list[str]]) -> dict[str, str]:
    if any(texts.get(f"{path}_{part}", [""])[0] for part in ("day", "month", "year")):
        return {part: texts.get(f"{path}_{part}", [""])[0] for part in ("day", "month", "year")}
    if not value:
        return {"day": "", "month": "", "year": ""}
    year, month, day = str(value).split("-")
    return {"day": str(int(day)), "month": str(int(month)), "year": year}


def _choices(path: str, offered: list[tuple[str, str, str]], chosen: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "value": value,
            "label": label,
            "hint": hint,
            "selected": value in chosen,
            # The first control carries the field's id, so that an error can jump to it.
            "id": field_id(path) if number == 0 else f"{field_id(path)}-{number + 1}",
        }
        for number, (value, label, hint) in enumerate(offered)
    ]


def _upload(entry: Field, files: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "value": "",
        "accept": ",".join(_ACCEPT[kind] for kind in entry.accept),
        "max_size_text": f"{entry.max_bytes // (1024 * 1024)} MB",
        "uploads": [
            {
                "name": file["name"],
                "size_text": f"{max(1, file.get('size', 0) // 1000)} KB",
                "remove_name": f"remove:{file.get('id', '')}",
            }
            for file in files
        ],
    }
