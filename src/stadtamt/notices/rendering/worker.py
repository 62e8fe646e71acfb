"""The process that sets letters. Started as a script by `pool`; it knows Typst and nothing of the office.

Each message is four bytes of length and then JSON. The answer begins with ``+`` (the PDF follows) or ``-`` (the error
as JSON).
What runs here is the arrangement of a service package, so the process has no environment, no network where the
kernel allows to drop it, little memory, and an alarm clock that ends it even if the office has died meanwhile.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import struct
import sys
import warnings
from typing import Any, cast


def main() -> None:
    channel = socket.socket(fileno=int(sys.argv[1]))
    layout, fonts = sys.argv[2], sys.argv[3]
    _confine(memory=int(sys.argv[4]))
    press = _press(layout, fonts)
    _send(channel, b"+")
    while (message := _receive(channel)) is not None:
        order = json.loads(message)
        signal.setitimer(signal.ITIMER_REAL, order["seconds"] + 1)
        answer = press(order)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(channel, answer)


def _confine(*, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A network of its own without any interface. Not every container allows it; then the proxy that nobody
    # listens on (set by `pool`) and the missing package folder still stand between Typst and the network.
    for flags in (os.CLONE_NEWNET, os.CLONE_NEWUSER | os.CLONE_NEWNET):
        with contextlib.suppress(OSError):
            os.unshare(flags)
            return


def _press(layout: str, fonts: str) -> Any:
    import typst

    warnings.simplefilter("ignore")
    shelf = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    nowhere = os.path.join(layout, "no-packages")
    compiler = typst.Compiler(
        root=layout, font_paths=shelf, ignore_system_fonts=True, package_path=nowhere, package_cache_path=nowhere
    )

    def press(order: dict[str, Any]) -> bytes:
        try:
            pdf = compiler.compile(
                input=order["arrangement"].encode(),
                format="pdf",
                sys_inputs=order["inputs"],
                pdf_standards=["a-3a", "ua-1"],
                timestamp=order["timestamp"],
            )
        except typst.TypstError as error:
            return b"-" + json.dumps({"message": error.message, "diagnostic": error.diagnostic}).encode()
        except Exception as error:  # whatever the engine throws is an answer, not the end of this process
            return b"-" + json.dumps({"message": repr(error), "diagnostic": ""}).encode()
        return b"+" + cast(bytes, pdf)

    return press


def _send(channel: socket.socket, message: bytes) -> None:
    channel.sendall(struct.pack(">I", len(message)) + message)


def _receive(channel: socket.socket) -> bytes | None:
    """One message, or None when the office has closed the line."""
    head = _exactly(channel, 4)
    return None if head is None else _exactly(channel, struct.unpack(">I", head)[0])


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    received = bytearray()
    while len(received) < size:
        piece = channel.recv(min(size - len(received), 1 << 20))
        if not piece:
            return None
        received += piece
    return bytes(received)


if __name__ == "__main__":
    main()
