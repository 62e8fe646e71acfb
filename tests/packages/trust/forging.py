"""What a registry could do that has been broken into, or that never meant well."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from packages.trust.samples import Place
from stadtamt.packages.trust import repository, state
from stadtamt.packages.trust.state import State

CHAIN = ("targets", "snapshot", "timestamp")


def forge(place: Place, role: str, change: Callable[[Any], object]) -> None:
    """Change a role and sign it, and all that hangs on it, with the registry's own keys."""
    present = state.load(place.folder)
    change(getattr(present, role).signed)
    for name in CHAIN[CHAIN.index(role) :]:
        piece = getattr(present, name)
        piece.signed.version += 1
        piece.sign(place.keys.signer(name, present.root.signed.roles[name].keyids))
        file = "timestamp.json" if name == "timestamp" else f"{piece.signed.version}.{name}.json"
        content = state.write_metadata(place.folder, file, piece)
        _hang_on(present, name, repository._meta(piece, content))


def _hang_on(present: State, name: str, meta: Any) -> None:
    if name == "targets":
        present.snapshot.signed.meta["targets.json"] = meta
    elif name == "snapshot":
        present.timestamp.signed.snapshot_meta = meta


def edit_json(place: Place, name: str, change: Callable[[Any], object]) -> None:
    """Change a file of metadata without any key."""
    file = place.metadata(name)
    data = json.loads(file.read_bytes())
    change(data)
    file.write_text(json.dumps(data))


@contextmanager
def web(answer: Callable[[http.server.BaseHTTPRequestHandler], object]) -> Iterator[str]:
    """A web server of a stranger; gives its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads, server.block_on_close = True, False
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/r"
        finally:
            server.shutdown()
            thread.join()


def unused_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
