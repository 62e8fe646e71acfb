"""Where the package commands find the files of a package: a folder of an author, or an archive."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from stadtamt.conf.commandline.console import CommandProblem
from stadtamt.packages.archive import MAX_ARCHIVE_BYTES, unpack
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import MAX_FILE_BYTES, MAX_FILES, Files, files_of_folder, most_bytes


def files_at(path: Path) -> Files:
    """The files of the package at this place. Raises PackageProblem for the first that no package may have."""
    path = path.expanduser()
    if path.is_dir():
        return files_of_folder(path)
    return unpack(read_file(path, most=MAX_ARCHIVE_BYTES)).files


def read_file(path: Path, *, most: int) -> bytes:
    """A plain file named at the terminal, and one byte more than it may have. Raises CommandProblem."""
    try:
        handle = os.open(path.expanduser(), os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as stream:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                return stream.read(most + 1)
    except OSError:
        raise CommandProblem(f"{path} gibt es nicht oder lässt sich nicht lesen.") from None
    raise CommandProblem(f"{path} ist keine gewöhnliche Datei.")


def read_text(path: Path) -> str:
    """A text file named at the terminal, of the size a package's file may have. Raises CommandProblem."""
    content = read_file(path, most=MAX_FILE_BYTES)
    if len(content) > MAX_FILE_BYTES:
        raise CommandProblem(f"{path} ist zu groß.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise CommandProblem(f"{path} ist nicht in UTF-8 geschrieben.") from None


def all_files_at(path: Path) -> tuple[Files, PackageProblem | None]:
    """As `files_at`, but for a folder with a fault the files that can be read, and the fault."""
    try:
        return files_at(path), None
    except PackageProblem as problem:
        folder = path.expanduser()
        if not folder.is_dir() or not (folder / "service.toml").is_file():
            raise
        return _readable(folder), problem


def _fits(entry: os.DirEntry[str]) -> bool:
    return entry.stat(follow_symlinks=False).st_size <= most_bytes(entry.name)


def _readable(folder: Path) -> Files:
    """Plain files of the folder and of its folders; nothing is followed."""
    found: dict[str, bytes] = {}
    for place in (folder, *(Path(one.path) for one in os.scandir(folder) if one.is_dir(follow_symlinks=False))):
        for entry in sorted(os.scandir(place), key=lambda one: one.name):
            small = entry.is_file(follow_symlinks=False) and _fits(entry)
            if small and len(found) < MAX_FILES:
                found[str(Path(entry.path).relative_to(folder))] = Path(entry.path).read_bytes()
    return found
