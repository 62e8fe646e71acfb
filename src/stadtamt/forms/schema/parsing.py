"""What people type, read with patience: spaces, hyphens, pasted text, dates in several ways of writing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from stadtamt.forms.codelists import exact, search
from stadtamt.forms.schema.din91379 import foreign_signs, unprintable_signs
from stadtamt.forms.schema.model import Field
from stadtamt.forms.schema.paths import parent
from stadtamt.forms.schema.situation import Situation

# What the mail's own header would read as a comment, a group, a route or an encoded word is no part of an address.
_ATOM = r"[^@\s,;:<>()\[\]\\\".]+"
_MAIL = re.compile(rf"(?!=\?)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:[\w-]+\.)+[\w-]{{2,}}")
_DATE = re.compile(r"(\d{1,2})\s*[.\-/ ]\s*(\d{1,2})\s*[.\-/ ]\s*(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+")
# Bringing a long run of combining signs into NFC takes time that grows with the square of its length.
LONGEST = 2_000
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

_TIME = re.compile(r"(\d{1,2})(?:\s*[:.]\s*(\d{2})(?:\s*[:.]\s*(\d{2}))?)?(?:\s*uhr)?", re.IGNORECASE)
USUAL_DIGITS, MOST_DIGITS = 9, 15
MOST_VALUES = 50

Texts = Mapping[str, list[str]]


class AnswerRefused(Exception):
    """The answer cannot be taken; the text is the sentence for the person who typed it.

    `among`: the codes of a code list of which one may have been meant.
    """

    def __init__(self, sentence: str, *, among: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.among = among


def parse(entry: Field, situation: Situation, texts: Texts) -> Any:
    """The stored form of the answer; None when nothing was entered and nothing is required."""
    value = _several(entry, situation, texts) if entry.several else _reader(entry)(entry, situation, texts)
    if value in (None, "", []) and entry.required:
        raise AnswerRefused(missing(entry, situation))
    return value if value != "" else None


def missing(entry: Field, situation: Situation) -> str:
    """What to say where a required answer was not given."""
    label = situation.words(entry.label, parent(entry.address)).removesuffix(" (freiwillig)").rstrip("?:.")
    if entry.type == "file":
        return f"Bitte laden Sie eine Datei hoch: {label}."
    if entry.type in {"select", "bool"} and not entry.code_list:
        several = entry.several and len(situation.choices(entry)) > 1
        return f"Bitte wählen Sie {'mindestens eine' if several else 'eine'} Antwort aus: {label}."
    return f"Bitte füllen Sie dieses Feld aus: {label}."


def _several(entry: Field, situation: Situation, texts: Texts) -> list[Any]:
    """Several answers to one field: boxes that were ticked, or the same input several times."""
    if entry.type == "select" and not entry.code_list:
        found = _read_choices(entry, situation, texts)
    else:
        found = []
        for text in (texts.get(entry.address) or [])[:MOST_VALUES]:
            value = _reader(entry)(entry, situation, {entry.address: [text]})
            if value not in (None, "") and value not in found:
                found.append(value)
    if entry.most is not None and len(found) > entry.most:
        raise AnswerRefused(f"Bitte geben Sie hier höchstens {entry.most} Antworten.")
    if 0 < len(found) < entry.least:
        raise AnswerRefused(f"Bitte geben Sie hier mindestens {entry.least} Antworten.")
    return found


def clean(text: str) -> str:
    """One line in NFC without signs that cannot be seen; several spaces become one."""
    text = unicodedata.normalize("NFC", text).replace("\t", " ").replace("\n", " ").replace("\r", " ")
    visible = "".join(sign for sign in text if unicodedata.category(sign) not in _INVISIBLE)
    return " ".join(visible.split())


def _one(entry: Field, texts: Texts, part: str = "") -> str:
    text = (texts.get(f"{entry.address}{part}") or [""])[0]
    if len(text) > max(LONGEST, 4 * entry.max_length):
        raise AnswerRefused(f"Das ist zu lang. Bitte kürzen Sie auf höchstens {entry.max_length} Zeichen.")
    return clean(text)


def _short_enough(entry: Field, text: str) -> str:
    if len(text) > entry.max_length:
        raise AnswerRefused(f"Das ist zu lang. Bitte kürzen Sie auf höchstens {entry.max_length} Zeichen.")
    return text


def _fitting(entry: Field, text: str) -> str:
    """Long enough, and written as the form wants it."""
    if text and len(text) < entry.min_length:
        raise AnswerRefused(f"Das ist zu kurz. Bitte geben Sie mindestens {entry.min_length} Zeichen an.")
    if text and entry.pattern and not re.fullmatch(entry.pattern, text):
        raise AnswerRefused("Bitte prüfen Sie die Schreibweise. So können wir die Angabe nicht annehmen.")
    return text


def _read_text(entry: Field, situation: Situation, texts: Texts) -> str:
    text = _short_enough(entry, _one(entry, texts))
    if foreign := unprintable_signs(text):
        raise AnswerRefused(f"Das Zeichen „{foreign[0]}“ können wir nicht drucken. Bitte lassen Sie es weg.")
    return _fitting(entry, text)


def _read_name(entry: Field, situation: Situation, texts: Texts) -> str:
    text = _short_enough(entry, _one(entry, texts))
    if foreign := foreign_signs(text):
        raise AnswerRefused(
            f"Das Zeichen „{foreign[0]}“ kann in einem Namen nicht stehen. "
            "Bitte schreiben Sie den Namen wie im Ausweis mit lateinischen Buchstaben."
        )
    return _fitting(entry, text)


def _read_email(entry: Field, situation: Situation, texts: Texts) -> str:
    text = _short_enough(entry, _one(entry, texts).replace(" ", ""))
    if text and not _MAIL.fullmatch(text):
        raise AnswerRefused("Bitte geben Sie die E-Mail-Adresse vollständig an, zum Beispiel name@beispiel.de.")
    return _fitting(entry, text)


def _read_postcode(entry: Field, situation: Situation, texts: Texts) -> str:
    text = _one(entry, texts).replace(" ", "").removeprefix("D-")
    if text and not (len(text) == 5 and text.isascii() and text.isdigit()):
        raise AnswerRefused("Eine Postleitzahl hat fünf Ziffern, zum Beispiel 78462.")
    return _fitting(entry, text)


def _read_integer(entry: Field, situation: Situation, texts: Texts) -> int | None:
    text = _one(entry, texts).replace(" ", "")
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    if not text:
        return None
    digits = MOST_DIGITS if (entry.maximum or 0) >= 10**USUAL_DIGITS else USUAL_DIGITS
    if not re.fullmatch(r"-?[0-9]+", text) or len(text.strip("-")) > digits:
        raise AnswerRefused("Bitte geben Sie eine ganze Zahl an, zum Beispiel 2.")
    number = int(text)
    _check_limits(entry, Decimal(number))
    return number


def _read_number(entry: Field, situation: Situation, texts: Texts) -> int | float | None:
    """A number with decimals in German or English writing; whole ones stay whole."""
    text = _one(entry, texts).replace(" ", "").replace("€", "").removesuffix("EUR")
    if not text:
        return None
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) or len(text.strip("-").replace(".", "")) > MOST_DIGITS:
        raise AnswerRefused("Bitte geben Sie eine Zahl an, zum Beispiel 12,50.")
    number = Decimal(text)
    if entry.type == "num_currency" and number != round(number, 2):
        raise AnswerRefused("Ein Betrag hat höchstens zwei Stellen nach dem Komma, zum Beispiel 12,50.")
    _check_limits(entry, number)
    return int(number) if number == number.to_integral_value() else float(number)


def _check_limits(entry: Field, number: Decimal) -> None:
    if entry.minimum is not None and number < entry.minimum:
        raise AnswerRefused(f"Die Zahl muss mindestens {_german(entry.minimum)} sein.")
    if entry.maximum is not None and number > entry.maximum:
        raise AnswerRefused(f"Die Zahl darf höchstens {_german(entry.maximum)} sein.")


def _german(number: Decimal) -> str:
    return str(int(number)) if number == number.to_integral_value() else str(number).replace(".", ",")


def _read_boolean(entry: Field, situation: Situation, texts: Texts) -> bool | None:
    text = _one(entry, texts)
    if text == "":
        return None
    if text not in {"true", "false"}:
        raise AnswerRefused("Bitte antworten Sie mit Ja oder Nein.")
    return text == "true"


def _read_choice(entry: Field, situation: Situation, texts: Texts) -> str:
    if entry.code_list:
        return _read_code(entry, situation, texts)
    text = (texts.get(entry.address) or [""])[0]
    if text and text not in {choice.value for choice in situation.choices(entry)}:
        raise AnswerRefused("Bitte wählen Sie eine der angebotenen Antworten.")
    return text


def _read_code(entry: Field, situation: Situation, texts: Texts) -> str:
    """A code, or words that mean exactly one entry of the list; else a choice among what may have been meant."""
    text = _one(entry, texts)
    if not text:
        return ""
    entries = situation.code_list(entry)
    if (found := exact(entries, text)) is not None:
        return found.code
    among = tuple(one.code for one in search(entries, text))
    if not among:
        raise AnswerRefused(f"„{text[:60]}“ steht nicht in der Liste. Bitte schreiben Sie es anders.")
    raise AnswerRefused("Bitte wählen Sie aus, was Sie meinen.", among=among)


def _read_choices(entry: Field, situation: Situation, texts: Texts) -> list[str]:
    known = [choice.value for choice in situation.choices(entry)]
    given = [text for text in texts.get(entry.address) or [] if text]
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


def _read_time(entry: Field, situation: Situation, texts: Texts) -> str | None:
    text = _one(entry, texts)
    return _as_time(text).isoformat() if text else None


def _read_datetime(entry: Field, situation: Situation, texts: Texts) -> str | None:
    """A moment: the day as any day, the time beside it; kept in the time of the place, without a zone.

    Of several moments each stands in one line.
    """
    if entry.several:
        line, _, hour = _one(entry, texts).partition(" ")
        texts = {entry.address: [line], f"{entry.address}_time": [hour]}
    day = _read_date(entry, situation, texts)
    clock = _one(entry, texts, "_time")
    if day is None and not clock:
        return None
    if day is None or not clock:
        raise AnswerRefused("Bitte geben Sie Tag und Uhrzeit an, zum Beispiel 9 5 2026 und 14:30.")
    return f"{day}T{_as_time(clock).isoformat()}"


def _as_time(text: str) -> time:
    match = _TIME.fullmatch(text)
    try:
        if match:
            return time(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    except ValueError:
        pass
    raise AnswerRefused("Bitte geben Sie die Uhrzeit mit Stunden und Minuten an, zum Beispiel 14:30.")


def _as_date(text: str) -> date | None:
    """The day in German or in ISO order, None for another way of writing; ValueError for a day that does not exist."""
    if match := _DATE.fullmatch(text):
        day, month, year = match.groups()
    elif match := _ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    else:
        return None
    return date(int(year), int(month), int(day))


def _reader(entry: Field) -> Callable[[Field, Situation, Texts], Any]:
    return _FORMATS.get(entry.format) or _READERS[entry.type]


_READERS: dict[str, Callable[[Field, Situation, Texts], Any]] = {
    "text": _read_text,
    "text_latin": _read_name,
    "num_int": _read_integer,
    "num": _read_number,
    "num_currency": _read_number,
    "bool": _read_boolean,
    "select": _read_choice,
    "date": _read_date,
    "time": _read_time,
    "datetime": _read_datetime,
}
_FORMATS: dict[str, Callable[[Field, Situation, Texts], Any]] = {"email": _read_email, "postcode": _read_postcode}
