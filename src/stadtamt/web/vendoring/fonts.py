"""Cuts a font down to the letters a German office must be able to write (DIN 91379) and the Ukrainian ones."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

LETTERS = Path(__file__).with_name("letters.txt")


def letters() -> tuple[str, ...]:
    """Every letter and letter sequence of DIN 91379, Ukrainian letters and punctuation, as written in `letters.txt`."""
    lines = LETTERS.read_text("utf-8").splitlines()
    return (*(letter for line in lines if not line.startswith("# ") for letter in line.split()), " ", "\u00a0")


def subset(font: bytes) -> bytes:
    """The font as WOFF2 with `letters()` only; keeps kerning and the placing of combining marks."""
    from fontTools import subset as tool  # type: ignore[import-untyped]

    options = tool.Options(
        flavor="woff2",
        hinting=False,
        desubroutinize=True,
        layout_features=["ccmp", "locl", "mark", "mkmk", "kern", "rlig"],
        name_IDs=[0, 1, 2, 13, 14],
        notdef_outline=True,
    )
    loaded = tool.load_font(BytesIO(font), options)
    worker = tool.Subsetter(options)
    worker.populate(text="".join(letters()))
    worker.subset(loaded)
    out = BytesIO()
    tool.save_font(loaded, out, options)
    return out.getvalue()
