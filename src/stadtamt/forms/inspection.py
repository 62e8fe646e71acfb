"""Uploads are hostile until proven: the content decides what a file is, not its name."""

from __future__ import annotations

import io
import itertools
import unicodedata
import warnings
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pikepdf
from PIL import Image

from stadtamt.forms.errors import UploadRefused

MAX_PIXELS = 50_000_000
MAX_PAGES = 200
MAX_PARTS = 300_000
_NESTED = (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)
_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
_ENDINGS = {"application/pdf": (".pdf",), "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}
_WORDS = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG"}
# Entries and actions of a PDF that do something on their own, or carry further files.
_ACTIVE = frozenset(
    {
        *("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/XFA"),
        *("/EmbeddedFiles", "/EF", "/GoToE", "/RichMedia", "/Rendition"),
    }
)


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
    visible = "".join(sign for sign in name if (sign.isprintable() or sign.isspace()) and sign not in '<>:"|?*')
    stem, dot, ending = " ".join(visible.split()).strip(" .").rpartition(".")
    if not stem.strip(" ."):
        return ending.strip(" .")[:120] or "datei"
    return f"{stem[:110].rstrip(' .')}{dot}{ending[:9].rstrip()}"


def with_ending(name: str, media_type: str) -> str:
    """The name with an ending that tells what the content is, whatever the sender called it."""
    endings = _ENDINGS[media_type]
    return name if name.lower().endswith(endings) else f"{name}{endings[0]}"


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
            for part in _parts(pdf):
                if _is_active(part):
                    raise UploadRefused(
                        "Diese PDF-Datei enthält Programme oder Anhänge. Bitte drucken Sie sie neu als PDF."
                    )
    except pikepdf.PasswordError:
        raise UploadRefused("Diese PDF-Datei ist verschlüsselt. Bitte laden Sie sie ohne Kennwort hoch.") from None
    except UploadRefused:
        raise
    except (pikepdf.PdfError, ValueError, RuntimeError) as problem:
        raise UploadRefused("Diese PDF-Datei ist beschädigt. Bitte speichern Sie sie neu.") from problem


def _parts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file: the numbered objects, and what is written in place inside of them."""
    waiting: list[pikepdf.Object] = [pdf.trailer, *pdf.objects]
    for number in itertools.count():
        if not waiting:
            return
        if number > MAX_PARTS:
            raise UploadRefused("Diese PDF-Datei ist zu verwickelt. Bitte drucken Sie sie neu als PDF.")
        part = waiting.pop()
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part
            inner: Iterable[Any] = (part[key] for key in part.keys())  # noqa: SIM118  # iterating a stream reads it
        elif isinstance(part, pikepdf.Array):
            inner = part
        else:
            continue
        # A numbered object comes by itself; only what is written in place is looked into here.
        waiting += [item for item in inner if isinstance(item, _NESTED) and not item.is_indirect]


def _is_active(part: pikepdf.Object) -> bool:
    if not _ACTIVE.isdisjoint(part.keys()) or str(part.get("/S", "")) in _ACTIVE:
        return True
    # A link is harmless until somebody clicks it; one that opens by itself would betray the clerk's computer.
    triggers = part.get("/AA")
    own = [triggers[key] for key in triggers.keys()] if isinstance(triggers, pikepdf.Dictionary) else []  # noqa: SIM118
    return any(_leads_outside(action) for action in (part.get("/OpenAction"), *own))


def _leads_outside(action: Any) -> bool:
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in {"/URI", "/GoToR"}
