"""The launcher `./stadtamt`, with a stand-in for uv that only notes what it was asked."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ("stadtamt", "requirements-dev.lock", "requirements-uv.lock", "pyproject.toml", ".python-version")

UV = """#!/bin/sh
echo "$1 $2" >> "$UV_NOTES"
[ "$1" = venv ] && mkdir -p .venv/bin && printf '#!/bin/sh\\necho "$PWD/.venv"\\n' > .venv/bin/python
[ "$1 $2" = "pip install" ] && printf '#!/bin/sh\\necho "started $*"\\n' > .venv/bin/stadtamt
chmod +x .venv/bin/* 2>/dev/null
[ "$1" != pip ] || [ -z "${UV_BREAKS:-}" ]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "ein Ordner"
    (folder / "tools").mkdir(parents=True)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    (folder / "tools" / "uv").write_text(UV)
    (folder / "tools" / "uv").chmod(0o755)
    return folder


def launch(checkout: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    path = f"{checkout / 'tools'}:{os.environ['PATH']}"
    notes = {"PATH": path, "UV_NOTES": str(checkout / "notes"), **environment}
    words = [str(checkout / "stadtamt"), *arguments]
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/", env=os.environ | notes
    )


def notes(checkout: Path) -> list[str]:
    lines = (checkout / "notes").read_text().splitlines()
    return [line for line in lines if not line.startswith("--version")]


def test_the_launcher_is_plain_posix_shell() -> None:
    for shell in ("sh", "dash"):
        if shutil.which(shell):
            subprocess.run([shell, "-n", str(ROOT / "stadtamt")], check=True)


def test_the_first_start_sets_up_and_passes_the_arguments_on(checkout: Path) -> None:
    out, _ = launch(checkout, "demo", "--port", "1 2").communicate()
    assert out == "started demo --port 1 2\n"
    assert notes(checkout) == ["venv --quiet", "pip sync", "pip install"]


def test_the_second_start_touches_nothing(checkout: Path) -> None:
    launch(checkout).communicate()
    before = notes(checkout)
    out, err = launch(checkout, "serve").communicate()
    assert (out, err) == ("started serve\n", "")
    assert notes(checkout) == before


def test_a_changed_lock_is_taken_over_at_the_next_start(checkout: Path) -> None:
    launch(checkout).communicate()
    with (checkout / "requirements-dev.lock").open("a") as lock:
        lock.write("# changed\n")
    launch(checkout).communicate()
    assert notes(checkout).count("pip sync") == 2


def test_two_launchers_at_once_set_up_once(checkout: Path) -> None:
    both = [launch(checkout, "doctor"), launch(checkout, "doctor")]
    assert [process.communicate()[0] for process in both] == ["started doctor\n"] * 2
    assert notes(checkout).count("pip sync") == 1


def test_a_failed_set_up_says_so_and_is_repeated(checkout: Path) -> None:
    process = launch(checkout, UV_BREAKS="1")
    assert "ließen sich nicht installieren" in process.communicate()[1]
    assert process.returncode == 1
    assert launch(checkout, "demo").communicate()[0] == "started demo\n"
