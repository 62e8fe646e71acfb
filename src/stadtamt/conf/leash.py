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
PR_SET_SECUREBITS = 28
NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION = 0x20080522
CLONE_NEWUSER = 0x10000000
INSIDE_UID = 1000

type Rights = Literal["keep", "namespace"] | int


def leashed(
    command: Sequence[str],
    *,
    stop: signal.Signals = signal.SIGTERM,
    rights: Rights = "keep",
    pass_folders: bool = False,
) -> list[str]:
    """The command line that runs `command` as a child which gets the signal `stop` when this process ends.

    `rights`: "keep" as they are; "namespace": as an unprivileged user in a user namespace, who still owns this
    user's files; a number: as the user with this id (only root can). With `pass_folders` that user may pass through
    folders that only root may enter, such as root's home.
    """
    words = [str(os.getpid()), str(int(stop)), str(rights), str(int(pass_folders))]
    return [sys.executable, "-I", "-S", __file__, *words, *command]


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


def _become(uid: int, *, pass_folders: bool) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    # With this bit the kernel takes no rights away when the user changes, and access(2) heeds the ones that are left.
    if pass_folders and libc.prctl(PR_SET_SECUREBITS, NO_SETUID_FIXUP, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_SECUREBITS)")
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    if not pass_folders:
        return
    # Of all root's rights this one is kept, also over exec: effective, permitted and inheritable, then ambient.
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    kept = 1 << CAP_DAC_OVERRIDE
    if (
        libc.capset(header, (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)) != 0
        or libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0) != 0
    ):
        raise OSError(ctypes.get_errno(), "capset(CAP_DAC_OVERRIDE)")


def main(arguments: Sequence[str]) -> None:
    parent, stop, rights, pass_folders, *command = arguments
    # First the rights, then the leash: the kernel takes the leash off when the rights change.
    if rights == "namespace":
        _enter_namespace()
    elif rights != "keep":
        _become(int(rights), pass_folders=bool(int(pass_folders)))
    follow(int(parent), signal.Signals(int(stop)))
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
