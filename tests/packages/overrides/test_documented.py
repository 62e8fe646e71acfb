"""The handbook's examples for towns are tried on the package they speak of."""

from __future__ import annotations

import re
import textwrap

import pytest

from stadtamt.packages.format.addresses import texts_of
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.layer import KINDS, read_layer
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.overrides import apply
from support.source import ROOT

PAGE = (ROOT / "docs" / "handbuch" / "leistungspakete.md").read_text(encoding="utf-8")
EXAMPLES = [textwrap.dedent(one) for one in re.findall(r"(?m)((?:^    .*\n)+)", PAGE) if "[[override]]" in one]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_fits_the_dog_tax(example: str) -> None:
    package = read_package(files_of_folder(ROOT / "services" / "hundesteuer-anmelden"))
    overrides = read_layer(example).overrides
    assert apply(package, overrides) != package


# The unit says itself; rules and fields of a data schema the dog tax does not have, and a page order it does not need.
WITHOUT_EXAMPLE = {"unit", "rule", "field", "order"}


def test_the_kinds_for_every_town_have_an_example_and_every_address_exists() -> None:
    kinds = {one.kind for example in EXAMPLES for one in read_layer(example).overrides}
    assert kinds == set(KINDS) - WITHOUT_EXAMPLE
    addresses = set(
        re.findall(r"(?m)`((?:service|form|letter)\.[a-z][\w.-]+)`", PAGE.split("### Adressen")[1].split("## ")[0])
    )
    texts = texts_of(read_package(files_of_folder(ROOT / "services" / "hundesteuer-anmelden")))
    assert len(addresses) >= 10
    assert not addresses - texts.keys()
