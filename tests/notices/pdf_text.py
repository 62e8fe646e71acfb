"""Reads the words out of a PDF: content streams through the ToUnicode tables of their fonts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf

BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
HEX = re.compile(rb"<([0-9A-Fa-f]*)>")


def text_of(pdf: bytes) -> str:
    """All words of all pages in their order, with single spaces."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return " ".join(" ".join(_lines(page) for page in document.pages).split())


def page_count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def _lines(page: pikepdf.Page) -> str:
    tables = {str(name): _table(font) for name, font in page.Resources.Font.items()}
    table: dict[bytes, str] = {}
    pieces: list[str] = []
    replaced: list[bool] = []  # for each open mark: its glyphs stand for a text given beside them
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                table = tables[str(operands[0])]
            case "BMC" | "BDC":
                actual = operands[1].get("/ActualText") if len(operands) > 1 and hasattr(operands[1], "get") else None
                replaced.append(actual is not None)
                pieces.append(" " if actual is None else str(actual))
            case "EMC":
                replaced.pop()
            case "Tj" | "TJ" if not any(replaced):
                pieces.append(_decoded(operands[0], table))
    return "".join(pieces)


def _decoded(operand: pikepdf.Object, table: dict[bytes, str]) -> str:
    shown = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(each) for each in shown if isinstance(each, pikepdf.String))
    return "".join(table.get(codes[at : at + 2], "\N{REPLACEMENT CHARACTER}") for at in range(0, len(codes), 2))


def _table(font: pikepdf.Object) -> dict[bytes, str]:
    return dict(_mappings(font.ToUnicode.read_bytes()))


def _mappings(cmap: bytes) -> Iterator[tuple[bytes, str]]:
    for kind, body in BLOCK.findall(cmap):
        words = [bytes.fromhex(word.decode()) for word in HEX.findall(body)]
        if kind == b"bfchar":
            for code, text in zip(words[::2], words[1::2], strict=True):
                yield code, text.decode("utf-16-be")
            continue
        for first, last, text in zip(words[::3], words[1::3], words[2::3], strict=True):
            begin = int.from_bytes(first)
            for offset in range(int.from_bytes(last) - begin + 1):
                moved = (int.from_bytes(text) + offset).to_bytes(len(text))
                yield (begin + offset).to_bytes(2), moved.decode("utf-16-be")
