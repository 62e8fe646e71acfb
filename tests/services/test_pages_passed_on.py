"""What is shown to others stands on a page of its own: the permit behind the windscreen, the certificate for a bank."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from notices.pdf_text import text_of
from stadtamt.notices.composing import compose
from stadtamt.notices.rendering import render_pdf
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import cases_of, shipped_layers
from stadtamt.packages.golden.bench import bench_of
from stadtamt.packages.golden.judging import letter_scope
from stadtamt.packages.golden.running import stage_of

SERVICES = Path(__file__).parents[2] / "services"


def letter_pages(service: str, letter: str) -> list[str]:
    """The words of each page of a letter, for the first golden case that expects it."""
    package = read_package(files_of_folder(SERVICES / service))
    bench = bench_of(package)
    case = next(one for one in cases_of(package.files) if one.town and one.data.get("letter", {}).get("id") == letter)
    stage = stage_of(bench, case, shipped_layers(package)[case.town].values)
    words = next(one.source for one in bench.letters if one.id == letter)
    arrangement = next(one.arrangement for one in package.letters if one.id == letter)
    made = compose(words, letter_scope(stage))
    pdf = render_pdf(letter=made, arrangement=arrangement, attachments=[], when=datetime(2026, 5, 11, tzinfo=UTC))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        singles = []
        for page in document.pages:
            with pikepdf.new() as single:
                single.pages.append(page)
                target = io.BytesIO()
                single.save(target)
                singles.append(text_of(target.getvalue()))
        return singles


@pytest.mark.parametrize("letter", ["ausweis", "ersatz"])
def test_the_permit_behind_the_windscreen_shows_no_name_no_address_and_no_account(letter: str) -> None:
    first, *_, last = letter_pages("bewohnerparkausweis", letter)
    assert "KN-AB 123" in last
    assert "Müller" in first
    assert [word for word in ("Müller", "Wessenbergstraße", "IBAN", "Widerspruch") if word in last] == []


def test_the_permit_and_its_decision_take_one_sheet() -> None:
    assert len(letter_pages("bewohnerparkausweis", "ausweis")) == 2


def test_the_certificate_can_be_passed_on_without_the_fee_notice() -> None:
    first, last = letter_pages("meldebescheinigung", "bescheinigung")
    assert "Hauptstraße 5, 73087 Bad Boll" in last
    assert "IBAN" in first
    assert [word for word in ("IBAN", "Gebühr", "Widerspruch") if word in last] == []
