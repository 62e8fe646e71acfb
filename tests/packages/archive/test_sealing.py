"""A package as one signed file: the same bytes from the same files, and back again."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as some

from stadtamt.packages.archive import ArchiveProblem, AuthorKey, SignatureWrong, assemble, digest_of, pack, unpack
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import files_of_folder

KEY, OTHER = AuthorKey.generate(), AuthorKey.generate()
FILES = {"service.toml": b"[service]\n", "letters/bescheid.yaml": "Größe: ł\n".encode(), "form.yaml": b""}


def test_the_same_files_give_the_same_bytes_in_any_order() -> None:
    turned = dict(reversed(FILES.items()))
    assert pack(FILES, KEY) == pack(turned, KEY)
    assert pack(FILES, KEY) != pack(FILES, OTHER)


def test_what_was_packed_comes_out_again() -> None:
    archive = unpack(pack(FILES, KEY))
    assert dict(archive.files) == FILES
    assert archive.key_id == KEY.key_id
    assert archive.digest == digest_of(FILES) == unpack(pack(FILES, OTHER)).digest


def test_export_import_export_is_byte_equal_without_the_authors_secret() -> None:
    first = pack(FILES, KEY)
    archive = unpack(first)
    assert assemble(archive.files, public_key=archive.public_key, signature=archive.signature) == first


def test_a_changed_file_cannot_be_assembled_under_the_old_signature() -> None:
    archive = unpack(pack(FILES, KEY))
    with pytest.raises(SignatureWrong):
        assemble({**FILES, "form.yaml": b"x"}, public_key=archive.public_key, signature=archive.signature)


def test_every_shipped_package_survives_the_way_through_an_archive() -> None:
    for folder in sorted(entry for entry in settings.SERVICES.iterdir() if (entry / "service.toml").is_file()):
        files = files_of_folder(folder)
        assert dict(unpack(pack(files, KEY)).files) == dict(files), folder.name


def test_any_unzip_tool_can_look_inside() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(FILES, KEY))) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["META/manifest.json", "META/signature.json", *sorted(FILES)]


@pytest.mark.parametrize("name", ["../service.toml", "/etc/passwd", "run.py", "letters/a/b.yaml", "META/manifest.json"])
def test_what_could_not_be_read_is_not_packed(name: str) -> None:
    with pytest.raises(PackageProblem):
        pack({name: b""}, KEY)


DATA = pack(FILES, KEY)


@given(at=some.integers(0, len(DATA) - 1), bit=some.integers(0, 7))
def test_no_single_bit_can_be_turned_unnoticed(at: int, bit: int) -> None:
    turned = bytearray(DATA)
    turned[at] ^= 1 << bit
    with pytest.raises(ArchiveProblem):
        unpack(bytes(turned))


@given(noise=some.binary(max_size=200), at=some.integers(0, len(DATA)), cut=some.integers(0, len(DATA)))
def test_no_noise_is_taken_for_an_archive(noise: bytes, at: int, cut: int) -> None:
    for data in (noise, DATA[:cut] + noise, DATA[:at] + noise + DATA[at:], b"PK\3\4" + noise):
        if data != DATA:
            with pytest.raises(ArchiveProblem):
                unpack(data)
