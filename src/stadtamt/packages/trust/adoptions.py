"""Who uses which service in which version: small notes of towns, and the list that the registry signs."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import check_package_id
from stadtamt.packages.trust.entries import check_version
from stadtamt.packages.trust.problems import AdoptionRefused, RegistryTampered

INBOX = "inbox"
TARGET = "adoptions.json"
MAX_NOTE_BYTES = 2_000
MAX_WAITING = 5_000
MAX_ROWS = 20_000
_FORMAT = "stadtamt-adoptions/1"
_ARS = re.compile(r"\d{12}")
_FAR = date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Adoption:
    """A town uses a version of a service since a day. `ars` is the town's official regional key, 12 digits."""

    municipality: str
    ars: str
    service: str
    version: str
    date: date

    def as_json(self) -> bytes:
        """The note as it is sent."""
        return _json({**asdict(self), "date": self.date.isoformat()})


def read_adoption(data: Any, *, today: date) -> Adoption:
    """The note of a town. Raises AdoptionRefused with the reason."""
    if not isinstance(data, dict) or data.keys() != {"municipality", "ars", "service", "version", "date"}:
        raise AdoptionRefused("Die Meldung braucht genau Kommune, Regionalschlüssel, Leistung, Version und Datum.")
    if not all(isinstance(value, str) for value in data.values()):
        raise AdoptionRefused("Die Angaben der Meldung müssen Texte sein.")
    name = unicodedata.normalize("NFC", data["municipality"]).strip()
    if not 2 <= len(name) <= 120 or not name.isprintable():
        raise AdoptionRefused("Der Name der Kommune fehlt oder ist zu lang.")
    if not (data["ars"].isascii() and _ARS.fullmatch(data["ars"])):
        raise AdoptionRefused("Der Regionalschlüssel (ARS) besteht aus zwölf Ziffern.")
    try:
        service, version = check_package_id(data["service"]), check_version(data["version"])
        day = date.fromisoformat(data["date"])
    except (ValueError, PackageProblem):
        raise AdoptionRefused("Leistung, Version oder Datum der Meldung sind nicht lesbar.") from None
    # A day ahead is allowed: the note may come from beyond midnight.
    if not date(2020, 1, 1) <= day <= today + timedelta(days=1):
        raise AdoptionRefused("Das Datum der Meldung liegt in der Zukunft oder zu weit zurück.")
    return Adoption(name, data["ars"], service, version, day)


def receive(folder: Path, note: bytes, *, known: Collection[tuple[str, str]], today: date) -> Adoption:
    """Put a town's note into the inbox of the registry in `folder`, to be published at the next signing.

    A town's later note about the same service takes the place of its earlier one.
    """
    if len(note) > MAX_NOTE_BYTES:
        raise AdoptionRefused("Die Meldung ist zu groß.")
    try:
        data = json.loads(note.decode("utf-8"))
    except (ValueError, RecursionError):
        raise AdoptionRefused("Die Meldung ist kein gültiges JSON.") from None
    adoption = read_adoption(data, today=today)
    if (adoption.service, adoption.version) not in known:
        raise AdoptionRefused("Diese Leistung gibt es im Register nicht in dieser Version.")
    inbox = folder / INBOX
    try:
        inbox.mkdir(exist_ok=True)
        file = inbox / f"{hashlib.sha256(f'{adoption.ars} {adoption.service}'.encode()).hexdigest()[:40]}.json"
        if not file.exists() and len(os.listdir(inbox)) >= MAX_WAITING:
            raise AdoptionRefused("Der Eingang des Registers ist voll; bitte später noch einmal melden.")
        beside = file.with_name(f".{file.stem}.{os.getpid()}")
        beside.write_bytes(adoption.as_json())
        beside.replace(file)
    except OSError:
        raise AdoptionRefused("In den Eingang des Registers lässt sich nicht schreiben.") from None
    return adoption


def waiting(folder: Path, *, known: Collection[tuple[str, str]], today: date) -> tuple[list[Adoption], list[Path]]:
    """The notes in the inbox that may be published, and the files of all that were looked at."""
    inbox = folder / INBOX
    found: list[Adoption] = []
    files = sorted(inbox.glob("*.json"))[:MAX_WAITING] if inbox.is_dir() and not inbox.is_symlink() else []
    for file in files:
        try:
            adoption = read_adoption(json.loads(_read(file)), today=today)
        except (AdoptionRefused, OSError, ValueError, RecursionError):
            continue  # nobody can publish it, and it is taken away with the others
        if (adoption.service, adoption.version) in known:
            found.append(adoption)
    return found, files


def merged(old: Iterable[Adoption], new: Iterable[Adoption]) -> tuple[Adoption, ...]:
    """One row for a town and a service, the newest."""
    rows: dict[tuple[str, str], Adoption] = {}
    for adoption in (*old, *new):
        key = (adoption.ars, adoption.service)
        if key not in rows or adoption.date >= rows[key].date:
            rows[key] = adoption
    return tuple(rows[key] for key in sorted(rows))[:MAX_ROWS]


def published(adoptions: Iterable[Adoption]) -> bytes:
    """The content of ``adoptions.json``."""
    rows = [{**asdict(adoption), "date": adoption.date.isoformat()} for adoption in adoptions]
    return _json({"format": _FORMAT, "adoptions": rows})


def read_published(content: bytes) -> tuple[Adoption, ...]:
    """The rows of ``adoptions.json``. Raises RegistryTampered."""
    try:
        data = json.loads(content.decode("utf-8"))
        if data["format"] != _FORMAT or len(data["adoptions"]) > MAX_ROWS:
            raise ValueError
        return tuple(read_adoption(row, today=_FAR) for row in data["adoptions"])
    except (ValueError, KeyError, TypeError, RecursionError, AdoptionRefused):
        raise RegistryTampered("Die Liste der nutzenden Kommunen ist unlesbar.", file=TARGET) from None


def _json(data: Any) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _read(file: Path) -> bytes:
    with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError
        return stream.read(MAX_NOTE_BYTES + 1)
