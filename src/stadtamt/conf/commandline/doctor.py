"""``stadtamt doctor``: looks at everything the product relies on and says how to mend what is wrong."""

from __future__ import annotations

import argparse
import sys

from stadtamt.conf.commandline import doctor_database, doctor_machine
from stadtamt.conf.commandline.database import database
from stadtamt.conf.commandline.findings import Finding, Level
from stadtamt.conf.embedded import PostgresProblem

SIGNS = {Level.GOOD: "✓", Level.HINT: "·", Level.BAD: "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Ende mit 1, wenn etwas nicht in Ordnung ist; Hinweise (·) zählen nicht."


def run(options: argparse.Namespace) -> int:
    findings = list(doctor_machine.look())
    _show(findings)
    try:
        with database():
            found = list(doctor_database.look())
    except PostgresProblem as problem:
        found = [Finding(Level.BAD, "Die Datenbank ist nicht erreichbar.", str(problem))]
    _show(found)
    bad = [finding for finding in findings + found if finding.level is Level.BAD]
    print("\n" + ({0: "Alles in Ordnung.", 1: "1 Mangel."}.get(len(bad)) or f"{len(bad)} Mängel."))
    return 1 if bad else 0


def _show(findings: list[Finding]) -> None:
    for finding in findings:
        print(f"{SIGNS[finding.level]} {finding.sentence}")
        if finding.remedy:
            print("    " + finding.remedy.replace("\n", "\n    "))
    sys.stdout.flush()
