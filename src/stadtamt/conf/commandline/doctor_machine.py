"""What the doctor looks at on the machine itself."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from stadtamt.conf.commandline.chromium import find_chromium
from stadtamt.conf.commandline.database import data_folder
from stadtamt.conf.commandline.findings import Finding, bad, good, hint

SCARCE_BYTES = 2_000_000_000
TOO_LITTLE_BYTES = 200_000_000


def look() -> Iterator[Finding]:
    data = data_folder()
    yield python(sys.version_info[:2])
    yield writable(data)
    yield space(shutil.disk_usage(_existing(data)).free)
    yield secret(data / "secret.key", os.environ.get("STADTAMT_SECRET_KEY"))
    yield browser(find_chromium())


def python(version: tuple[int, int]) -> Finding:
    if version < (3, 12):
        return bad(f"Python {version[0]}.{version[1]} ist zu alt.", "Bitte mit ./stadtamt starten; es bringt 3.12 mit.")
    return good(f"Python {platform.python_version()}")


def writable(data: Path) -> Finding:
    if os.access(_existing(data), os.W_OK | os.X_OK):
        return good(f"Der Datenordner {data} ist beschreibbar.")
    return bad(f"In den Datenordner {data} kann nicht geschrieben werden.", f"sudo chown -R $(id -un) {data}")


def space(free: int) -> Finding:
    shown = f"{free / 1_000_000_000:.1f} GB frei".replace(".", ",")
    if free < TOO_LITTLE_BYTES:
        return bad(f"Die Platte ist voll: {shown}.", "Bitte Platz schaffen; ohne ihn nimmt die Datenbank nichts an.")
    if free < SCARCE_BYTES:
        return hint(f"Der Platz wird knapp: {shown}.", "Bitte bald Platz schaffen.")
    return good(f"Plattenplatz: {shown}")


def secret(file: Path, from_environment: str | None) -> Finding:
    if from_environment:
        return good("Der geheime Schlüssel kommt aus STADTAMT_SECRET_KEY.")
    if not file.exists():
        return good("Der geheime Schlüssel wird beim ersten Start angelegt.")
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return bad(f"Den geheimen Schlüssel {file} können andere Benutzer lesen.", f"chmod 600 {file}")
    return good("Den geheimen Schlüssel kann nur dieser Benutzer lesen.")


def browser(path: str | None) -> Finding:
    if path is None:
        return hint("Für die Browsertests fehlt Chromium (im Betrieb nicht nötig).", "sudo apt install chromium")
    return good(f"Browser für die Tests: {path}")


def _existing(folder: Path) -> Path:
    """The folder itself, or the nearest one above that exists."""
    return next(place for place in (folder, *folder.parents) if place.exists())
