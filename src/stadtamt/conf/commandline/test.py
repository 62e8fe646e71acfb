"""``stadtamt test``: everything a change must pass."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from stadtamt.conf.commandline.chromium import require_chromium
from stadtamt.conf.commandline.console import CommandProblem

ROOT = Path(__file__).resolve().parents[4]
NOTHING_COLLECTED = 5
SPREAD = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")

STYLE = (
    ("Stil", ("ruff", "check", ".")),
    ("Form", ("ruff", "format", "--check", ".")),
    ("Bauplan", ("lint-imports", "--config", "importlinter.ini")),
)
TYPES = (("Typen", ("mypy",)),)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="nur das Schnelle: ohne Typen, ohne Browser")
    parser.add_argument("-k", metavar="AUSDRUCK", help="nur Tests, deren Name dazu passt (wie bei pytest)")
    parser.epilog = "Weitere Angaben gehen an pytest; mit -k oder weiteren Angaben laufen nur die Tests selbst."


def run(options: argparse.Namespace) -> int:
    if not (ROOT / "tests").is_dir():
        raise CommandProblem("Die Tests gehören zum Quelltext: Bitte ./stadtamt test im geklonten Ordner ausführen.")
    chosen = [*(("-k", options.k) if options.k else ()), *options.rest]
    if not options.quick:
        require_chromium()
    checks = () if chosen else STYLE if options.quick else STYLE + TYPES
    failed = [title for title, words in checks if not _check(title, words)]
    if failed:
        print(f"✗ Nicht bestanden: {', '.join(failed)}. Es folgen die Tests.", flush=True)
    # pytest's own last line stays the last line.
    tests_failed = not _pytest("not browser", chosen)
    if not options.quick:
        tests_failed = not _pytest("browser", chosen) or tests_failed
    return 1 if failed or tests_failed else 0


def _check(title: str, words: tuple[str, ...]) -> bool:
    """Run one tool quietly; its output is shown only when it has something to say."""
    print(f"{title}: {' '.join(words)}", flush=True)
    done = subprocess.run(
        [str(Path(sys.executable).parent / words[0]), *words[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        print(done.stdout, flush=True)
    return done.returncode == 0


def _pytest(marks: str, chosen: list[str]) -> bool:
    # All of them take turns on the machine's cores, each file on one; few begin sooner in one process.
    spread = () if chosen or marks == "browser" else SPREAD
    words = [sys.executable, "-m", "pytest", "-m", marks, *spread, *chosen]
    print(f"Tests: pytest -m '{marks}'", flush=True)
    return subprocess.run(words, cwd=ROOT, check=False).returncode in {0, NOTHING_COLLECTED}
