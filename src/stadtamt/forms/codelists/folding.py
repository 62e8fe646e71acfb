"""What a person types and what stands in a list, made comparable.

:func:`plain` writes ü as ue and ß as ss and knows neither case, accents nor hyphens; :func:`bare` writes ü as u;
:func:`coarse` writes ü, ue and u alike, so that it may put two names together that differ ("Neunkirchen" and
"Neuenkirchen"): it is for finding, not for deciding.
"""

from __future__ import annotations

import re
import unicodedata

# Letters of DIN 91379 that Unicode does not take apart.
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ə": "e", "ɨ": "i", "ɫ": "l", "ƶ": "z", "ǥ": "g", "ĸ": "k", "ß": "ss",
}  # fmt: skip
_BARE = str.maketrans(_LETTERS)
_PLAIN = str.maketrans(_LETTERS | {"ä": "ae", "ö": "oe", "ü": "ue"})
_DROPPED = re.compile("['’‘ʼʹʻ`´\u00ad\u200b-\u200f\u2060]")
_BETWEEN = re.compile(r"[\W_]+")
_UMLAUT = re.compile("([aou])e+")


def raw(text: str) -> str:
    """Composed, without the case and without blanks around it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).strip()


def plain(text: str) -> str:
    return _fold(text, _PLAIN)


def bare(text: str) -> str:
    return _fold(text, _BARE)


def coarse(text: str) -> str:
    return coarser(plain(text))


def coarser(folded: str) -> str:
    """What :func:`coarse` makes of a text that is folded already."""
    return _UMLAUT.sub(r"\1", folded)


def _fold(text: str, letters: dict[int, str]) -> str:
    composed = _DROPPED.sub("", raw(text))
    apart = unicodedata.normalize("NFKD", composed.translate(letters))
    letters_only = apart if apart.isascii() else "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _BETWEEN.sub(" ", letters_only.casefold()).strip()
