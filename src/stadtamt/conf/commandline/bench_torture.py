"""``stadtamt bench torture``: kills processes without end and counts whether an acknowledged application was lost."""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from stadtamt.conf.bench.office import Office, office, say
from stadtamt.conf.commandline.database import set_up

CLIENTS = 6
STOCK_A_KILL, LEAST_STOCK = 40, 300
MOST_KILLS = 20_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=20, metavar="ZAHL", help="Abbrüche mit kill -9 (Vorgabe: 20)")
    parser.add_argument("--seconds-max", type=float, default=1800.0, metavar="ZAHL", help="längstens (Vorgabe: 1800)")
    parser.add_argument("--seed", type=int, metavar="ZAHL", help="Startwert der Würfel (sonst zufällig, wird gezeigt)")
    parser.add_argument("--rate", type=float, default=4.0, metavar="ZAHL", help="Anträge je Sekunde (Vorgabe: 4)")
    parser.add_argument("--workers", type=int, default=2, metavar="ZAHL", help="Hintergrundprozesse (Vorgabe: 2)")
    parser.add_argument("--json", action="store_true", help="gibt das Ergebnis als JSON aus")


def run(options: argparse.Namespace) -> int:
    if not (0 < options.kills <= MOST_KILLS and options.seconds_max > 0 and 0 < options.rate <= 50):
        raise SystemExit(f"stadtamt bench torture: --kills bis {MOST_KILLS}, --rate bis 50.")
    with office(workers=options.workers, say=say) as place:
        result = torture(place, options)
    print(json.dumps(result, indent=1, ensure_ascii=False) if options.json else table(result))
    return 0 if result["passed"] else 1


def torture(place: Office, options: argparse.Namespace) -> dict[str, Any]:
    """One run, as plain data; `passed` is the promise."""
    set_up()
    from stadtamt.conf.bench import oracle, stubborn
    from stadtamt.conf.bench import torture as course_of
    from stadtamt.conf.bench.figures import spread
    from stadtamt.kernel import clock

    seed = random.SystemRandom().randrange(1_000_000) if options.seed is None else options.seed
    ledger, admin = stubborn.Ledger(), place.server.url(role="admin")
    place.open()

    def drive() -> dict[str, Any]:
        count = max(options.kills * STOCK_A_KILL, LEAST_STOCK)
        stock = stubborn.lay_stock(port=place.port, address=admin, count=count, today=clock.today())
        clients = stubborn.Clients(port=place.port, stock=stock, ledger=ledger, count=CLIENTS, rate=options.rate)
        clients.start()
        say(f"Breche ab (Startwert {seed}) …")
        course = course_of.rage(place, kills=options.kills, seconds=options.seconds_max, seed=seed, ledger=ledger)
        say("Lasse alles zur Ruhe kommen …")
        clients.stop(seconds=stubborn.LONGEST_SECONDS)
        rest = course_of.settle(place)
        found = oracle.count(admin, acknowledged=set(ledger.receipts), pressed=ledger.pressed, mail=place.data / "mail")
        return {
            "kills": dict(course.kills),
            "kills_in_all": course.kills.total(),
            "kills_while_sending": course.while_sending,
            "kills_while_working": course.while_working,
            "not_recovered": course.not_recovered,
            "recovery": {kind: spread(times).as_data() for kind, times in course.recoveries.items()},
            "settled_after_seconds": None if rest is None else round(rest, 1),
            "clients": _seen(ledger.receipts, ledger.troubles, ledger.given_up),
            **found,
            "verdict": oracle.verdict(found),
        }

    def _seen(
        receipts: dict[str, stubborn.Receipt], troubles: Counter[str], given_up: dict[str, str]
    ) -> dict[str, Any]:
        return {
            "acknowledged": len(receipts),
            "sent_again": ledger.tried_again,
            "first_answer_lost": ledger.answers_lost,
            "troubles": dict(troubles),
            "given_up": list(given_up.values()),
        }

    result = place.attend(drive)
    passed = not any(result["verdict"].values()) and not result["clients"]["given_up"]
    passed = passed and result["kills_in_all"] >= options.kills and result["settled_after_seconds"] is not None
    return {"at": datetime.now(UTC).isoformat(timespec="seconds"), "seed": seed, **result, "passed": passed}


def table(result: dict[str, Any]) -> str:
    """The result for a person."""
    clients, verdict = result["clients"], result["verdict"]
    lines = [f"{result['kills_in_all']} Abbrüche mit kill -9 (Startwert {result['seed']}), {result['at']}", ""]
    for kind, number in result["kills"].items():
        times = result["recovery"][kind]
        lines.append(f"  {kind:<32}{number:>5}   wieder da nach {times['p50']:.0f} ms (p95 {times['p95']:.0f})")
    rest = result["settled_after_seconds"]
    chains = ", ".join(f"{town} {chain['entries']}" for town, chain in result["chains"].items())
    stored = ", ".join(f"{name} {number}" for name, number in result["stored"].items())
    aimed = f"{result['kills_while_sending']}, während Aufträge liefen: {result['kills_while_working']}"
    again = f"{clients['sent_again']}, davon schon gespeichert gewesen: {clients['first_answer_lost']}"
    end = f"Halb: {verdict['half']}   Ketten gebrochen: {verdict['broken_chains']}"
    lines += ["", f"Abbrüche, während gesendet wurde: {aimed}"]
    lines += [
        f"Nicht wieder da: {result['not_recovered']}; zur Ruhe gekommen nach: {'nie' if rest is None else rest} s"
    ]
    lines += [f"Bestätigt: {clients['acknowledged']}, davon erst beim wiederholten Senden: {again}"]
    lines += [f"Störungen beim Senden: {clients['troubles'] or 'keine'}; aufgegeben: {len(clients['given_up'])}"]
    lines += [f"Gespeichert: {stored}; übrige Aufträge: {result['jobs'] or 'keine'}"]
    lines += [
        f"Mails: {result['mails']['sent']}, wiederholt: {result['mails']['repeated']}",
        f"Prüfketten: {chains}",
        "",
    ]
    lines += [f"Verloren: {verdict['lost']}   Doppelt: {verdict['doubled']}   {end}"]
    lines += ["Bestanden." if result["passed"] else "NICHT bestanden."]
    wrong = {name: n for part in ("lost", "doubled", "half") for name, n in result[part].items() if n}
    return "\n".join([*lines, *(f"  {name}: {number}" for name, number in wrong.items())])
