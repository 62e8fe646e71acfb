"""The seal: found, tied to the town, and broken by every change."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from notices.samples import probe
from stadtamt.notices.errors import SealRefused
from stadtamt.notices.rendering import render_pdf
from stadtamt.notices.seal import SealCredentials, make_demo_certificate, seal_pdf, verify_seal

WHEN = dt.datetime(2026, 5, 9, 12, 30, tzinfo=dt.UTC)


@cache
def credentials() -> SealCredentials:
    return make_demo_certificate("Stadt Wört")


@cache
def sealed() -> bytes:
    return seal_pdf(pdf=render_pdf(letter=probe()), credentials=credentials(), reason="Bescheid", when=WHEN)


KNOWN = frozenset({credentials().fingerprint})


def test_a_sealed_letter_says_who_sealed_it_and_when() -> None:
    report = verify_seal(sealed(), known=KNOWN)
    assert report.trustworthy
    assert report.signer == "Siegel Stadt Wört (Demonstration)"
    assert report.time == WHEN


def test_the_seal_is_a_pades_signature_that_permits_no_change() -> None:
    assert b"/ETSI.CAdES.detached" in sealed()
    assert b"/DocMDP" in sealed()


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7])
def test_a_single_changed_bit_breaks_the_seal(place: float) -> None:
    changed = bytearray(sealed())
    changed[int(len(changed) * place)] ^= 1
    assert not verify_seal(bytes(changed), known=KNOWN).trustworthy


def test_something_added_behind_the_seal_is_found() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed()))
    writer.root["/Foo"] = generic.NameObject("/Bar")
    writer.update_root()
    added = io.BytesIO()
    writer.write(added)
    report = verify_seal(added.getvalue(), known=KNOWN)
    assert report.sealed
    assert not report.covers_whole_document
    assert not report.trustworthy


def test_a_seal_of_the_same_name_by_another_key_is_not_the_town() -> None:
    forged = seal_pdf(
        pdf=render_pdf(letter=probe()), credentials=make_demo_certificate("Stadt Wört"), reason="Bescheid", when=WHEN
    )
    report = verify_seal(forged, known=KNOWN)
    assert (report.intact, report.signer) == (True, "Siegel Stadt Wört (Demonstration)")
    assert not report.known
    assert not report.trustworthy


@pytest.mark.parametrize("file", [b"", b"kein PDF", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_sealed_pdf_is_not_sealed(file: bytes) -> None:
    assert not verify_seal(file, known=KNOWN).sealed
    assert not verify_seal(render_pdf(letter=probe()), known=KNOWN).sealed


def test_what_cannot_be_sealed_is_refused() -> None:
    with pytest.raises(SealRefused):
        seal_pdf(pdf=b"kein PDF", credentials=credentials(), reason="Bescheid", when=WHEN)
    with pytest.raises(SealRefused, match="Zeitzone"):
        seal_pdf(pdf=sealed(), credentials=credentials(), reason="Bescheid", when=WHEN.replace(tzinfo=None))


def test_the_key_does_not_show_in_a_log() -> None:
    assert "private" not in repr(credentials())
    assert credentials().fingerprint in repr(credentials())
