"""``stadtamt demo`` as a person starts it and as a power cut ends it; one start serves all tests, in their order."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conf.processes import gone, soon


def children_of(*parents: int) -> list[int]:
    """All descendants of the processes."""
    found: list[int] = []
    for parent in parents:
        for listed in Path(f"/proc/{parent}/task").glob("*/children"):
            direct = [int(word) for word in listed.read_text().split()]
            found += [*direct, *children_of(*direct)]
    return found


class Demo:
    """A running demo on a port and a folder of its own."""

    def __init__(self, data: Path, port: int) -> None:
        words = ["demo", "--no-browser", "--port", str(port), "--data", str(data)]
        self.data = data
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "-m", "stadtamt.conf.commandline", *words], stdout=subprocess.PIPE, text=True
        )
        self.shown = ""

    def wait(self) -> Demo:
        assert self.process.stdout is not None
        while "Beenden mit" not in self.shown:
            line = self.process.stdout.readline()
            assert line, self.shown
            self.shown += line
        return self

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/", headers={"Host": "konstanz.localhost"})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port = trial.getsockname()[1]
    running = Demo(tmp_path_factory.mktemp("demo") / "Daten", port)
    yield running.wait()
    running.kill()


def test_the_demo_answers_and_shows_where_to_go(demo: Demo) -> None:
    assert demo.answers()
    assert f"http://konstanz.localhost:{demo.port}/" in demo.shown


def test_a_killed_web_server_takes_its_processes_along_and_comes_back(demo: Demo) -> None:
    web = next(
        pid for pid in children_of(demo.process.pid) if b"\0serve\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )
    below = children_of(web)
    assert len(below) == 2
    os.kill(web, signal.SIGKILL)
    assert soon(lambda: all(map(gone, below)))
    assert soon(demo.answers, seconds=60)


def test_a_killed_demo_leaves_nothing_alive_and_blocks_nothing(demo: Demo) -> None:
    below = children_of(demo.process.pid)
    assert len(below) >= 6
    demo.kill()
    assert soon(lambda: all(map(gone, below)), seconds=20)
    again = Demo(demo.data, demo.port).wait()
    below = children_of(again.process.pid)
    again.process.send_signal(signal.SIGTERM)
    assert again.process.wait(30) == 0
    assert all(map(gone, below))


def test_a_demo_whose_window_was_closed_still_stops_in_order(demo: Demo) -> None:
    if demo.process.poll() is None:
        demo.process.terminate()
        demo.process.wait(30)
    again = Demo(demo.data, demo.port).wait()
    assert again.process.stdout is not None
    again.process.stdout.close()
    again.process.send_signal(signal.SIGHUP)
    assert again.process.wait(30) == 0
    assert not (demo.data / "postgres" / "postmaster.pid").exists()
