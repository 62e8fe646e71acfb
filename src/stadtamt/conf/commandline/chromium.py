"""The browser for the browser tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from stadtamt.conf.commandline.console import CommandProblem

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The path of the first Chromium or Chrome on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def require_chromium() -> str:
    """Find it; where root may, install Debian's; else say what to type."""
    found = find_chromium()
    if found:
        return found
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or apt is None:
        raise CommandProblem("Für die Browsertests fehlt Chromium: Bitte »sudo apt install chromium« ausführen.")
    print("Installiere Chromium für die Browsertests …", file=sys.stderr, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run([apt, "-q", *words], capture_output=True, text=True, check=False, env=environment)
    found = find_chromium()
    if found is None:
        raise CommandProblem(f"apt-get konnte Chromium nicht installieren:\n{done.stderr.strip()}")
    return found
