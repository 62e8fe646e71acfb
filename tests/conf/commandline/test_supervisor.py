from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator

import pytest

from conf.processes import first_line, gone, soon, start_python
from stadtamt.conf.commandline.supervisor import LONGEST_PAUSE, Child

SUPERVISE = """
from stadtamt.conf.commandline.supervisor import Child, Supervisor
supervisor = Supervisor([Child("Eins", ["sleep", "60"]), Child("Zwei", ["sleep", "60"])])
supervisor.heed_signals()
supervisor.start()
print(*(child.process.pid for child in supervisor.children), flush=True)
supervisor.run()
supervisor.stop()
print("stopped", flush=True)
"""


@pytest.fixture
def supervised() -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    process = start_python(SUPERVISE)
    yield process, [int(word) for word in first_line(process).split()]
    process.kill()
    process.wait()


def test_killing_the_supervisor_leaves_no_child_alive(supervised: tuple[subprocess.Popen[str], list[int]]) -> None:
    process, children = supervised
    process.kill()
    assert soon(lambda: all(map(gone, children)))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_every_child_and_then_the_supervisor(
    supervised: tuple[subprocess.Popen[str], list[int]], number: signal.Signals
) -> None:
    process, children = supervised
    process.send_signal(number)
    assert first_line(process) == "stopped"
    assert process.wait(10) == 0
    assert all(map(gone, children))


def test_a_dead_child_is_started_again_after_a_pause() -> None:
    child = Child("Eins", ["sleep", "60"])
    child.start()
    assert child.process is not None
    first = child.process
    first.kill()
    first.wait()
    child.look(child.born + 1)
    assert child.process is None
    child.look(child.due)
    assert child.process is not None
    assert child.process.pid != first.pid
    child.stop()


def test_a_child_that_never_stays_up_is_tried_ever_more_rarely() -> None:
    child = Child("Eins", ["false"])
    pauses = []
    for _ in range(8):
        child.start()
        assert child.process is not None
        child.process.wait()
        child.look(child.born)
        pauses.append(child.pause)
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
