"""Fields of the form as the kit's partials want them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stadtamt.forms.schema import Field, Given, Situation, paths
from stadtamt.forms.wording import OPTIONAL

_ACCEPT = {"pdf": "application/pdf,.pdf", "jpeg": "image/jpeg,.jpg,.jpeg", "png": "image/png,.png"}
# No suggestions where the answer belongs to somebody else or to nobody's address book (TR-03172-3, A3.15.03).
_NO_AUTOCOMPLETE = "off"
# The kit's words for kinds of input; anything else is a line of text.
_CONTROLS = {"bool": "boolean", "num_int": "integer", "num": "number", "num_currency": "money", "text_latin": "name"}
FOLDED = 200
"""Help longer than this is folded, so that the question stays in sight."""
SEVERAL_LINES = 250
"""A text that may be longer than this gets an input of several lines."""
MOST_INPUTS = 20


def field_id(address: str) -> str:
    """The element's id; an error of the field jumps to it."""
    return address.replace(".", "-")


def field_view(
    situation: Situation, entry: Field, *, typed: Given | None, error: str, among: tuple[str, ...] = ()
) -> dict[str, Any]:
    """One field; after a refusal it shows what was typed, not what was stored.

    `among`: the codes of a code list among which the person is to choose.
    """
    raw = (typed.texts.get(entry.address) if typed else None) or None
    value = situation.value(entry)
    place = paths.parent(entry.address)
    label, hint = situation.words(entry.label, place), situation.words(entry.hint, place)
    view: dict[str, Any] = {
        "name": entry.address,
        "id": field_id(entry.address),
        "type": _control(entry),
        "label": label.removesuffix(OPTIONAL),
        "hint": hint if len(hint) <= FOLDED else "",
        "more_help": hint if len(hint) > FOLDED else "",
        "purpose": entry.purpose,
        # The label decides: a field that only some towns require says so in its words.
        "optional": label.endswith(OPTIONAL) and not entry.required,
        "error": error,
        "autocomplete": entry.autocomplete or _NO_AUTOCOMPLETE,
        "value": raw[0] if raw else ("" if value is None else _shown(value)),
        "content": entry.content,
        "rows": 4 if entry.type in {"text", "text_latin"} and entry.max_length > SEVERAL_LINES else 0,
    }
    return view | _more_of(situation, entry, value, raw, typed, among)


def _more_of(
    situation: Situation,
    entry: Field,
    value: Any,
    raw: list[str] | None,
    typed: Given | None,
    among: tuple[str, ...],
) -> dict[str, Any]:
    """What a kind of input needs besides."""
    if entry.type in {"date", "datetime"}:
        texts = typed.texts if typed else {}
        clock = str(value or "").partition("T")[2][:5]
        return {
            "parts": _date_parts(entry.address, str(value or "").partition("T")[0], texts),
            "clock": (texts.get(f"{entry.address}_time") or [clock])[0] if entry.type == "datetime" else None,
        }
    if entry.type == "bool":
        chosen = raw[0] if raw else {True: "true", False: "false"}.get(value, "")
        return {"choices": _choices(entry.address, [("true", "Ja", ""), ("false", "Nein", "")], [chosen])}
    if entry.code_list:
        return _code_list(situation, entry, value, raw, among)
    if entry.type == "select":
        offered = [(choice.value, choice.label, choice.hint) for choice in situation.choices(entry)]
        return {"choices": _choices(entry.address, offered, raw or (value if isinstance(value, list) else [value]))}
    if entry.type == "file":
        return _upload(entry, value or [])
    return {"inputs": _inputs(entry, value, raw, typed)} if entry.several else {}


def _control(entry: Field) -> str:
    """What the kit calls the input."""
    if entry.format:
        return entry.format
    if entry.type == "select":
        return "search" if entry.code_list else "choices" if entry.several else "choice"
    return _CONTROLS.get(entry.type, entry.type)


def _shown(value: Any) -> str:
    """A stored answer as somebody would have typed it."""
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _inputs(entry: Field, value: Any, raw: list[str] | None, typed: Given | None) -> list[dict[str, str]]:
    """The inputs of a field with several answers: those given, one more where it was asked for, at least one."""
    given = raw if raw is not None else [_shown(one) for one in value or []]
    texts = [text for text in given if text] or [""]
    if (typed is not None and f"more:{entry.address}" in typed.texts and texts[-1]) or len(texts) < entry.least:
        texts += [""] * max(1, entry.least - len(texts))
    return [
        {"value": text, "id": field_id(entry.address) if number == 0 else f"{field_id(entry.address)}-{number + 1}"}
        for number, text in enumerate(texts[: entry.most or MOST_INPUTS])
    ]


def _code_list(
    situation: Situation, entry: Field, value: Any, raw: list[str] | None, among: tuple[str, ...]
) -> dict[str, Any]:
    """A line to type in with all names to help, and after something unclear the likeliest entries to choose from."""
    labels = {choice.value: choice.label for choice in situation.choices(entry)}
    stored = value if isinstance(value, list) else [value]
    given = raw if raw is not None else [labels.get(one, str(one)) for one in stored if one not in (None, "")]
    shown = {"value": given[0] if given else "", "options": list(labels.values())}
    if among:
        offered = [(code, labels[code], "") for code in among]
        return {**shown, "choices": _choices(entry.address, offered, [])}
    if entry.several:
        return {**shown, "inputs": _inputs(entry, None, given, None)}
    return shown


def _date_parts(address: str, value: str, texts: Mapping[str, list[str]]) -> dict[str, str]:
    if any(texts.get(f"{address}_{part}", [""])[0] for part in ("day", "month", "year")):
        return {part: texts.get(f"{address}_{part}", [""])[0] for part in ("day", "month", "year")}
    if not value:
        return {"day": "", "month": "", "year": ""}
    year, month, day = value.split("-")
    return {"day": str(int(day)), "month": str(int(month)), "year": year}


def _choices(address: str, offered: list[tuple[str, str, str]], chosen: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "value": value,
            "label": label,
            "hint": hint,
            "selected": value in chosen,
            # The first control carries the field's id, so that an error can jump to it.
            "id": field_id(address) if number == 0 else f"{field_id(address)}-{number + 1}",
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
