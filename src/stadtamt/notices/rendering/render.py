"""`render_pdf`: the letter's words and its arrangement in, a PDF/A-3a and PDF/UA-1 file out."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stadtamt.notices.composing.letter import Letter, Payment
from stadtamt.notices.errors import RenderingRefused
from stadtamt.notices.payment_code import code_svg
from stadtamt.notices.rendering.fence import refuse_forbidden
from stadtamt.notices.rendering.pool import Pool, shared_pool

DEFAULT_ARRANGEMENT = '#import "/stadtamt/letter.typ": letter\n#letter()\n'
SECONDS = 5.0
MEANINGS = (
    (("file not found", "failed to load file", "is a directory"), "liest eine Datei, die es im Hauslayout nicht gibt"),
    (("would escape", "outside of the project"), "liest eine Datei außerhalb des Hauslayouts; das ist nicht erlaubt"),
    (("package",), "lädt ein Paket; Briefe dürfen nur das Hauslayout verwenden"),
    (("could not be displayed", "glyph"), "enthält ein Zeichen, das die Schrift der Briefe nicht hat"),
)


@dataclass(frozen=True)
class Attachment:
    """A text file (UTF-8) inside the PDF; `relationship` is "data", "source", "alternative" or "supplement"."""

    name: str
    content: bytes
    mime_type: str
    description: str
    relationship: str = "data"


def warm_up() -> None:
    """Start the setter's process before somebody waits for a letter; what it sets here nobody sees."""
    order = {"arrangement": '#set document(title: "Probe")\nProbe', "inputs": {"letter": "{}"}, "timestamp": 0}
    shared_pool().ask(order, seconds=4 * SECONDS)


def render_pdf(
    *,
    letter: Letter,
    arrangement: str = DEFAULT_ARRANGEMENT,
    attachments: Sequence[Attachment] = (),
    language: str | None = None,
    when: dt.datetime | None = None,
    seconds: float = SECONDS,
    pool: Pool | None = None,
) -> bytes:
    """The PDF. The same letter, arrangement and `when` give the same bytes; without `when` the letter's day counts.

    `RenderingRefused` when the arrangement does what it may not or is faulty, `RenderingStopped` when it takes more
    than `seconds` or too much memory.
    """
    refuse_forbidden(arrangement)
    moment = when or dt.datetime.combine(letter.date, dt.time(), tzinfo=dt.UTC)
    order = {
        "arrangement": arrangement,
        "inputs": {"letter": json.dumps(_page_data(letter, language, attachments), ensure_ascii=False)},
        "timestamp": int(moment.timestamp()),
    }
    answer = (pool or shared_pool()).ask(order, seconds=seconds)
    if answer[:1] == b"+":
        return answer[1:]
    raise RenderingRefused(_sentence(json.loads(answer[1:])))


def _page_data(letter: Letter, language: str | None, attachments: Sequence[Attachment]) -> dict[str, Any]:
    data = letter.as_data()
    data["language"] = language or letter.language
    data["sender"]["return_line"] = letter.sender.return_line
    data["attachments"] = [{**vars(each), "content": each.content.decode()} for each in attachments]
    for block, made in zip(data["blocks"], letter.blocks, strict=True):
        if isinstance(made, Payment) and made.code:
            block["code_svg"] = code_svg(made.code)
    return data


def _sentence(error: dict[str, str]) -> str:
    message = error["message"]
    deed = next((deed for signs, deed in MEANINGS if any(sign in message for sign in signs)), "ist fehlerhaft")
    place = re.search(r"(__typst_py_bytes__|letter)\.typ:(\d+):", error["diagnostic"])
    where = f"Zeile {place[2]}: " if place and place[1] == "__typst_py_bytes__" else ""
    return f"Die Anordnung des Briefes {deed} ({where}{message.split(' (searched at')[0]})."
