"""``stadtamt package list``: what is installed where, in which version, with how many running cases."""

from __future__ import annotations

import argparse
import json
from typing import Any

from stadtamt.conf.commandline.console import say
from stadtamt.conf.commandline.town import add_town, django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_town(parser, required=False)
    parser.add_argument("--json", action="store_true", help="gibt die Liste als JSON aus")


def run(options: argparse.Namespace) -> int:
    with django():
        from stadtamt.conf.town_packages import find_town
        from stadtamt.kernel.models import Municipality
        from stadtamt.kernel.tenancy import within

        towns = [find_town(options.municipality)] if options.municipality else Municipality.objects.order_by("name")
        found = []
        for town in towns:
            with within(town):
                found += _rows(town.name, town.ars)
    if options.json:
        say(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _tell(found)
    return 0


def _rows(town: str, ars: str) -> list[dict[str, Any]]:
    from stadtamt.packages.officer.standing import standing_of_all

    return [
        {
            "municipality": town,
            "ars": ars,
            "package": one.key,
            "title": one.title,
            "version": one.version,
            "edition": one.edition,
            "withdrawn": one.withdrawn,
            "origin": one.origin,
            "author": one.author,
            "running_cases": {each.edition: each.cases for each in one.editions if each.cases},
        }
        for one in standing_of_all()
    ]


def _tell(rows: list[dict[str, Any]]) -> None:
    for town in dict.fromkeys(row["municipality"] for row in rows):
        say(town)
        for row in (row for row in rows if row["municipality"] == town):
            origin = f", aus dem Register „{row['origin']}“" if row["origin"] else ""
            say(f"  {row['package']} {row['version']}  {row['title']}{origin}")
            for edition, count in row["running_cases"].items():
                now = "" if edition == row["edition"] else " (früherer Stand)"
                say(f"    {count} {'laufender Vorgang' if count == 1 else 'laufende Vorgänge'} unter {edition}{now}")
    if not rows:
        say("Hier ist noch kein Leistungspaket eingerichtet.")
