"""What people type, read with patience: spaces, hyphens, pasted text, dates in several ways of writing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from stadtamt.forms.schema.din91379 import foreign_signs, unprintable_signs
from stadtamt.forms.schema.model import Field
from stadtamt.forms.schema.review import Situation

# What the mail's own header would read as a comment, a group, a route or an encoded word is no part of an address.
_ATOM = r"[^@\s,;:<>()\[\]\\\".]+"
_MAIL = re.compile(rf"(?!=\?)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:[\w-]+\.)+[\w-]{{2,}}")
_DATE = re.compile(r"(\d{1,2})\s*[.\-/ ]\s*(\d{1,2})\s*[.\-/ ]\s*(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")
# Bringing a long run of combining signs into NFC takes time that grows with the square of its length.
LONGEST = 2_000
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

Texts = Mapping[str, list[str]]


class AnswerRefused(Exception):
    """The answer cannot be taken; the text is the sentence for the person who typed it."""


def parse(entry: Field, situation: Situation, texts: Texts) -> Any:
    """The stored form of the answer; None when nothing was entered and nothing is required."""
    value = _READERS[entry.type](entry, situation, texts)
    if value in (None, "", []) and entry.required:
        raise AnswerRefused(_missing(entry, situation))
    return value if value != "" else None


def _missing(entry: Field, situation: Situation) -> str:
    label = situation.words(entry.label).rstrip("?:.")
    if entry.type in {"choice", "boolean"}:
        return f"Bitte wählen Sie eine Antwort aus: {label}."
    if entry.type == "choices":
        return f"Bitte wählen Sie mindestens eine Antwort aus: {label}."
    return f"Bitte füllen Sie dieses Feld aus: {label}."


def clean(text: str) -> str:
    """One line in NFC without signs that cannot be seen; several spaces become one."""
    text = unicodedata.normalize("NFC", text).replace("\t", " ").replace("\n", " ").replace("\r", " ")
    visible = "".join(sign for sign in text if unicodedata.category(sign) not in _INVISIBLE)
    return " ".join(visible.split())


def _one(entry: Field, texts: Texts, part: str = "") -> str:
    text = (texts.get(f"{entry.path}{part}") or [""])[0]
    if len(text) > max(LONGEST, 4 * entry.max_length):
        raise AnswerRefused(f"Das ist zu lang. Bitte kürzen Sie auf höchstens {entry.max_length} Zeichen.")
    return clean(text)


def _short_enough(entry: Field, text: str) -> str:
    if len(text) > entry.max_length:
        raise AnswerRefused(f"Das ist zu lang. Bitte kürzen Sie auf höchstens {entry.max_length} Zeichen.")
    return text


def _read_text(entry: Field, situation: Situation, texts: Texts) -> str:
    text = _short_enough(entry, _one(entry, texts))
    if foreign := unprintable_signs(text):
        raise AnswerRefused(f"Das Zeichen „{foreign[0]}“ können wir nicht drucken. Bitte lassen Sie es weg.")
    return text


def _read_name(entry: Field, situation: Situation, texts: Texts) -> str:
    text = _short_enough(entry, _one(entry, texts))
    if foreign := foreign_signs(text):
        raise AnswerRefused(
            f"Das Zeichen „{foreign[0]}“ kann in einem Namen nicht stehen. "
            "Bitte schreiben Sie den Namen wie im Ausweis mit lateinischen Buchstaben."
        )
    return text


def _read_email(entry: Field, situation: Situation, texts: Texts) -> str:
    text = _short_enough(entry, _one(entry, texts).replace(" ", ""))
    if text and not _MAIL.fullmatch(text):
        raise AnswerRefused("Bitte geben Sie die E-Mail-Adresse vollständig an, zum Beispiel name@beispiel.de.")
    return text


def _read_postcode(entry: Field, situation: Situation, texts: Texts) -> str:
    text = _one(entry, texts).replace(" ", "").removeprefix("D-")
    if text and not (len(text) == 5 and text.isascii() and text.isdigit()):
        raise AnswerRefused("Eine Postleitzahl hat fünf Ziffern, zum Beispiel 78462.")
    return text


def _read_integer(entry: Field, situation: Situation, texts: Texts) -> int | None:
    text = _one(entry, texts).replace(" ", "")
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise AnswerRefused("Bitte geben Sie eine ganze Zahl an, zum Beispiel 2.")
    number = int(text)
    if entry.minimum is not None and number < entry.minimum:
        raise AnswerRefused(f"Die Zahl muss mindestens {entry.minimum} sein.")
    if entry.maximum is not None and number > entry.maximum:
        raise AnswerRefused(f"Die Zahl darf höchstens {entry.maximum} sein.")
    return number


def _read_boolean(entry: Field, situation: Situation, texts: Texts) -> bool | None:
    text = _one(entry, texts)
    if text == "":
        return None
    if text not in {"true", "false"}:
        raise AnswerRefused("Bitte antworten Sie mit Ja oder Nein.")
    return text == "true"


def _read_choice(entry: Field, situation: Situation, texts: Texts) -> str:
    text = (texts.get(entry.path) or [""])[0]
    if text and text not in {choice.value for choice in situation.choices(entry)}:
        raise AnswerRefused("Bitte wählen Sie eine der angebotenen Antworten.")
    return text


def _read_choices(entry: Field, situation: Situation, texts: Texts) -> list[str]:
    known = [choice.value for choice in situation.choices(entry)]
    given = [text for text in texts.get(entry.path) or [] if text]
    if not set(given) <= set(known):
        raise AnswerRefused("Bitte wählen Sie aus den angebotenen Antworten.")
    return [value for value in known if value in given]


def _read_date(entry: Field, situation: Situation, texts: Texts) -> str | None:
    parts = [_one(entry, texts, f"_{part}") for part in ("day", "month", "year")]
    text = _one(entry, texts)
    if not any(parts) and not text:
        return None
    if not text:
        text = ".".join(parts)
    example = "Bitte geben Sie das Datum mit Tag, Monat und Jahr an, zum Beispiel 9 5 2026."
    try:
        found = _as_date(text)
    except ValueError:
        raise AnswerRefused(f"Dieses Datum gibt es nicht. {example}") from None
    if found is None:
        raise AnswerRefused(example)
    if found.year < 1900:
        raise AnswerRefused(f"Bitte prüfen Sie das Jahr. {example}")
    return found.isoformat()


def _as_date(text: str) -> date | None:
    """The day in German or in ISO order, None for another way of writing; ValueError for a day that does not exist."""
    if match := _DATE.fullmatch(text):
        day, month, year = match.groups()
    elif match := _ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    else:
        return None
    return date(int(year), int(month), int(day))


_READERS: dict[str, Callable[[Field, Situation, Texts], Any]] = {
    "text": _read_text,
    "name": _read_name,
    "email": _read_email,
    "postcode": _read_postcode,
    "integer": _read_integer,
    "boolean": _read_boolean,
    "choice": _read_choice,
    "choices": _read_choices,
    "date": _read_date,
}
