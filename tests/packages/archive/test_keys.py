"""The author's key lies in a file that only its owner may read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stadtamt.packages.archive import AuthorKey, KeyFileProblem, author_key


def test_the_key_is_made_once_and_then_read(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "author.json"
    assert author_key(file).key_id == author_key(file).key_id
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert os.listdir(file.parent) == ["author.json"]


def test_a_key_that_others_could_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "author.json"
    author_key(file)
    file.chmod(0o640)
    with pytest.raises(KeyFileProblem, match="0600"):
        author_key(file)


def test_a_link_in_place_of_the_key_is_refused(tmp_path: Path) -> None:
    author_key(tmp_path / "real.json")
    (tmp_path / "author.json").symlink_to("real.json")
    with pytest.raises(KeyFileProblem):
        author_key(tmp_path / "author.json")


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 9000, b'{"format": "stadtamt-author-key/1", "private": "00"}'])
def test_a_broken_key_file_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "author.json"
    file.touch(mode=0o600)
    file.write_bytes(content)
    with pytest.raises(KeyFileProblem, match="keinen Schlüssel"):
        author_key(file)
    assert file.read_bytes() == content


def test_the_secret_does_not_show() -> None:
    key = AuthorKey.generate()
    assert key.private.private_bytes_raw().hex() not in repr(key)
