"""Fields of the form as the kit's partials want them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stadtamt.forms.schema import Field, Given, Situation, paths
from stadtamt.forms.schema.model import Basis
from stadtamt.forms.schema.typed_codes import first_unclear, name_of
from stadtamt.forms.wording import OPTIONAL

_ACCEPT = {"pdf": "application/pdf,.pdf", "jpeg": "image/jpeg,.jpg,.jpeg", "png": "image/png,.png"}
# No suggestions where the answer belongs to somebody else or to nobody's address book (TR-03172-3, A3.15.03).
_NO_AUTOCOMPLETE = "off"
# The kit's words for kinds of input; anything else is a line of text.
_CONTROLS = {"bool": "boolean", "num_int": "integer", "num": "number", "num_currency": "money", "text_latin": "name"}
_EXAMPLES = {
    ("time", False): "Zum Beispiel 14:30",
    ("time", True): "Zum Beispiel 14:30",
    ("date", True): "Zum Beispiel 9.5.2026",
    ("datetime", True): "Zum Beispiel 9.5.2026 14:30",
}
_SEARCH = "Schreiben Sie den Anfang oder ein Wort. Bei mehreren Treffern wählen Sie danach aus."
SHORT_LIST = 12
FOLDED = 200
"""Help longer than this is folded, so that the question stays in sight."""
SEVERAL_LINES = 250
"""A text that may be longer than this gets an input of several lines."""
MOST_INPUTS = 20
MOST_SUGGESTED = 400
"""Of a longer code list no names are sent along: the page would weigh more than all others together."""
AMONG, ANEW, WAS = "among:", "anew:", "was:"
"""Names of what a code list sends when it asks back: the chosen code, another text, and the text that was unclear."""


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
    label = situation.words(entry.label, place)
    hint = situation.words(entry.hint, place) or _EXAMPLES.get((entry.type, entry.several), "")
    view: dict[str, Any] = {
        "name": entry.address,
        "id": field_id(entry.address),
        "type": _control(situation, entry),
        "label": label.removesuffix(OPTIONAL),
        "hint": hint if len(hint) <= FOLDED else "",
        "more_help": hint if len(hint) > FOLDED else "",
        "purpose": entry.purpose,
        "basis": basis_view(entry.basis),
        # The label decides: a field that only some towns require says so in its words.
        "optional": label.endswith(OPTIONAL) and not entry.required,
        "error": error,
        "autocomplete": entry.autocomplete or _NO_AUTOCOMPLETE,
        "value": raw[0] if raw else ("" if value is None else _shown(entry, value)),
        "content": entry.content,
        "rows": 4 if entry.type in {"text", "text_latin"} and entry.max_length > SEVERAL_LINES else 0,
    }
    return view | _more_of(situation, entry, value, raw, typed, among)


def is_shown(entry: Field) -> bool:
    """Whether a page has anything to show of it: what carries a fixed content unseen is left out."""
    return entry.asked or entry.type in {"label", "locked"}


def basis_view(basis: tuple[Basis, ...]) -> list[dict[str, str]]:
    """Legal bases; only links into the web are links."""
    return [
        {"text": one.text, "link": one.link if one.link.startswith(("https://", "http://")) else ""} for one in basis
    ]


def reasons(views: list[dict[str, Any]], basis: tuple[Basis, ...] = ()) -> dict[str, Any]:
    """Why the page asks, and on what law; the same law is named once."""
    laws = [*basis_view(basis), *(law for view in views for law in view["basis"])]
    return {
        "why": [{"label": view["label"], "text": view["purpose"]} for view in views if view["purpose"]],
        "laws": [law for number, law in enumerate(laws) if law not in laws[:number]],
    }


def with_choices(entry: Field, texts: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What a code list sent when it asked back, put in the place of the text that was unclear."""
    unclear = (texts.get(f"{WAS}{entry.address}") or [""])[0]
    if not unclear:
        return {}
    anew = (texts.get(f"{ANEW}{entry.address}") or [""])[0].strip()
    chosen = texts.get(f"{AMONG}{entry.address}")
    meant = anew or (chosen[0] if chosen else unclear)
    others = texts.get(entry.address) or []
    return {entry.address: [text for text in (*others, meant) if text] or [""]}


def _more_of(
    situation: Situation,
    entry: Field,
    value: Any,
    raw: list[str] | None,
    typed: Given | None,
    among: tuple[str, ...],
) -> dict[str, Any]:
    """What a kind of input needs besides."""
    if entry.code_list and not _is_short(situation, entry):
        return _code_list(situation, entry, value, raw, typed, among)
    if entry.type in {"bool", "select"}:
        chosen = raw or [_YES_NO.get(one, one) for one in _listed(value)]
        return {"choices": _choices(entry.address, _offered(situation, entry), chosen)}
    if entry.type == "file":
        return _upload(entry, value or [])
    if entry.several and entry.asked:
        given = raw if raw is not None else [_shown(entry, one) for one in _listed(value)]
        return _inputs(entry, given, typed)
    if entry.type in {"date", "datetime"}:
        texts = typed.texts if typed else {}
        day, _, clock = str(value or "").partition("T")
        return {
            "parts": _date_parts(entry.address, day, texts),
            "clock": (texts.get(f"{entry.address}_time") or [clock[:5]])[0],
        }
    return {}


_YES_NO = {True: "true", False: "false"}


def _offered(situation: Situation, entry: Field) -> list[tuple[str, str, str]]:
    if entry.type == "bool":
        return [("true", "Ja", ""), ("false", "Nein", "")]
    return [(choice.value, choice.label, choice.hint) for choice in situation.choices(entry)]


def _listed(value: Any) -> list[Any]:
    found = value if isinstance(value, list) else [value]
    return [one for one in found if one not in (None, "")]


def _is_short(situation: Situation, entry: Field) -> bool:
    """Whether a code list is so short that all of it is shown."""
    return len(situation.code_list(entry)) <= SHORT_LIST


def _control(situation: Situation, entry: Field) -> str:
    """What the kit calls the input."""
    if entry.format:
        return entry.format
    if entry.type == "select":
        searched = entry.code_list and not _is_short(situation, entry)
        return "search" if searched else "choices" if entry.several else "choice"
    return _CONTROLS.get(entry.type, entry.type)


def _shown(entry: Field, value: Any) -> str:
    """A stored answer as somebody would have typed it."""
    if isinstance(value, float):
        text = f"{value:.2f}" if entry.type == "num_currency" else str(value)
        return text.replace(".", ",")
    text = str(value)
    if entry.type in {"date", "datetime"} and text[:4].isdigit():
        day, _, clock = text.partition("T")
        year, month, number = day.split("-")
        return f"{int(number)}.{int(month)}.{year} {clock[:5]}".strip()
    return text[:5] if entry.type == "time" else text


def _inputs(entry: Field, given: list[str], typed: Given | None) -> dict[str, Any]:
    """The inputs of a field with several answers: those given, one more where it was asked for, at least one."""
    most = entry.most or MOST_INPUTS
    texts = [text for text in given if text]
    wanted = typed is not None and f"more:{entry.address}" in typed.texts
    many = min(max(len(given) + 1 if wanted else len(texts), entry.least, 1), most)
    shown = (texts + [""] * many)[:many]
    first = field_id(entry.address)
    return {
        "inputs": [
            {
                "value": text,
                "id": first if number == 0 else f"{first}-{number + 1}",
                "focus": wanted and not text and number == many - 1,
            }
            for number, text in enumerate(shown)
        ],
        "may_add": many < most,
    }


def _code_list(
    situation: Situation,
    entry: Field,
    value: Any,
    raw: list[str] | None,
    typed: Given | None,
    among: tuple[str, ...],
) -> dict[str, Any]:
    """A line to type in with the names to help, and after something unclear the likeliest entries to choose from."""
    given = raw if raw is not None else [str(one) for one in _listed(value)]
    names = [name_of(situation, entry, text) for text in given if text]
    listed = situation.code_list(entry)
    options = [one.name for one in listed] if len(listed) <= MOST_SUGGESTED else []
    shown: dict[str, Any] = {"value": names[0] if names else "", "options": options}
    if among:
        unclear = first_unclear(situation, entry, given)
        offered = [(code, name_of(situation, entry, code), "") for code in among]
        others = [name_of(situation, entry, text) for text in given if text and text != unclear]
        first = field_id(entry.address)
        return {
            **shown,
            "unsure": unclear,
            "choices": _choices(entry.address, offered, []),
            "others": [{"value": text, "id": f"{first}-auch-{n}"} for n, text in enumerate(others, 1)],
        }
    if not entry.several:
        return shown
    hint = situation.words(entry.hint, paths.parent(entry.address))
    said = {"hint": f"{hint} {_SEARCH}".strip()} if len(hint) <= FOLDED else {"hint": _SEARCH}
    return shown | said | _inputs(entry, names, typed)


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
        "multiple": entry.several,
        "most": entry.most if entry.several else None,
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
