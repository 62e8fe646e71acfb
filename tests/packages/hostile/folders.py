"""Folders of an author who put more into them than files."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from packages.hostile.contents import GOOD


def make(folder: Path) -> Path:
    """The good package as a folder."""
    for name, content in GOOD.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def replaced(name: str, act: Callable[[Path], object]) -> Callable[[Path], object]:
    """Something else in the place of a file."""

    def change(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        act(folder / name)

    return change


def share(source: str, files: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        manifest = folder / "service.toml"
        manifest.write_text(manifest.read_text() + f'\n[[share]]\nfrom = "{source}"\nfiles = ["{files}"]\n')

    return change


def linked_folder(folder: Path) -> None:
    (folder / "letters").rename(folder.parent / "elsewhere")
    (folder / "letters").symlink_to(folder.parent / "elsewhere")


def linked_inside(folder: Path) -> None:
    (folder / "letters" / "more.yaml").symlink_to("bescheid.yaml")


def listening(file: Path) -> None:
    before = os.getcwd()
    os.chdir(file.parent)  # the name of a socket may be only so long
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(file.name)
    os.chdir(before)


def folder_with_a_file(file: Path) -> None:
    file.mkdir()
    (file / "x.toml").touch()


def sparse(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(50 << 30)


def neighbour_linked(folder: Path) -> None:
    beside = make(folder.parent / "nachbar")
    replaced("rules.dmn", lambda file: file.symlink_to("/etc/passwd"))(beside)
    share("nachbar", "*.dmn")(folder)


FOLDERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "link to a secret": (replaced("form.yaml", lambda file: file.symlink_to("/etc/passwd")), "ist eine Verknüpfung"),
    "link within": (linked_inside, "ist eine Verknüpfung"),
    "link to nowhere": (replaced("form.yaml", lambda file: file.symlink_to("nowhere")), "ist eine Verknüpfung"),
    "link in a circle": (replaced("form.yaml", lambda file: file.symlink_to("form.yaml")), "ist eine Verknüpfung"),
    "linked folder": (linked_folder, "ist eine Verknüpfung"),
    "pipe": (replaced("form.yaml", os.mkfifo), "keine gewöhnliche Datei"),
    "socket": (replaced("form.yaml", listening), "keine gewöhnliche Datei|lässt sich nicht lesen"),
    "a folder called as a file": (replaced("form.yaml", folder_with_a_file), "gehört nicht"),
    "fifty gigabytes": (replaced("README.md", sparse), "zu groß"),
    "very deep": (lambda folder: (folder / "letters/a/b/c").mkdir(parents=True), "zu|tief|verschachtelt"),
    "a program": (lambda folder: (folder / "conftest.py").write_text("import os"), "gehört nicht"),
    "a repository": (
        lambda folder: ((folder / ".git").mkdir(), (folder / ".git/config").touch()),
        "darf ein Paket nicht",
    ),
    "a name with a line end": (lambda folder: (folder / "form.yaml\n").touch(), "darf ein Paket nicht"),
    "shares from outside": (share("../../etc", "passwd"), "kein Name"),
    "shares an absolute path": (share("/etc", "passwd"), "kein Name"),
    "shares what is not there": (share("gibtsnicht", "*.dmn"), "gibt es nicht"),
    "shares a link of its neighbour": (neighbour_linked, "ist eine Verknüpfung"),
    "shares by a path": (share("nachbar", "../../../etc/passwd"), "gibt es nicht|keine Datei"),
}
