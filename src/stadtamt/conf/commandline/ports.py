"""Whether a port can be had."""

from __future__ import annotations

import socket
import time

from stadtamt.conf.commandline.console import CommandProblem

PATIENCE_SECONDS = 3.0


def require_free(host: str, port: int) -> None:
    """Refuses a taken port in one sentence, after waiting a little for a server that is just stopping.

    The web server itself would share the port with a stranger of the same user and not notice.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        problem = _try(host, port)
        if problem is None:
            return
        if not isinstance(problem, OSError) or time.monotonic() > end:
            break
        time.sleep(0.1)
    raise CommandProblem(f"Port {port} ist schon belegt: Bitte mit --port einen anderen wählen.") from problem


def _try(host: str, port: int) -> Exception | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            # As the web server does, so that connections that are just closing do not count.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except (OSError, OverflowError) as problem:
        return problem
    return None
