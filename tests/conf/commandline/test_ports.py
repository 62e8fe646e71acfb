from __future__ import annotations

import socket

import pytest

from stadtamt.conf.commandline import ports
from stadtamt.conf.commandline.console import CommandProblem


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "PATIENCE_SECONDS", 0.1)


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandProblem, match=f"Port {port} ist schon belegt: .* --port"):
            ports.require_free("127.0.0.1", port)


def test_a_port_shared_by_its_holder_counts_as_taken() -> None:
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as taken, pytest.raises(CommandProblem):
        ports.require_free("127.0.0.1", taken.getsockname()[1])


def test_a_free_port_is_accepted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port = trial.getsockname()[1]
    ports.require_free("127.0.0.1", port)
