"""Uploads are hostile until proven: the content decides what a file is."""

from __future__ import annotations

import io
import time

import pikepdf
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from forms import files
from stadtamt.forms.errors import UploadRefused
from stadtamt.forms.inspection import inspect_upload, safe_name, with_ending

ALL = ("pdf", "jpeg", "png")
MB = 1024 * 1024


def inspect(content: bytes, name: str = "datei.pdf", accept: tuple[str, ...] = ALL, max_bytes: int = 8 * MB) -> str:
    return inspect_upload(name=name, content=content, accept=accept, max_bytes=max_bytes)


def verdict(content: bytes) -> str:
    """The media type, or the sentence of the refusal; any other exception fails the test."""
    try:
        return inspect(content)
    except UploadRefused as problem:
        return problem.sentence


def refused(content: bytes, name: str = "datei.pdf") -> str:
    with pytest.raises(UploadRefused) as problem:
        inspect(content, name)
    assert problem.value.status == 422
    return problem.value.sentence


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.pdf(), "application/pdf"),
        (files.png(), "image/png"),
        (files.jpeg(), "image/jpeg"),
        (files.pdf(pages=200), "application/pdf"),
    ],
    ids=["pdf", "png", "jpeg", "long pdf"],
)
def test_an_honest_file_is_taken(content: bytes, kind: str) -> None:
    assert inspect(content) == kind


@pytest.mark.parametrize("name", ["bild.exe", "bild.pdf", "bild", "bild.png.html", ".png"])
def test_the_content_counts_and_not_the_name(name: str) -> None:
    assert inspect(files.png(), name) == "image/png"


@pytest.mark.parametrize(
    "content",
    [
        files.EXE,
        files.SVG,
        files.HTML,
        files.archive(),
        b"\x00" * 500,
        b"GIF89a" + bytes(50),
        files.image("GIF"),
        files.image("TIFF"),
        b"%!PS",
        b"\xef\xbb\xbf%PDF-1.7",
    ],
    ids=["exe", "svg", "html", "zip", "zeros", "gif stub", "gif", "tiff", "postscript", "bom"],
)
def test_a_foreign_format_is_refused_under_every_name(content: bytes) -> None:
    for name in ("foto.png", "brief.pdf", "x.jpg"):
        assert "PDF, JPEG, PNG" in refused(content, name)


def test_only_the_formats_asked_for_are_taken() -> None:
    with pytest.raises(UploadRefused, match="Möglich sind: PDF"):
        inspect(files.png(), accept=("pdf",))


def test_an_empty_file_is_refused() -> None:
    assert refused(b"") == "Diese Datei ist leer."


def test_a_file_too_large_is_refused_with_the_limit() -> None:
    with pytest.raises(UploadRefused, match="höchstens 1 MB"):
        inspect(files.pdf() + bytes(MB), max_bytes=MB)
    assert inspect(files.png(), max_bytes=len(files.png())) == "image/png"


@pytest.mark.parametrize(
    "change",
    [
        files.with_javascript,
        files.with_script_in_the_page,
        files.with_script_in_an_array,
        files.with_escaped_script,
        files.with_launch,
        files.with_attachment,
        files.with_form_sending,
        files.with_xfa,
        files.with_other_file_opened,
    ],
    ids=lambda change: change.__name__,
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_pdf_that_acts_on_its_own_is_refused(change: object, packed: bool) -> None:
    import pikepdf

    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    assert "Programme oder Anhänge" in refused(files.pdf(change, object_stream_mode=mode))


def test_a_name_written_to_be_overlooked_is_read() -> None:
    plain = files.pdf(files.with_escaped_script)
    hidden = plain.replace(b"/JavaScript", b"/J#61vaScript")
    assert hidden != plain
    assert "Programme" in refused(hidden)


@pytest.mark.parametrize("make", [files.encrypted, files.locked_against_copying])
def test_an_encrypted_pdf_is_refused(make: object) -> None:
    assert "verschlüsselt" in refused(make())  # type: ignore[operator]


def test_a_pdf_of_endless_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stadtamt.forms.inspection.MAX_PARTS", 3)
    assert "zu verwickelt" in refused(files.pdf(pages=20))


def test_a_pdf_without_pages_is_refused() -> None:
    assert "keine Seiten" in refused(files.pdf(pages=0))


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    assert "mehr als 200 Seiten" in refused(files.pdf(pages=201))


@pytest.mark.parametrize("length", [10, 60, 200])
def test_a_broken_pdf_is_refused(length: int) -> None:
    refused(files.pdf()[:length])


@pytest.mark.parametrize("cut", [12, 40, 70])
def test_a_broken_image_is_refused(cut: int) -> None:
    assert "beschädigt" in refused(files.png(300, 300)[:cut])
    assert "beschädigt" in refused(files.jpeg()[: cut * 4])


def test_an_image_that_would_fill_the_memory_is_refused_before_it_does() -> None:
    bomb = files.png_bomb()
    assert len(bomb) < 20_000
    begun = time.monotonic()
    refused(bomb)
    assert time.monotonic() - begun < 2


def test_an_image_just_over_the_limit_is_refused_in_words() -> None:
    assert "Bildpunkte" in refused(files.png_bomb(7_500))


def test_a_pdf_with_something_else_before_it_is_refused() -> None:
    """A reader might find the PDF inside; a browser might show the page before it."""
    refused(files.HTML + files.pdf())


def test_what_hangs_behind_an_image_never_leaves_as_anything_but_an_image() -> None:
    """The type is taken from the inspection and sent with nosniff, as a download; see web.downloads."""
    assert inspect(files.png() + files.HTML, "bild.html") == "image/png"


@effort(max_examples=150, deadline=None)
@given(start=st.sampled_from([b"%PDF-1.4\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b""]), rest=st.binary(max_size=300))
def test_no_bytes_break_the_inspection(start: bytes, rest: bytes) -> None:
    assert verdict(start + rest).endswith((".", "pdf", "png", "jpeg"))


@effort(max_examples=100, deadline=None)
@given(place=st.integers(0, 5000), value=st.integers(0, 255), kind=st.sampled_from(["pdf", "png", "jpeg"]))
def test_no_changed_byte_breaks_the_inspection(place: int, value: int, kind: str) -> None:
    content = bytearray({"pdf": files.pdf(), "png": files.png(), "jpeg": files.jpeg()}[kind])
    content[place % len(content)] = value
    assert verdict(bytes(content)).endswith((".", "pdf", "png", "jpeg"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Nachweis.pdf", "Nachweis.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\brief.pdf", "brief.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("rechnung\u202efdp.exe", "rechnungfdp.exe"),
        ('a"b<c>.pdf', "abc.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("", "datei"),
        ("...", "datei"),
        (" .pdf ", "pdf"),
        ("/", "datei"),
        ("Ausweis Müller.jpg", "Ausweis Müller.jpg"),
        ("x" * 300 + ".pdf", "x" * 110 + ".pdf"),
        ("a." + "x" * 300, "a." + "x" * 9),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_every_name_becomes_short_visible_and_one_place_deep(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= 120
    assert safe.isprintable()
    assert not set(safe) & set('/\\<>:"|?*\r\n\x00')
    assert safe == safe.strip(" .")


@pytest.mark.parametrize("action", ["/URI", "/GoToR"])
@pytest.mark.parametrize("trigger", ["/OpenAction", "/AA"])
def test_a_pdf_that_calls_outside_when_opened_is_refused(action: str, trigger: str) -> None:
    step = pikepdf.Dictionary(S=pikepdf.Name(action), URI=pikepdf.String("http://weg.test/"))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root[trigger] = step if trigger == "/OpenAction" else pikepdf.Dictionary(WC=step)
        file = io.BytesIO()
        pdf.save(file)
    with pytest.raises(UploadRefused):
        inspect_upload(name="a.pdf", content=file.getvalue(), accept=["pdf"], max_bytes=100_000)


@pytest.mark.parametrize(
    ("name", "media_type", "stored"),
    [("b.exe", "application/pdf", "b.exe.pdf"), ("Foto.JPEG", "image/jpeg", "Foto.JPEG"), ("x", "image/png", "x.png")],
)
def test_the_ending_tells_what_the_content_is(name: str, media_type: str, stored: str) -> None:
    assert with_ending(name, media_type) == stored
