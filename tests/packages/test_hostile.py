"""Packages of strangers who mean harm: each is refused with its own sentence, and nothing else happens."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from packages.hostile import archives, contents, folders
from packages.hostile.folders import FOLDERS
from packages.hostile.guards import rows_of_all_tables, tree_of, undisturbed
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import install
from stadtamt.packages.archive import unpack
from stadtamt.packages.checking import check, errors_in
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import files_of_folder
from support.small_package import town_layer

ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {**archives.NAMES, **archives.CONTAINERS, **archives.SEALS}


def test_the_archive_that_all_others_are_made_from_is_good() -> None:
    assert dict(unpack(archives.GOOD).files) == archives.FILES
    assert archives.zipped(*archives.goods()) == archives.GOOD


@pytest.mark.parametrize("case", ARCHIVES, ids=lambda case: case.replace(" ", "-"))
def test_a_hostile_archive_is_refused_for_its_own_reason(case: str) -> None:
    make, sentence = ARCHIVES[case]
    data = make()
    began = time.process_time()
    with undisturbed(), pytest.raises(PackageProblem, match=sentence):
        unpack(data)
    assert time.process_time() - began < 1


CONTENTS: dict[str, tuple[dict[str, bytes], str]] = {
    **contents.XML_ATTACKS,
    **contents.DIAGRAMS,
    **contents.EXPRESSIONS,
    **contents.TEXTS,
    **contents.AMOUNTS,
    **contents.SIGNS,
    **contents.SETTINGS,
    **contents.SCHEMAS,
}


def test_the_package_that_all_others_are_made_from_is_good() -> None:
    assert not errors_in(check(contents.GOOD))


@pytest.mark.parametrize("case", CONTENTS, ids=lambda case: case.replace(" ", "-"))
def test_a_hostile_content_is_found_by_the_check(case: str) -> None:
    files, sentence = CONTENTS[case]
    began = time.process_time()
    with undisturbed():
        found = errors_in(check(files))
    assert time.process_time() - began < 10
    assert [str(one) for one in found if re.search(sentence, str(one))], [str(one) for one in found]


def test_the_folder_that_all_others_are_made_from_is_good(tmp_path: Path) -> None:
    assert dict(files_of_folder(folders.make(tmp_path / "stand"))) == dict(sorted(contents.GOOD.items()))


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.replace(" ", "-"))
def test_a_hostile_folder_is_refused_for_its_own_reason(case: str, tmp_path: Path) -> None:
    change, sentence = FOLDERS[case]
    folder = folders.make(tmp_path / "stand")
    change(folder)
    before = tree_of(tmp_path)
    with undisturbed(), pytest.raises(PackageProblem, match=sentence):
        files_of_folder(folder)
    assert tree_of(tmp_path) == before


INSTALLED = sorted(name for name in CONTENTS if "thousands" not in name and "huge package" not in name)


@pytest.mark.parametrize("case", INSTALLED, ids=lambda case: case.replace(" ", "-"))
def test_a_hostile_package_that_somebody_installs_leaves_no_row(case: str, konstanz: Municipality) -> None:
    with within(konstanz):
        before = rows_of_all_tables()
        with pytest.raises(PackageProblem):
            install(files=CONTENTS[case][0], layer=town_layer())
        assert rows_of_all_tables() == before


def test_the_good_package_would_have_been_installed(konstanz: Municipality) -> None:
    with within(konstanz):
        before = rows_of_all_tables()
        install(files=contents.GOOD, layer=town_layer())
        assert sum(rows_of_all_tables().values()) > sum(before.values()) + 5
