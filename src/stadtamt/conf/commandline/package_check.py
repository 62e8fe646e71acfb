"""``stadtamt package check PATH``: everything that is wrong with a package, in one go."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from stadtamt.conf.commandline.console import say
from stadtamt.conf.commandline.package_files import all_files_at
from stadtamt.packages.checking import Finding, check, errors_in

WORDS = {"error": "Fehler ", "warning": "Hinweis"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PFAD", help="der Ordner des Pakets oder ein Archiv")
    parser.add_argument("--json", action="store_true", help="gibt die Funde als JSON aus")


def run(options: argparse.Namespace) -> int:
    files, problem = all_files_at(options.path)
    findings = check(files)
    if problem is not None and not any(finding.sentence == problem.sentence for finding in findings):
        findings = (Finding(problem.file, problem.line, "error", problem.sentence), *findings)
    errors = errors_in(findings)
    if options.json:
        say(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            say(f"{WORDS[finding.severity]} {finding}")
        hints = len(findings) - len(errors)
        say(f"{len(errors)} Fehler, {hints} {'Hinweis' if hints == 1 else 'Hinweise'}")
    return 1 if errors else 0
