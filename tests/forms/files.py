"""Files as people hand them in, and as those do who mean harm; built here, so that no harmful file lies around."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pikepdf
from PIL import Image


def png(width: int = 40, height: int = 30) -> bytes:
    return image("PNG", width, height)


def jpeg() -> bytes:
    return image("JPEG")


def image(kind: str, width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, kind)
    return out.getvalue()


def pdf(change: Any = None, *, pages: int = 1, **save: Any) -> bytes:
    """A PDF of empty pages; `change` is called with it before it is written."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        if change is not None:
            change(document)
        document.save(out, **save)
    return out.getvalue()


def with_javascript(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.Root.OpenAction = document.make_indirect(action)


def with_script_in_the_page(document: pikepdf.Pdf) -> None:
    """The script is written in place, not as an object of its own."""
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=action)


def with_script_in_an_array(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.Root.Names = pikepdf.Dictionary(X=pikepdf.Array([pikepdf.Array([action])]))


def with_escaped_script(document: pikepdf.Pdf) -> None:
    """``/J#61vaScript`` is the same name, written to be overlooked."""
    action = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), Url=pikepdf.String("x"))
    document.Root.OpenAction = action


def with_launch(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))


def with_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["evil.exe"] = b"MZ..."


def with_form_sending(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=pikepdf.String("https://x.test"))


def with_xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"), Fields=pikepdf.Array())


def with_other_file_opened(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoToE, D=pikepdf.Array())


def encrypted() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="geheim", user="geheim"))


def locked_against_copying() -> bytes:
    """Opens without a password, but is encrypted."""
    return pdf(encryption=pikepdf.Encryption(owner="geheim", user=""))


def png_bomb(side: int = 30_000) -> bytes:
    """A few kilobytes that claim to be an image of nearly a thousand million pixels."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    data = zlib.compress(bytes((side // 8 + 1) * 200), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "x")
    return out.getvalue()


EXE = b"MZ\x90\x00\x03" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
