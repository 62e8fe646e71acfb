"""Files on their way in."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from stadtamt.forms.errors import UploadRefused


def read_upload(file: UploadedFile[Any], *, max_bytes: int) -> bytes:
    """The content of an uploaded file; one that is too large is refused before it is read into memory."""
    if (file.size or 0) > max_bytes:
        raise UploadRefused(f"Diese Datei ist zu groß. Möglich sind höchstens {max_bytes // (1024 * 1024)} MB.")
    content: bytes = file.read()
    return content
