"""Packages of strangers who mean harm: each is refused with its own sentence, and nothing else happens."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from packages.hostile import archives
from packages.hostile.guards import undisturbed
from stadtamt.packages.archive import unpack
from stadtamt.packages.errors import PackageProblem

ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {**archives.NAMES, **archives.CONTAINERS, **archives.SEALS}


def test_the_archive_that_all_others_are_made_from_is_good() -> None:
    assert dict(unpack(archives.GOOD).files) == archives.FILES
    assert archives.zipped(*archives.goods()) == archives.GOOD


@pytest.mark.parametrize("case", ARCHIVES, ids=lambda case: case.replace(" ", "-"))
def test_a_hostile_archive_is_refused_for_its_own_reason(case: str) -> None:
    make, sentence = ARCHIVES[case]
    data = make()
    began = time.perf_counter()
    with undisturbed(), pytest.raises(PackageProblem, match=sentence):
        unpack(data)
    assert time.perf_counter() - began < 1
