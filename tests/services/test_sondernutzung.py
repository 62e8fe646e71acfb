"""Konstanz's fee register for the use of public space, line by line against the bylaw; and what holds in every case."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import assess_all, cases_of, settings_for, shipped_layers
from support.real import real_file

ROOT = Path(__file__).parents[2]
PACKAGES = ("sondernutzung", "veranstaltung-anzeigen", "buergersaal-mieten")
BYLAW = "fees/KON_Satzung_Sondernutzungsgebuehren.md"


def frames_of_the_bylaw() -> list[tuple[int, int]]:
    """Every frame of the register in cents, in the order of the lines; the columns are year, month, week, day."""
    register = real_file(BYLAW).read_text(encoding="utf-8").split("### Gebührenverzeichnis zu § 4")[1]
    found = re.findall(r"(?<=\| )([\d.,]+)–([\d.,]+)(?= \|)", register)
    return [(cents(low), cents(high)) for low, high in found]


def cents(euros: str) -> int:
    whole, _, rest = euros.replace(".", "").partition(",")
    return int(whole) * 100 + int((rest + "00")[:2])


@pytest.mark.real_data
def test_every_frame_of_the_register_of_konstanz_is_a_row_and_no_other() -> None:
    settings = tomllib.loads((ROOT / "services/sondernutzung/parameters/konstanz.toml").read_text(encoding="utf-8"))
    rows = settings["parameters"]["fees"]["value"]
    assert [(row["from_cents"], row["to_cents"]) for row in rows] == frames_of_the_bylaw()


@pytest.mark.parametrize("name", PACKAGES)
def test_positions_add_up_reasons_are_sentences_with_law_and_discretion_is_never_clear(name: str) -> None:
    package = read_package(files_of_folder(ROOT / "services" / name))
    for town, layer in shipped_layers(package).items():
        cases = [case for case in cases_of(package.files) if case.town in ("", town)]
        found = assess_all(package, settings_for(package, layer), cases=cases)
        assert len(found) == len(cases)
        for case, result in found.items():
            assert not wrongs_of(result), (town, case, wrongs_of(result))
            assert result["clear"] is False or result["kind"] == "noted", (town, case)


def wrongs_of(result: dict[str, Any]) -> list[str]:
    wrong = [one["code"] for one in result["reasons"] if not one["text"].endswith(".") or "§" not in one["paragraph"]]
    if result["clear"] != (result["reasons"] == []):
        wrong.append("clear")
    if result["total_cents"] != sum(one["amount_cents"] for one in result["positions"]) or result["total_cents"] < 0:
        wrong.append("total")
    return wrong
