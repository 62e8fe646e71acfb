"""What an arrangement may not even ask for. Pure, so that a package can be refused before any letter is set."""

from __future__ import annotations

import re

from stadtamt.notices.errors import RenderingRefused

MAX_ARRANGEMENT = 100_000
# The first fence, for a clear answer; the process without network and files is the second.
FORBIDDEN = (
    (re.compile(r"@[a-z][\w-]*/"), "lädt ein Paket; Briefe dürfen nur das Hauslayout verwenden"),
    (
        re.compile(r"\b(?:import|include)\b(?!\s*\"/stadtamt/[a-z-]+\.typ\")"),
        "lädt ein Paket oder eine fremde Datei; Briefe dürfen nur das Hauslayout verwenden",
    ),
    (re.compile(r"\bplugin\b"), "lädt ein Programm (plugin); das ist in Briefen nicht erlaubt"),
    (re.compile(r"\beval\b"), "führt Text als Anweisung aus (eval); das ist in Briefen nicht erlaubt"),
    (
        re.compile(r"\b(?:read|image|csv|json|toml|yaml|xml|cbor|bibliography)\s*\("),
        "liest eine Datei außerhalb des Hauslayouts; das ist nicht erlaubt",
    ),
)


def refuse_forbidden(arrangement: str) -> None:
    """Raises RenderingRefused with the line."""
    if len(arrangement) > MAX_ARRANGEMENT:
        raise RenderingRefused("Die Anordnung des Briefes ist zu lang.")
    for pattern, deed in FORBIDDEN:
        if found := pattern.search(arrangement):
            line = arrangement.count("\n", 0, found.start()) + 1
            raise RenderingRefused(f"Die Anordnung des Briefes {deed} (Zeile {line}).")
