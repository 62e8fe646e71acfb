"""Fetches the front-end parts, cuts them down and writes the lock: `python -m stadtamt.web.vendoring`.

Needs `npm` (only here, never at run time) and the development tools. Run it after a new version in `PARTS`, a new class
in `kept.txt`, a new letter in `letters.txt` or a new `--kern-` property in the office's own style sheet; commit what
it writes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from stadtamt.web.vendoring.fonts import subset
from stadtamt.web.vendoring.purge import logical, purge

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
STATIC = HERE.parent / "static"
LOCK = HERE / "lock.json"
PARTS = {"@kern-ux/native": "2.7.2", "axe-core": "4.14.1"}

OWN_SHEETS = ("stadtamt.css", "forms.css", "kit.css", "portal.css", "letter.css", "desk.css", "officer.css")

# forced themes and layers are not used; the pages follow the reader's own preference
# and what has the focus is always outlined
DROPPED = (
    "[data-kern-theme",
    ".kern-dark",
    ".kern-light",
    "body:has(",
    "area[",
    "iframe:",
    "[tabindex",
    "[contentEditable",
)
THEMES = ("kern-light", "kern-dark", "kern-layer", "kern-level-0")


def main() -> None:
    """Writes every vendored file and the lock with the hash of each."""
    with tempfile.TemporaryDirectory() as place:
        parts = {name: _fetched(name, version, Path(place)) for name, version in PARTS.items()}
        written = _written(parts["@kern-ux/native"], parts["axe-core"])
    packages = {name: PARTS[name] for name in sorted(PARTS)}
    files = {str(path.relative_to(ROOT)): sha256(path) for path in sorted(written)}
    LOCK.write_text(json.dumps({"packages": packages, "files": files}, indent=2) + "\n", "utf-8")
    for path in sorted(written):
        sys.stdout.write(f"{path.stat().st_size:>8} {path.relative_to(ROOT)}\n")


def sha256(path: Path) -> str:
    """The hash of a file as hexadecimal text."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _fetched(name: str, version: str, place: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("Zum Einspielen der Oberflächenteile wird npm gebraucht.")
    done = subprocess.run([npm, "pack", "--silent", f"{name}@{version}"], cwd=place, check=True, capture_output=True)
    archive = place / done.stdout.decode().split()[-1]
    target = place / archive.stem
    with tarfile.open(archive) as opened:
        opened.extractall(target, filter="data")
    return target / "package"


def _written(kern: Path, axe: Path) -> list[Path]:
    own = "".join((STATIC / "css" / name).read_text("utf-8") for name in OWN_SHEETS)
    keep = {*(HERE / "kept.txt").read_text("utf-8").split(), *THEMES}
    sheet = purge((kern / "dist" / "kern.css").read_text("utf-8"), keep=keep, drop_heads=DROPPED, used_by=own)
    note = "/* Aus KERN UX @kern-ux/native 2.7.2, EUPL-1.2, gekürzt; siehe kern.LICENSE.md */\n"
    noto = kern / "dist" / "fonts" / "noto-sans"
    browser_tests = ROOT / "tests" / "journeys" / "vendor"
    contents = {
        STATIC / "css" / "kern.css": (note + logical(sheet)).encode(),
        STATIC / "css" / "kern.LICENSE.md": (kern / "LICENSE.md").read_bytes(),
        STATIC / "fonts" / "noto-sans-regular.woff2": subset((noto / "NotoSans-Regular.woff2").read_bytes()),
        STATIC / "fonts" / "noto-sans-bold.woff2": subset((noto / "NotoSans-Bold.woff2").read_bytes()),
        browser_tests / "axe.min.js": (axe / "axe.min.js").read_bytes(),
        browser_tests / "axe.LICENSE.txt": (axe / "LICENSE").read_bytes(),
    }
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [*contents, STATIC / "fonts" / "noto-sans.LICENSE.txt"]


if __name__ == "__main__":
    main()
