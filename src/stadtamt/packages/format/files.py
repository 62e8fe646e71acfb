"""The files of a package, read as hostile: known names only, no links, of sensible size, in UTF-8."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from stadtamt.kernel.faults import toml_fault
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.signs import check_signs

Files = Mapping[str, bytes]
"""A package's files by name (``letters/bescheid.yaml``), sorted."""

MAX_FILE_BYTES = 1_000_000
MAX_LARGE_BYTES = 6_000_000
LARGE = frozenset({"form.xdf.xml"})
"""The data schemas of FIM repeat in each file what all of them share."""
MAX_PACKAGE_BYTES = 8_000_000
MAX_FILES = 300
# What may lie in a package. Anything else is refused: what nobody reads, nobody has looked at.
KNOWN = (
    *("service.toml", "parameters.toml", "catalogue.toml", "process.bpmn", "*.dmn"),
    *("form.yaml", "form.xdf.xml", "form.toml", "code-lists/*.xml"),
    *("letters/*.yaml", "letters/*.typ", "texts/*.toml", "parameters/*.toml", "tests/*.toml"),
    *("README.md", "CHANGES.md", "LICENSE"),
)
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_PACKAGE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def check_package_id(name: str) -> str:
    """The name of a package: small letters, digits and single hyphens."""
    if not _PACKAGE.fullmatch(name) or len(name) > 60:
        raise PackageProblem(
            "service.toml", f"„{name[:60]}“ ist kein Name für ein Paket: nur Kleinbuchstaben, Ziffern und Bindestriche."
        )
    return name


def check_name(name: str) -> str:
    """A file name that may lie in a package; everything else is refused."""
    segments = name.split("/")
    if not all(_SEGMENT.fullmatch(segment) and len(segment) <= 80 for segment in segments):
        raise PackageProblem(name[:120], "Diesen Dateinamen darf ein Paket nicht enthalten.")
    if not any(len(known.split("/")) == len(segments) and fnmatch.fnmatchcase(name, known) for known in KNOWN):
        raise PackageProblem(name[:120], "Diese Datei gehört nicht in ein Leistungspaket.")
    return name


def checked(files: Mapping[str, bytes]) -> Files:
    """The files after a look at names and sizes, in the order of their names."""
    if len(files) > MAX_FILES:
        raise PackageProblem("", f"Das Paket hat mehr als {MAX_FILES} Dateien.")
    if sum(map(len, files.values())) > MAX_PACKAGE_BYTES:
        raise PackageProblem("", "Das Paket ist zu groß.")
    for name, content in files.items():
        check_name(name)
        _check_size(name, len(content))
        check_signs(name, content)
    return MappingProxyType(dict(sorted(files.items())))


def files_of_folder(folder: Path) -> Files:
    """The files of an author's folder, with those it shares with the package beside it."""
    found = {name: _read(folder, name) for name in _walk(folder)}
    if "service.toml" not in found:
        raise PackageProblem("service.toml", "Die Datei fehlt. Ist das der Ordner eines Leistungspakets?")
    for source, patterns in _shares(toml_of(found, "service.toml")):
        beside = folder.resolve().parent / source
        names = [name for name in _walk(beside) if any(fnmatch.fnmatchcase(name, one) for one in patterns)]
        if not names:
            raise PackageProblem("service.toml", f"In „{source}“ gibt es keine Datei, die geteilt werden könnte.")
        found = {**{name: _read(beside, name) for name in names}, **found}
    return checked(found)


def text_of(files: Files, name: str) -> str:
    """A text file of the package."""
    if name not in files:
        raise PackageProblem(name, "Die Datei fehlt.")
    try:
        return files[name].decode("utf-8")
    except UnicodeDecodeError:
        raise PackageProblem(name, "Die Datei ist nicht in UTF-8 geschrieben.") from None


def toml_of(files: Files, name: str) -> dict[str, Any]:
    """A TOML file of the package as data."""
    try:
        return tomllib.loads(text_of(files, name))
    except tomllib.TOMLDecodeError as problem:
        said, line = toml_fault(problem)
        raise PackageProblem(name, said, line) from problem
    except RecursionError:
        raise PackageProblem(name, "Die Datei ist zu tief verschachtelt.") from None
    except ValueError:
        raise PackageProblem(name, "Eine Zahl hat zu viele Ziffern.") from None


def _shares(manifest: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    entries = manifest.get("share", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PackageProblem("service.toml", "„share“ wird als [[share]] geschrieben.")
    for entry in entries:
        patterns = entry.get("files")
        if not isinstance(patterns, list) or not patterns:
            raise PackageProblem("service.toml", "[[share]] braucht „files“, eine Liste von Dateien.")
        yield check_package_id(str(entry.get("from", ""))), tuple(str(pattern) for pattern in patterns)


def _walk(folder: Path) -> list[str]:
    """Names of the regular files of a folder and its folders; links and special files are refused."""
    names: list[str] = []
    try:
        for entry in sorted(os.scandir(folder), key=lambda one: one.name):
            if entry.is_symlink():
                raise PackageProblem(entry.name, "Das ist eine Verknüpfung. Ein Paket enthält nur Dateien.")
            if entry.is_dir(follow_symlinks=False):
                names += [f"{entry.name}/{name}" for name in _flat(Path(entry.path), entry.name)]
            else:
                names.append(entry.name)
            if len(names) > MAX_FILES:
                raise PackageProblem("", f"Das Paket hat mehr als {MAX_FILES} Dateien.")
    except (FileNotFoundError, NotADirectoryError):
        raise PackageProblem(folder.name, "Diesen Ordner gibt es nicht.") from None
    return [check_name(name) for name in names]


def _flat(folder: Path, shown: str) -> list[str]:
    names = []
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        if entry.is_symlink():
            raise PackageProblem(f"{shown}/{entry.name}", "Das ist eine Verknüpfung. Ein Paket enthält nur Dateien.")
        if entry.is_dir(follow_symlinks=False):
            raise PackageProblem(f"{shown}/{entry.name}", "So tief verschachtelt darf ein Paket nicht sein.")
        names.append(entry.name)
    return names


def _read(folder: Path, name: str) -> bytes:
    """A regular file with one name in the file system, read through a handle that follows no link."""
    try:
        handle = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise PackageProblem(name, "Die Datei lässt sich nicht lesen.") from None
    with os.fdopen(handle, "rb") as stream:
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise PackageProblem(name, "Das ist keine gewöhnliche Datei.")
        _check_size(name, found.st_size)
        content = stream.read(most_bytes(name) + 1)
    _check_size(name, len(content))
    return content


def most_bytes(name: str) -> int:
    """How large this file may be."""
    return MAX_LARGE_BYTES if name in LARGE else MAX_FILE_BYTES


def _check_size(name: str, size: int) -> None:
    if size > most_bytes(name):
        raise PackageProblem(name, "Die Datei ist zu groß.")
