"""The PDF: readable by people and by machines, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
import threading

import pikepdf
import pytest

from notices.pdf_text import page_count, text_of
from notices.samples import LONG_NAME, assessment, decision, dog_letter, position, probe
from stadtamt.notices.errors import RenderingRefused
from stadtamt.notices.rendering import Attachment, render_pdf

WHEN = dt.datetime(2026, 5, 9, 12, 30, tzinfo=dt.UTC)


def test_the_words_of_the_letter_stand_in_the_pdf() -> None:
    text = text_of(render_pdf(letter=dog_letter("bescheid"))).replace("\xa0", " ")
    assert "Für Ihren Hund Bello setzen wir die Hundesteuer für das Jahr 2026 auf 70,00 € fest." in text
    assert "Ayşe Yılmaz" in text
    assert "Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Widerspruch erheben" in text
    assert "Seite 1 von 1" in text


def test_markup_in_a_name_stays_a_name() -> None:
    name = '#read("/etc/passwd") *fett* $x$ \\ @quelle <marke> [1] // weg'
    letter = probe(person={"name": [name], "address": ["Weg 1"]})
    assert name in text_of(render_pdf(letter=letter))


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter = dog_letter("bescheid")
    assert render_pdf(letter=letter, when=WHEN) == render_pdf(letter=letter, when=WHEN)
    assert render_pdf(letter=letter, when=WHEN) != render_pdf(letter=letter, when=WHEN + dt.timedelta(hours=1))


def test_the_attachment_is_in_the_pdf_as_it_was_given() -> None:
    data = '{"total_cents": 7000, "name": "Ľudmila"}'.encode()
    attachment = Attachment("berechnung.json", data, "application/json", "Berechnung in Maschinenform")
    with pikepdf.open(io.BytesIO(render_pdf(letter=probe(), attachments=[attachment]))) as document:
        assert document.attachments["berechnung.json"].get_file().read_bytes() == data
        assert document.Root.AF[0].AFRelationship == "/Data"


def test_one_page_where_possible_and_two_for_a_long_case() -> None:
    positions = [position(year, 12, rate_text="jeder weitere gefährliche Hund") for year in range(2022, 2027)]
    long = dog_letter(
        "bescheid",
        person={
            "name": [LONG_NAME],
            "address": ["c/o Gemeinschaftsunterkunft", "Straße der Freundschaft 123 a", "78462 Konstanz"],
        },
        assessment=assessment(positions=positions, total_cents=60000, late=True),
        decision=decision(
            automated=False, clerk="Dr. Friedhelm-Maximilian Oberhuber-Schneidereit", grounds="Grund. " * 150
        ),
    )
    assert page_count(render_pdf(letter=dog_letter("bescheid"))) == 1
    pdf = render_pdf(letter=long)
    assert page_count(pdf) == 2
    assert LONG_NAME.replace(" ", "") in text_of(pdf).replace(" ", "")


def test_a_package_may_arrange_its_blocks_itself() -> None:
    arrangement = """
    #import "/stadtamt/letter.typ": letter, show-block
    #letter(arrange: blocks => blocks.rev().map(show-block).join())
    """
    text = text_of(render_pdf(letter=probe(), arrangement=arrangement))
    assert text.index("Rechtsbehelfsbelehrung") < text.index("Wir setzen")


def test_a_sign_that_the_font_lacks_is_refused_not_dropped() -> None:
    with pytest.raises(RenderingRefused, match="Zeichen"):
        render_pdf(letter=probe(answers={"hund": {"name": "Bello 🐶"}}))


def test_many_threads_may_render_at_once() -> None:
    made: list[bytes] = []
    letter = probe()
    threads = [threading.Thread(target=lambda: made.append(render_pdf(letter=letter, when=WHEN))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(made) == 8
    assert len(set(made)) == 1
