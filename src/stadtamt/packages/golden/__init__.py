"""Golden cases: what a package must compute, worked out by hand beforehand, run without a server and without rows."""

from stadtamt.packages.golden.cases import GoldenCase, cases_of, read_cases
from stadtamt.packages.golden.running import (
    Outcome,
    assess_all,
    run,
    run_for_author,
    run_for_layer,
    settings_for,
    shipped_layers,
)

__all__ = [
    "GoldenCase",
    "Outcome",
    "assess_all",
    "cases_of",
    "read_cases",
    "run",
    "run_for_author",
    "run_for_layer",
    "settings_for",
    "shipped_layers",
]
