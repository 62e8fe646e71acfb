"""Reads one field of a form. The short names of types stand for types of XDatenfelder with a format."""

from __future__ import annotations

import re
from typing import Any

from stadtamt.forms.schema import reading
from stadtamt.forms.schema.errors import FormProblem
from stadtamt.forms.schema.model import TYPES, UNASKED, Choice, Field

SHORT = {
    "name": ("text_latin", ""),
    "email": ("text", "email"),
    "postcode": ("text", "postcode"),
    "integer": ("num_int", ""),
    "boolean": ("bool", ""),
    "choice": ("select", ""),
    "choices": ("select", ""),
}
FIELD_TYPES = TYPES | SHORT.keys()
"""What may stand as ``type`` in a form."""
UPLOAD_KINDS = ("pdf", "jpeg", "png")
MAX_UPLOAD_BYTES = 8 * 1024 * 1024
MAX_PATTERN = 300
KEYS = frozenset(
    {
        *("id", "label", "type", "required", "hint", "purpose", "when", "max_length", "min", "max"),
        *("choices", "choices_from", "autocomplete", "accept", "max_bytes", "used_by"),
        *("count", "min_length", "pattern", "code_list", "basis", "output", "content"),
    }
)
_CHOICE_KEYS = frozenset({"value", "label", "hint"})


def read_field(group: str, path: str, data: Any) -> Field:
    """The field in the group with this path. Raises FormProblem."""
    place = reading.place_of(group, data)
    reading.known(place, data, KEYS)
    written = reading.text(place, data, "type")
    if written not in FIELD_TYPES:
        raise FormProblem(place, f"Den Feldtyp „{written}“ gibt es nicht. Möglich: {', '.join(sorted(FIELD_TYPES))}.")
    kind, form = SHORT.get(written, (written, ""))
    limit = reading.number if kind in {"num", "num_currency"} else reading.whole_number
    choices = tuple(_choice(place, item) for item in reading.maybe_listed(place, data, "choices"))
    source = reading.condition(place, data, "choices_from")
    code_list = str(data.get("code_list") or "")
    if kind == "select" and not choices and source is None and not code_list:
        raise FormProblem(place, "Ein Auswahlfeld braucht „choices“, „choices_from“ oder „code_list“.")
    least, most = _often(place, data, kind, written)
    return Field(
        id=reading.identifier(place, data),
        group=path,
        type=kind,
        label=reading.template(place, data, "label"),
        least=least,
        most=most,
        format=form,
        hint=reading.optional_template(place, data, "hint"),
        purpose=str(data.get("purpose", "")),
        basis=reading.basis(place, data),
        output=str(data.get("output") or ""),
        when=reading.condition(place, data, "when"),
        min_length=reading.whole(place, data, "min_length") or 0,
        max_length=reading.whole(place, data, "max_length") or (120 if written in {"name", "text"} else 200),
        minimum=limit(place, data, "min"),
        maximum=limit(place, data, "max"),
        pattern=_pattern(place, data),
        choices=choices,
        choices_from=source,
        code_list=code_list,
        content=str(data.get("content") or ""),
        autocomplete=str(data.get("autocomplete", "")),
        accept=_accept(place, data) if kind == "file" else (),
        max_bytes=min(reading.whole(place, data, "max_bytes") or MAX_UPLOAD_BYTES, MAX_UPLOAD_BYTES)
        if kind == "file"
        else 0,
    )


def _often(place: str, data: dict[str, Any], kind: str, written: str) -> tuple[int, int | None]:
    """How often a field is answered. Without a count: once, files and the short type choices any number of times."""
    counted = reading.count(place, data)
    required = reading.flag(place, data, "required", default=True)
    if kind in UNASKED:
        return 0, 1
    if counted is not None:
        if "required" in data:
            raise FormProblem(place, "„count“ sagt schon, ob das Feld nötig ist; „required“ entfällt.")
        return counted
    return int(required), None if kind == "file" or written == "choices" else 1


def _pattern(place: str, data: dict[str, Any]) -> str:
    pattern = data.get("pattern") or ""
    if not isinstance(pattern, str) or len(pattern) > MAX_PATTERN:
        raise FormProblem(place, "„pattern“ ist ein regulärer Ausdruck von höchstens 300 Zeichen.")
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        raise FormProblem(place, "„pattern“ ist kein regulärer Ausdruck.") from None
    if is_unsafe(pattern):
        raise FormProblem(place, "„pattern“ könnte endlos rechnen: Wiederholtes darf nicht nochmals wiederholt werden.")
    return pattern


def is_unsafe(pattern: str) -> bool:
    """Whether a pattern could take time that grows faster than the text: the question is answered with care."""
    bare = re.sub(r"\\.|\[\^?\]?[^\]]*\]", "x", pattern)
    return bool(re.search(r"\\[1-9]|\(\?", pattern) or re.search(r"\([^()]*[+*{|][^()]*\)(?:[+*]|\{\d*,)", bare))


def _choice(place: str, data: Any) -> Choice:
    reading.known(place, data, _CHOICE_KEYS)
    value = data.get("value")
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise FormProblem(place, "Eine Auswahl braucht „value“ als Text in Anführungszeichen.")
    return Choice(value=str(value), label=reading.text(place, data, "label"), hint=str(data.get("hint") or ""))


def _accept(place: str, data: dict[str, Any]) -> tuple[str, ...]:
    """The kinds of file; only what can be inspected may be asked for."""
    kinds = tuple(reading.maybe_listed(place, data, "accept")) or UPLOAD_KINDS
    for kind in kinds:
        if kind not in UPLOAD_KINDS:
            raise FormProblem(place, f"Die Dateiart „{kind}“ gibt es nicht. Möglich sind: {', '.join(UPLOAD_KINDS)}.")
    return kinds
