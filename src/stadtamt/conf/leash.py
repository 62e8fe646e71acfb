"""A child process that ends when its parent ends, however that happens.

A supervisor that is killed with SIGKILL cannot stop its children; the kernel can (PR_SET_PDEATHSIG). This file is
also a program: it puts on the leash, lays down root's rights if asked, and becomes the command it was given. A
program of its own, because code that runs between fork and exec may not be safe in a process with threads.

The kernel watches the thread that started the child: start children from a thread that lives as long as they should.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from typing import Literal

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
INSIDE_UID = 1000

type Rights = Literal["keep", "namespace"] | int


def leashed(
    command: Sequence[str], *, stop: signal.Signals = signal.SIGTERM, rights: Rights = "keep", parent: int | None = None
) -> list[str]:
    """The command line that runs `command` as a child which gets the signal `stop` when this process ends.

    `rights`: "keep" as they are; "namespace": as an unprivileged user in a user namespace, who still owns this
    user's files; a number: as the user with this id (only root can).
    """
    parent = os.getpid() if parent is None else parent
    return [sys.executable, "-I", "-S", __file__, str(parent), str(int(stop)), str(rights), *command]


def follow(parent: int, stop: signal.Signals) -> None:
    """Put this process on the leash of `parent`; ends at once when the parent is already gone."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(stop), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:
        os.kill(os.getpid(), stop)


def _enter_namespace() -> None:
    uid, gid = os.getuid(), os.getgid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWUSER)")
    for name, line in (
        ("uid_map", f"{INSIDE_UID} {uid} 1"),
        ("setgroups", "deny"),
        ("gid_map", f"{INSIDE_UID} {gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as stream:
            stream.write(line)


def _become(uid: int) -> None:
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def main(arguments: Sequence[str]) -> None:
    parent, stop, rights, *command = arguments
    # First the rights, then the leash: the kernel takes the leash off when the rights change.
    if rights == "namespace":
        _enter_namespace()
    elif rights != "keep":
        _become(int(rights))
    follow(int(parent), signal.Signals(int(stop)))
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
