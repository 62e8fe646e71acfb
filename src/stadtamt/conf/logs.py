"""Logs hold no secrets: the code in a citizen's link is masked before a line is written (TR-03172-3, A3.14.07)."""

from __future__ import annotations

import logging
import re

_SECRET_LINK = re.compile(r"/(antrag|vorgang)/[^/\s?]+")


class MaskSecretLinks(logging.Filter):
    """Writes ``/antrag/…`` in the place of a secret link, in the text and in the values it is built from."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask(record.getMessage())
        record.args = ()
        return True


def mask(text: str) -> str:
    return _SECRET_LINK.sub(r"/\1/…", text)
