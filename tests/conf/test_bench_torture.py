"""A small torture: real processes, three kills, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys


def test_three_kills_lose_and_double_nothing() -> None:
    words = [
        sys.executable,
        "-m",
        "stadtamt.conf.commandline",
        "bench",
        "torture",
        "--kills",
        "3",
        "--seed",
        "7",
        "--json",
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STADTAMT_")}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["verdict"] == {"lost": 0, "doubled": 0, "half": 0, "broken_chains": 0}
    assert found["kills_in_all"] == 3
    assert found["clients"]["acknowledged"] == found["stored"]["deliveries"] > 3
