"""``stadtamt bench line``: how long from "send" to the sealed notice in the postbox, and what the least would be."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from stadtamt.conf.bench.figures import spread
from stadtamt.conf.bench.load import Journey
from stadtamt.conf.bench.office import Office, office, say
from stadtamt.conf.commandline.database import set_up

UNLOADED_CASES, WARMING_CASES = 15, 5
BURST_CLIENTS = 4
FLOOR_RUNS = 15
SEED = 20260101
MOST_CASES = 2000
TARGET_RATIO, TARGET_P95_MS = 3.0, 1500.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=int, default=60, metavar="ZAHL", help="Anträge im Stoß (Vorgabe: 60)")
    parser.add_argument("--rate", type=float, default=5.0, metavar="ZAHL", help="Anträge je Sekunde (Vorgabe: 5)")
    parser.add_argument("--seconds", type=float, default=30.0, metavar="ZAHL", help="Dauer dieser Rate (Vorgabe: 30)")
    parser.add_argument("--workers", type=int, default=2, metavar="ZAHL", help="Hintergrundprozesse (Vorgabe: 2)")
    parser.add_argument("--json", action="store_true", help="gibt das Ergebnis als JSON aus")


def run(options: argparse.Namespace) -> int:
    if not (0 < options.rate <= 200 and 0 < options.seconds <= 600 and 0 < options.cases <= MOST_CASES):
        raise SystemExit("stadtamt bench line: --rate bis 200, --seconds bis 600, --cases bis 2000.")
    with office(workers=options.workers, say=say) as place:
        result = measure(place, options)
    print(json.dumps(result, indent=1) if options.json else table(result))
    return 0


def measure(place: Office, options: argparse.Namespace) -> dict[str, Any]:
    """All measurements of one run, as plain data; times in milliseconds."""
    set_up()
    from stadtamt.conf.bench import floor
    from stadtamt.conf.commandline.static import collect
    from stadtamt.kernel import clock

    collect()
    say("Messe den Boden: SQL, Brief, Siegel …")
    least = floor.measure_floor(place.server, runs=FLOOR_RUNS, today=clock.today())
    place.open()
    driven = place.attend(lambda: drive(place, options))
    ratio = driven["unloaded"]["to_postbox"]["p50"] / least.total_ms if least.total_ms else 0.0
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "workers": options.workers,
        **driven,
        "floor": {
            "sql_ms": least.sql_ms,
            "letter_ms": least.letter_ms,
            "seal_ms": least.seal_ms,
            "total_ms": least.total_ms,
            "fastest_ms": least.fastest_ms,
            "statements": least.statements,
            "commits": least.commits,
            "statements_by_stage": least.parts,
            "one_process_ms_by_stage": least.stage_ms,
        },
        "ratio": round(ratio, 2),
        "ratio_of_fastest": round(driven["unloaded"]["to_postbox"]["shortest"] / least.fastest_ms, 2),
    }


def drive(place: Office, options: argparse.Namespace) -> dict[str, Any]:
    """The three loads: one after another, at the rate, all at once."""
    from stadtamt.conf.bench import effort, load
    from stadtamt.conf.bench.watch import Watch
    from stadtamt.kernel import clock

    at = load.moments(rate=options.rate, seconds=options.seconds, seed=SEED)
    sizes = (WARMING_CASES + UNLOADED_CASES, len(at), options.cases)
    say(f"Fülle {sum(sizes)} Anträge über HTTP aus …")
    drafts = load.prepare(port=place.port, count=sum(sizes), today=clock.today(), stopping=place.stopping)
    first, second, third = load.portions(drafts, sizes)
    with Watch(place.server.url(role="admin")) as watch:
        say("Einer nach dem anderen …")
        alone = load.one_by_one(first, port=place.port, watch=watch)[WARMING_CASES:]
        say(f"{options.rate:g} Anträge je Sekunde, {options.seconds:g} s lang …")
        with effort.foreign_load(place) as others:
            steady = load.at_moments(second, at, port=place.port, watch=watch)
        say("Alle auf einmal …")
        before = effort.cpu_seconds(place)
        burst = load.as_fast(third, clients=BURST_CLIENTS, port=place.port, watch=watch)
        used = effort.per_case(before, effort.cpu_seconds(place), len(burst))
    return {
        "foreign_cores": others[0],
        "unloaded": figures_of(alone),
        "steady": {**figures_of(steady), "rate": options.rate, "cases_per_second": load.throughput(steady)},
        "burst": {**figures_of(burst), "cases_per_second": load.throughput(burst), "cpu_ms_per_case": used},
    }


def figures_of(journeys: Sequence[Journey]) -> dict[str, Any]:
    """How many, and the spread of both times."""
    sent = [entry.to_acknowledgement for entry in journeys if entry.to_acknowledgement is not None]
    told = [entry.to_postbox for entry in journeys if entry.to_postbox is not None]
    return {
        "cases": len(journeys),
        "to_acknowledgement": spread(sent).as_data(),
        "to_postbox": spread(told).as_data(),
    }


def table(result: dict[str, Any]) -> str:
    """The result for a person."""
    least = result["floor"]
    machine = f"Kerne: {result['cores']}, davon für Fremdes: {result['foreign_cores']:g}"
    lines = [
        f"{machine}, Hintergrundprozesse: {result['workers']}, {result['at']}",
        "",
        f"{'Zeiten in Millisekunden':<40}{'Fälle':>7}{'p50':>9}{'p95':>9}{'p99':>9}{'längste':>9}",
    ]
    names = {"unloaded": "einzeln", "steady": f"{result['steady']['rate']:g} je Sekunde", "burst": "alle auf einmal"}
    for key, name in names.items():
        for part, words in (("to_acknowledgement", "Absenden → Bestätigung"), ("to_postbox", "Absenden → Postfach")):
            row = result[key][part]
            numbers = "".join(f"{row[each]:>9.0f}" for each in ("p50", "p95", "p99", "longest"))
            lines.append(f"{f'{name}: {words}':<40}{row['count']:>7}{numbers}")
    missing = sum(result[key]["cases"] - result[key]["to_postbox"]["count"] for key in names)
    steady = result["steady"]["to_postbox"]["p95"]
    rates = result["steady"]["cases_per_second"], result["burst"]["cases_per_second"]
    parts = f"{least['statements']} Anweisungen, {least['commits']} Commits"
    stages = (f"{name} {value:.0f} ms" for name, value in least["one_process_ms_by_stage"].items())
    counts = (f"{name} {count}" for name, count in least["statements_by_stage"].items())
    good = result["ratio"] <= TARGET_RATIO, 0 < steady < TARGET_P95_MS and not missing
    lines.append("")
    lines.append(f"Ganze Fälle je Sekunde: {rates[0]:g} bei der Rate, {rates[1]:g} höchstens; ohne Bescheid: {missing}")
    used = result["burst"]["cpu_ms_per_case"]
    lines.append(f"Rechenzeit je Fall: {', '.join(f'{name} {value:.0f} ms' for name, value in used.items())}")
    lines.append(f"Boden: {least['total_ms']:.1f} ms = SQL {least['sql_ms']:.1f} ({parts})")
    lines[-1] += f" + Brief {least['letter_ms']:.1f} + Siegel {least['seal_ms']:.1f}"
    lines.append(f"In einem Prozess, ohne HTTP und Warteschlange: {', '.join(stages)}")
    lines.append(f"SQL-Anweisungen: {', '.join(counts)}")
    lines.append(
        f"Verhältnis einzeln / Boden: {result['ratio']:.2f} (Ziel höchstens {TARGET_RATIO:g}: {_met(good[0])})"
    )
    lines.append(f"Verhältnis der jeweils schnellsten (kaum gestört von Fremdem): {result['ratio_of_fastest']:.2f}")
    lines.append(f"p95 bei der Rate: {steady:.0f} ms (Ziel unter {TARGET_P95_MS:.0f}: {_met(good[1])})")
    return "\n".join(lines)


def _met(good: bool) -> str:
    return "erreicht" if good else "verfehlt"
