"""``stadtamt registry serve DIR``: the folder over HTTP, on this machine unless told otherwise."""

from __future__ import annotations

import argparse
import signal
import threading
from typing import Any

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.ports import require_free
from stadtamt.conf.commandline.registry_folder import add_folder
from stadtamt.kernel import clock
from stadtamt.packages.trust import RegistryServer, exists


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folder(parser)
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESSE", help="Adresse (Vorgabe: nur dieser Rechner)")
    parser.add_argument("--port", type=int, default=8090, metavar="ZAHL", help="Port (Vorgabe: 8090)")


def run(options: argparse.Namespace) -> int:
    folder = options.folder.expanduser()
    if not exists(folder):
        raise CommandProblem("In diesem Ordner liegt kein Register; „registry build“ legt eines an.")
    require_free(options.host, options.port)
    with RegistryServer(folder, host=options.host, port=options.port, now=clock.now) as server:
        heed_signals(server)
        say(f"Register auf http://{options.host}:{server.server_port} (Strg-C beendet)")
        server.serve_forever(poll_interval=0.2)
    return 0


def heed_signals(server: RegistryServer) -> None:
    """Stops in an orderly way; the call to stop must come from another thread than the one that serves."""

    def stop(*_: Any) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, stop)
