"""Every row of every fee register that is shipped: it can be found in the form, and it is charged as it says."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stadtamt.decisions.assessing import assess_situation
from stadtamt.forms.schema import Situation
from stadtamt.kernel.dates import with_dates
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.parameters import fill_in
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import shipped_layers
from stadtamt.packages.golden.bench import Bench, bench_of

DAY = date(2026, 5, 11)
MOST_IN_A_LIST = 12


@cache
def bench() -> Bench:
    return bench_of(read_package(files_of_folder(Path(__file__).parents[2] / "services" / "verwaltungsgebuehr")))


@cache
def parameters(town: str) -> dict[str, Any]:
    layer = shipped_layers(bench().package)[town]
    filled: dict[str, Any] = with_dates(fill_in(bench().package.parameters, layer.values))
    return filled


TOWNS = sorted(shipped_layers(bench().package))
ROWS = [(town, row) for town in TOWNS for row in parameters(town)["tariff"]]
each_town = pytest.mark.parametrize("town", TOWNS)
each_row = pytest.mark.parametrize(("town", "row"), ROWS, ids=[f"{town} {row['value']}" for town, row in ROWS])


def situation(town: str, row: dict[str, Any], **extent: Any) -> Situation:
    answers = {
        "leistung": {"bereich": row["area"], "nummer": row["value"], "beschreibung": "x"},
        "umfang": {"genannt": True, **extent},
        "befreiung": {"geltend": False},
    }
    return Situation(bench().schema, answers, parameters(town), DAY)


def charged(town: str, row: dict[str, Any], **extent: Any) -> dict[str, Any]:
    found = situation(town, row, **extent)
    return assess_situation(bench().model, found, parameters=found.parameters, confirmed=(), today=DAY, refused=False)


def extent_of(town: str, row: dict[str, Any], units: int) -> dict[str, Any]:
    """As many units of the row as asked for, whatever its unit is."""
    length = parameters(town)["time_unit_minutes"]
    return {"anzahl": units, "minuten": units * length, "wert_euro": 10_000, "betrag_euro": units, "zuschlag": 0}


def by_hand(row: dict[str, Any], units: int) -> int:
    if row["unit"] == "percent":
        return int(row["percent"]) * 100
    if row["unit"] == "frame":
        return units * 100
    further = int(row.get("further_cents", row["cents"]))
    return int(row["cents"]) + further * (units - 1)


@each_row
@pytest.mark.parametrize("units", [1, 3])
def test_a_row_is_charged_as_the_register_says(town: str, row: dict[str, Any], units: int) -> None:
    result = charged(town, row, **extent_of(town, row, units))
    assert (result["kind"], result["fee_known"], result["decidable"]) == ("fee", True, True)
    assert result["total_cents"] == by_hand(row, units)
    assert result["positions"][0]["paragraph"] == row["paragraph"]


@each_row
def test_what_is_counted_in_addition_is_added(town: str, row: dict[str, Any]) -> None:
    given = {**extent_of(town, row, 1), "zuschlag": 2}
    assert charged(town, row, **given)["total_cents"] == by_hand(row, 1) + 2 * row.get("extra_cents", 0)


@each_row
def test_an_effort_nobody_knows_yet_is_no_fee(town: str, row: dict[str, Any]) -> None:
    result = charged(town, row, genannt=False)
    by_effort = row["unit"] in {"quarter_hour", "frame"}
    assert (result["kind"] == "effort", result["decidable"]) == (by_effort, by_effort)
    assert (result["total_cents"], result["fee_known"]) == (0, False)


@each_town
def test_the_form_offers_every_row_exactly_once_and_in_short_lists(town: str) -> None:
    form = bench().schema.fields
    offered: list[str] = []
    rows = parameters(town)["tariff"]
    for area in (one.value for one in situation(town, rows[0]).choices(form["leistung.bereich"])):
        choices = situation(town, {"area": area, "value": ""}).choices(form["leistung.nummer"])
        assert 0 < len(choices) <= MOST_IN_A_LIST
        offered += [one.value for one in choices]
    assert sorted(offered) == sorted(row["value"] for row in rows)


@each_row
def test_the_form_asks_only_what_the_row_needs(town: str, row: dict[str, Any]) -> None:
    asked = {one.id for one in situation(town, row).pages() if one.group == "umfang"}
    wanted = {"genannt"} if row["unit"] in {"quarter_hour", "frame"} else set()
    wanted |= {"menge"} if row["unit"] in {"each", "page"} else set()
    wanted |= {"zuschlag"} if "extra_cents" in row else set()
    wanted |= {"wert"} if row["unit"] == "percent" or {"free_up_to_cents", "value_to_cents"} & row.keys() else set()
    assert asked == wanted
