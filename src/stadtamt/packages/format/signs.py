"""Signs that no text of a package needs and that mislead people or break a database."""

from __future__ import annotations

import re

from stadtamt.packages.errors import PackageProblem

# Control characters except tabulator and line ends; and what turns the direction of writing by force, so that a
# person reads something else than the computer. The gentle marks and isolates that right-to-left texts need stay.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
_TURNING = re.compile(rb"\xe2\x80[\xaa-\xae]")
# The same written as an escape, in TOML or between double quotes in YAML.
_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\(?:0|x[01][0-9A-Fa-f]|(?:u|U0000)(?:00[01][0-9A-Fa-f]|202[A-Ea-e]))")
_WITH_ESCAPES = (".toml", ".yaml")


def check_signs(name: str, content: bytes) -> None:
    """Raises PackageProblem with the line."""
    for pattern, sentence in (
        (_CONTROLS, "Hier steht ein Steuerzeichen; Texte bestehen aus sichtbaren Zeichen."),
        (_TURNING, "Hier steht ein unsichtbares Zeichen, das die Schreibrichtung umkehrt."),
        (_ESCAPED, "Hier ist ein Steuerzeichen umschrieben; Texte bestehen aus sichtbaren Zeichen."),
    ):
        found = pattern.search(content)
        if found and (pattern is not _ESCAPED or name.endswith(_WITH_ESCAPES)):
            raise PackageProblem(name, sentence, content.count(b"\n", 0, found.start()) + 1)
