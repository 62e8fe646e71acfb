"""Uploads are hostile until proven: the content decides what a file is, not its name."""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Collection

import pikepdf
from PIL import Image

from stadtamt.forms.errors import UploadRefused

MAX_PIXELS = 50_000_000
MAX_PAGES = 200
_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
_WORDS = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG"}
# Entries of a PDF that act on their own when the file is opened.
_ACTIVE = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/RichMedia", "/XFA", "/SubmitForm", "/ImportData")


def inspect_upload(*, name: str, content: bytes, accept: Collection[str], max_bytes: int) -> str:
    """The media type of an acceptable file. Raises UploadRefused with a sentence for the person."""
    if not content:
        raise UploadRefused("Diese Datei ist leer.")
    if len(content) > max_bytes:
        limit = max_bytes // (1024 * 1024)
        raise UploadRefused(f"Diese Datei ist zu groß. Möglich sind höchstens {limit} MB.")
    kind = _kind(content)
    if kind is None or kind not in accept:
        allowed = ", ".join(_WORDS[entry] for entry in accept)
        raise UploadRefused(f"Diese Datei hat ein Format, das wir nicht lesen können. Möglich sind: {allowed}.")
    if kind == "pdf":
        _inspect_pdf(content)
    else:
        _inspect_image(content, kind)
    return _TYPES[kind]


def safe_name(name: str) -> str:
    """A file name to show and to offer: no folders, no signs that cannot be seen, at most 120 characters."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
    stem, dot, ending = visible.strip(" .").rpartition(".")
    return f"{stem[:110]}{dot}{ending[:9]}" if stem else (ending[:120] or "datei")


def _kind(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return None


def _inspect_image(content: bytes, kind: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind.upper()]) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise UploadRefused("Dieses Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es.")
                image.load()
    except UploadRefused:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise UploadRefused(
            "Dieses Bild ist beschädigt. Bitte speichern Sie es neu oder nehmen Sie ein Foto auf."
        ) from problem


def _inspect_pdf(content: bytes) -> None:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise UploadRefused("Diese PDF-Datei ist verschlüsselt. Bitte laden Sie sie ohne Kennwort hoch.")
            if len(pdf.pages) > MAX_PAGES:
                raise UploadRefused(f"Diese PDF-Datei hat mehr als {MAX_PAGES} Seiten.")
            if len(pdf.pages) == 0:
                raise UploadRefused("Diese PDF-Datei hat keine Seiten.")
            for entry in pdf.objects:
                if isinstance(entry, pikepdf.Dictionary) and _is_active(entry):
                    raise UploadRefused(
                        "Diese PDF-Datei enthält Programme oder Anhänge. Bitte drucken Sie sie neu als PDF."
                    )
    except pikepdf.PasswordError:
        raise UploadRefused("Diese PDF-Datei ist verschlüsselt. Bitte laden Sie sie ohne Kennwort hoch.") from None
    except UploadRefused:
        raise
    except (pikepdf.PdfError, ValueError, RuntimeError) as problem:
        raise UploadRefused("Diese PDF-Datei ist beschädigt. Bitte speichern Sie sie neu.") from problem


def _is_active(entry: pikepdf.Dictionary) -> bool:
    return any(key in entry for key in _ACTIVE) or str(entry.get("/S", "")) in _ACTIVE
