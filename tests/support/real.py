"""Real public data beside the checkout; tests that read it are marked ``real_data``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.source import ROOT


def real_file(name: str) -> Path:
    """A file of the folder that STADTAMT_REAL_DATA names; the test is skipped where it is absent."""
    folder = Path(os.environ.get("STADTAMT_REAL_DATA") or ROOT.parent / "shared" / "real")
    if not (folder / name).exists():
        pytest.skip(f"{name} is not there; STADTAMT_REAL_DATA names the folder of the real data.")
    return folder / name
