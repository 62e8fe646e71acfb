"""What an arrangement may not do. A package is content, not code; these try it all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from notices.samples import probe
from stadtamt.notices.errors import RenderingRefused, RenderingStopped
from stadtamt.notices.rendering import render_pdf
from stadtamt.notices.rendering.pool import Pool

# Typst itself ends a `while` after some rounds; loops within loops it lets run.
ENDLESS = "#let n = range(9999)\n#for a in n { for b in n { for c in n { let d = c } } }"


@pytest.mark.parametrize(
    ("arrangement", "sentence"),
    [
        ('#read("/etc/passwd")', "liest eine Datei"),
        ('#read("../../../../../../etc/passwd")', "außerhalb des Hauslayouts"),
        ('#read("../models.py")', "außerhalb des Hauslayouts"),
        ('#image("/proc/self/environ")', "liest eine Datei"),
        ('#import "@preview/cetz:0.3.0": canvas', "lädt ein Paket"),
        ('#import ("@pre" + "view/cetz:0.3.0")', "lädt ein Paket"),
        ('#import "@local/secret:1.0.0"', "lädt ein Paket"),
        ('#let p = plugin("x.wasm")', "lädt ein Programm"),
        ('#eval("1 + 1")', "führt Text als Anweisung aus"),
        ("#let f(x) = f(x + 1)\n#f(0)", "Zeile 1"),
        ("#unbekannt()", "Zeile 1"),
        ("x" * 100_001, "zu lang"),
    ],
)
def test_an_arrangement_that_reaches_outside_is_refused(arrangement: str, sentence: str) -> None:
    with pytest.raises(RenderingRefused, match=sentence):
        render_pdf(letter=probe(), arrangement=arrangement)


def test_an_endless_arrangement_is_stopped_and_the_next_letter_is_set() -> None:
    pool = Pool(size=1)
    began = time.monotonic()
    with pytest.raises(RenderingStopped, match=r"nach 0\.5 Sekunden"):
        render_pdf(letter=probe(), arrangement=ENDLESS, seconds=0.5, pool=pool)
    assert time.monotonic() - began < 5
    assert render_pdf(letter=probe(), pool=pool).startswith(b"%PDF")
    pool.close()


def test_an_arrangement_that_eats_memory_is_stopped() -> None:
    pool = Pool(size=1, memory=400 << 20)
    with pytest.raises(RenderingStopped, match="Speicher"):
        render_pdf(
            letter=probe(), arrangement='#let s = "x" * 1000000\n#for a in range(10000) { s = s + s }', pool=pool
        )
    pool.close()


def test_a_process_that_was_killed_is_replaced() -> None:
    pool = Pool(size=1)
    render_pdf(letter=probe(), pool=pool)
    worker = pool._idle.queue[0]
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    assert render_pdf(letter=probe(), pool=pool).startswith(b"%PDF")
    assert pool._idle.queue[0] is not worker
    pool.close()


def test_the_process_knows_nothing_of_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STADTAMT_SECRET_KEY", "geheim")
    pool = Pool(size=1)
    render_pdf(letter=probe(), pool=pool)
    pid = pool._idle.queue[0].process.pid
    with open(f"/proc/{pid}/environ", "rb") as file:
        assert b"geheim" not in file.read()
    pool.close()


def test_the_process_ends_when_the_office_has_gone() -> None:
    pool = Pool(size=1)
    render_pdf(letter=probe(), pool=pool)
    worker = pool._idle.queue[0]
    worker.channel.close()
    try:
        assert worker.process.wait(timeout=5) == 0
    except subprocess.TimeoutExpired:
        worker.end()
        raise


def test_a_process_that_has_set_many_letters_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stadtamt.notices.rendering.pool.LETTERS_A_WORKER", 2)
    pool = Pool(size=1)
    render_pdf(letter=probe(), pool=pool)
    first = pool._idle.queue[0]
    render_pdf(letter=probe(), pool=pool)
    assert pool._idle.empty()
    assert first.process.poll() is not None


def test_a_process_that_cannot_start_gives_a_sentence_not_a_crash() -> None:
    with pytest.raises(RenderingStopped, match="gerade nicht"):
        render_pdf(letter=probe(), pool=Pool(memory=10 << 20))


def test_after_a_fork_parent_and_child_do_not_share_a_line() -> None:
    letter = probe()
    expected = render_pdf(letter=letter)
    child = os.fork()
    if child == 0:
        signal.alarm(60)  # a child that hangs fails the test instead of holding it up
        os._exit(0 if all(render_pdf(letter=letter) == expected for _ in range(3)) else 1)
    assert all(render_pdf(letter=letter) == expected for _ in range(3))
    assert os.waitpid(child, 0)[1] == 0
