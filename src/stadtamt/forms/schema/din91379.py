"""The letters of names after DIN 91379 (data type A): 499 letters, 147 sequences, 18 other signs.

Facts of the standard, generated from the list of String.Latin+ 1.2 and held against it by a test.
"""

from __future__ import annotations

import unicodedata

_LETTER_RANGES = (
    (0x0041, 0x005A),
    (0x0061, 0x007A),
    (0x00C0, 0x00D6),
    (0x00D8, 0x00F6),
    (0x00F8, 0x017E),
    (0x0187, 0x0188),
    (0x018F, 0x018F),
    (0x0197, 0x0197),
    (0x01A0, 0x01A1),
    (0x01AF, 0x01B0),
    (0x01B7, 0x01B7),
    (0x01CD, 0x01DC),
    (0x01DE, 0x01DF),
    (0x01E2, 0x01F0),
    (0x01F4, 0x01F5),
    (0x01F8, 0x01FF),
    (0x0212, 0x0213),
    (0x0218, 0x021B),
    (0x021E, 0x021F),
    (0x0227, 0x0233),
    (0x0259, 0x0259),
    (0x0268, 0x0268),
    (0x0292, 0x0292),
    (0x1E02, 0x1E03),
    (0x1E06, 0x1E07),
    (0x1E0A, 0x1E11),
    (0x1E1C, 0x1E2B),
    (0x1E2F, 0x1E37),
    (0x1E3A, 0x1E3B),
    (0x1E40, 0x1E49),
    (0x1E52, 0x1E5B),
    (0x1E5E, 0x1E63),
    (0x1E6A, 0x1E6F),
    (0x1E80, 0x1E87),
    (0x1E8C, 0x1E97),
    (0x1E9E, 0x1E9E),
    (0x1EA0, 0x1EF9),
)
_SEQUENCES = (
    "A\u030b C\u0300 C\u0304 C\u0306 C\u0308 C\u0315 C\u0323 C\u0326 C\u0328\u0306 D\u0302 F\u0300 F\u0304 "
    "G\u0300 H\u0304 H\u0326 H\u0331 J\u0301 J\u030c K\u0300 K\u0302 K\u0304 K\u0307 K\u0315 K\u031b K\u0326 "
    "K\u035fH K\u035fh L\u0302 L\u0325 L\u0325\u0304 L\u0326 M\u0300 M\u0302 M\u0306 M\u0310 N\u0302 N\u0304 "
    "N\u0306 N\u0326 P\u0300 P\u0304 P\u0315 P\u0323 R\u0306 R\u0325 R\u0325\u0304 S\u0300 S\u0304 "
    "S\u031b\u0304 S\u0331 T\u0300 T\u0304 T\u0308 T\u0315 T\u031b U\u0307 Z\u0300 Z\u0304 Z\u0306 Z\u0308 "
    "Z\u0327 a\u030b c\u0300 c\u0304 c\u0306 c\u0308 c\u0315 c\u0323 c\u0326 c\u0328\u0306 d\u0302 f\u0300 "
    "f\u0304 g\u0300 h\u0304 h\u0326 j\u0301 k\u0300 k\u0302 k\u0304 k\u0307 k\u0315 k\u031b k\u0326 k\u035fh "
    "l\u0302 l\u0325 l\u0325\u0304 l\u0326 m\u0300 m\u0302 m\u0306 m\u0310 n\u0302 n\u0304 n\u0306 n\u0326 "
    "p\u0300 p\u0304 p\u0315 p\u0323 r\u0306 r\u0325 r\u0325\u0304 s\u0300 s\u0304 s\u031b\u0304 s\u0331 "
    "t\u0300 t\u0304 t\u0315 t\u031b u\u0307 z\u0300 z\u0304 z\u0306 z\u0308 z\u0327 \u00c7\u0306 \u00db\u0304 "
    "\u00e7\u0306 \u00fb\u0304 \u00ff\u0301 \u010c\u0315 \u010c\u0323 \u010d\u0315 \u010d\u0323 \u012a\u0301 "
    "\u012b\u0301 \u017d\u0326 \u017d\u0327 \u017e\u0326 \u017e\u0327 \u1e32\u0304 \u1e33\u0304 \u1e62\u0304 "
    "\u1e63\u0304 \u1e6c\u0304 \u1e6d\u0304 \u1ea0\u0308 \u1ea1\u0308 \u1ecc\u0308 \u1ecd\u0308 \u1ee4\u0304 "
    "\u1ee4\u0308 \u1ee5\u0304 \u1ee5\u0308"
).split()
_SIGNS = (
    0x0020,
    0x0027,
    0x002C,
    0x002D,
    0x002E,
    0x0060,
    0x007E,
    0x00A8,
    0x00B4,
    0x00B7,
    0x02B9,
    0x02BA,
    0x02BE,
    0x02BF,
    0x02C8,
    0x02CC,
    0x2019,
    0x2021,
)

LETTERS = frozenset(chr(point) for first, last in _LETTER_RANGES for point in range(first, last + 1))
SEQUENCES = frozenset(_SEQUENCES)
SIGNS = frozenset(map(chr, _SIGNS))
_LONGEST = max(map(len, SEQUENCES))


def foreign_signs(text: str) -> list[str]:
    """The characters of a name (in NFC) that are not in data type A, each once, in order of appearance."""
    text = unicodedata.normalize("NFC", text)
    found: list[str] = []
    place = 0
    while place < len(text):
        width = next((w for w in range(_LONGEST, 1, -1) if text[place : place + w] in SEQUENCES), 0)
        if width:
            place += width
            continue
        sign = text[place]
        if sign not in LETTERS and sign not in SIGNS and sign not in found:
            found.append(sign)
        place += 1
    return found


# What else may stand in a free text and in a letter: ASCII, Latin-1 punctuation, and the usual typographic signs.
_TEXT_SIGNS = frozenset([*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA0, 0x100)), *"€–—„“”‚‘’…•′″"])


def unprintable_signs(text: str) -> list[str]:
    """The characters of a free text (in NFC) that the letters' fonts do not have: other scripts, emoji."""
    return [sign for sign in foreign_signs(text) if sign not in _TEXT_SIGNS]
