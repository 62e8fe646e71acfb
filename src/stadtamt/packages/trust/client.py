"""The side of the registry that reads: a town pins a root once and believes nothing that does not follow from it."""

from __future__ import annotations

import fcntl
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, TargetFile, Targets
from tuf.ngclient import Updater

from stadtamt.packages.archive import unpack
from stadtamt.packages.archive.container import MAX_ARCHIVE_BYTES
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.trust import adoptions
from stadtamt.packages.trust.addresses import parse_address
from stadtamt.packages.trust.adoptions import Adoption
from stadtamt.packages.trust.entries import Entry, found_by, newest
from stadtamt.packages.trust.fetching import WHOLE_SECONDS, Fetcher, post
from stadtamt.packages.trust.problems import (
    AddressRefused,
    NotListed,
    RegistryProblem,
    RegistryTampered,
    RootRefused,
    WrongSize,
)
from stadtamt.packages.trust.refusals import in_words
from stadtamt.packages.trust.state import entries_of

MAX_ROOT_BYTES = 512_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ADDRESS, _PINNED, _METADATA = "address.json", "pinned.root.json", "metadata"


def add(place: Path, *, name: str, address: str, root: bytes, now: datetime) -> Registry:
    """Pin a root for an address, below `place`. Raises RegistryProblem, and then nothing has been kept.

    The root must come by another way than the registry itself, or whoever holds the address is believed.
    """
    if not _NAME.fullmatch(name):
        raise AddressRefused("Der Name eines Registers besteht aus Kleinbuchstaben, Ziffern und Bindestrichen.")
    parse_address(address)
    _check_root(root)
    if (place / name).exists():
        raise RegistryProblem(f"Ein Register mit dem Namen „{name}“ ist hier schon bekannt.")
    place.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=place))
    try:
        (beside / _METADATA).mkdir()
        (beside / _PINNED).write_bytes(root)
        (beside / _ADDRESS).write_text(json.dumps({"address": address}), encoding="utf-8")
        Registry(name, beside, address).refresh(now=now)
        beside.rename(place / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Registry(name, place / name, address)


def registries(place: Path) -> list[Registry]:
    """The registries that this installation knows, by name."""
    found = sorted(place.glob(f"*/{_ADDRESS}")) if place.is_dir() else []
    return [
        Registry(file.parent.name, file.parent, json.loads(file.read_text(encoding="utf-8"))["address"])
        for file in found
        if _NAME.fullmatch(file.parent.name)
    ]


def registry(place: Path, name: str) -> Registry:
    """The registry of this name. Raises RegistryProblem."""
    for one in registries(place):
        if one.name == name:
            return one
    raise RegistryProblem(f"Ein Register mit dem Namen „{name[:40]}“ ist hier nicht bekannt.")


def _check_root(content: bytes) -> None:
    try:
        if len(content) > MAX_ROOT_BYTES:
            raise ValueError
        metadata: Metadata[Root] = Metadata.from_bytes(content)
        if not isinstance(metadata.signed, Root):
            raise RootRefused("Die Datei ist kein Vertrauensanker, sondern ein anderer Teil eines Registers.")
        metadata.signed.verify_delegate(Root.type, metadata.signed_bytes, metadata.signatures)
    except (RepositoryError, ValueError) as fault:
        raise RootRefused("Die Datei ist kein Vertrauensanker, oder seine Unterschrift stimmt nicht.") from fault


@dataclass(frozen=True, slots=True)
class Contents:
    """What a registry holds at this moment, verified."""

    entries: tuple[Entry, ...]
    adoptions: tuple[Adoption, ...]

    def versions_of(self, service: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.service == service)

    def users_of(self, service: str) -> tuple[Adoption, ...]:
        """The towns that use the service and agreed to say so, by name."""
        return tuple(
            sorted((one for one in self.adoptions if one.service == service), key=lambda one: one.municipality)
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A service that was found, and who uses it."""

    registry: str
    entry: Entry
    users: tuple[Adoption, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry that this installation knows. Every call asks it anew and raises RegistryProblem with the reason."""

    name: str
    folder: Path
    address: str
    seconds: float = WHOLE_SECONDS

    def refresh(self, *, now: datetime) -> Contents:
        """Everything that is listed, after all signatures, dates and versions have been checked."""
        with self._opened(now) as session:
            return session.contents()

    def search(self, text: str, *, now: datetime) -> list[Hit]:
        """The newest version of every service in which all the words occur."""
        contents = self.refresh(now=now)
        found = found_by(text, contents.entries)
        return [Hit(self.name, entry, contents.users_of(entry.service)) for entry in found]

    def fetch(self, service: str, version: str | None = None, *, now: datetime) -> bytes:
        """The archive, verified: by the registry's signatures, by its author's, and that it is what was asked for."""
        with self._opened(now) as session:
            entry = session.find(service, version)
            data = session.download(entry.path)
        archive = unpack(data)
        if archive.key_id != entry.author:
            raise RegistryTampered("Das Archiv ist nicht von dem Urheber unterschrieben, den das Register nennt.")
        package = read_package(archive.files)
        if (package.id, package.version) != (entry.service, entry.version):
            raise RegistryTampered("Im Archiv liegt eine andere Leistung oder Version, als das Register sagt.")
        return data

    def adoptions(self, service: str, *, now: datetime) -> tuple[Adoption, ...]:
        """Who uses the service, in which version, since when."""
        return self.refresh(now=now).users_of(service)

    def adopt(self, adoption: Adoption, *, now: datetime) -> None:
        """Tell the registry that a town uses a service; only ever called where the town has agreed."""
        note = adoption.as_json()
        adoptions.read_adoption(json.loads(note), today=now.date())
        address = parse_address(self.address)
        if isinstance(address, Path):
            known = {(entry.service, entry.version) for entry in self.refresh(now=now).entries}
            adoptions.receive(address, note, known=known, today=now.date())
        else:
            post(address, "/adoptions", note, seconds=self.seconds)

    @contextmanager
    def _opened(self, now: datetime) -> Iterator[_Session]:
        try:
            with self._alone(), self._session(now) as session:
                yield session
        except OSError as fault:
            raise RegistryProblem("Der gemerkte Stand des Registers lässt sich nicht lesen oder schreiben.") from fault

    @contextmanager
    def _session(self, now: datetime) -> Iterator[_Session]:
        fetcher = Fetcher(parse_address(self.address), seconds=self.seconds)
        pinned = (self.folder / _PINNED).read_bytes()
        place = str(self.folder / _METADATA)
        with in_words(fetcher):
            updater = Updater(place, "metadata/", target_base_url="targets/", fetcher=fetcher, bootstrap=pinned)
        session = _Session(updater, fetcher)
        # The library reads the clock of the machine; here the caller says what time it is.
        session.trusted.reference_time = now
        with in_words(fetcher, lambda: session.trusted.root):
            updater.refresh()
            yield session

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One reader at a time: the library exchanges what it remembers in steps that two would mix up."""
        with (self.folder / ".lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


class _Session:
    """One look into a registry. What is not part of the library's stable surface is touched here and nowhere else."""

    def __init__(self, updater: Updater, fetcher: Fetcher) -> None:
        self.updater = updater
        self.fetcher = fetcher
        self.trusted = updater._trusted_set

    def contents(self) -> Contents:
        listed = entries_of(self.targets)
        rows: tuple[Adoption, ...] = ()
        if adoptions.TARGET in self.targets.targets:
            rows = adoptions.read_published(self.download(adoptions.TARGET))
        return Contents(tuple(listed[path] for path in sorted(listed)), rows)

    @property
    def targets(self) -> Targets:
        return self.trusted.targets

    def find(self, service: str, version: str | None) -> Entry:
        versions = [entry for entry in entries_of(self.targets).values() if entry.service == service]
        wanted = [entry for entry in versions if version in (None, entry.version)]
        entry = newest(wanted)
        if entry is None and versions:
            raise NotListed(f"„{service[:60]}“ gibt es im Register nicht in der Version {str(version)[:20]}.")
        if entry is None:
            raise NotListed(f"Die Leistung „{service[:60]}“ gibt es im Register nicht.")
        return entry

    def download(self, path: str) -> bytes:
        target: TargetFile = self.targets.targets[path]
        if target.length > MAX_ARCHIVE_BYTES:
            raise WrongSize("Das Register kündigt eine Datei an, die größer ist als 10 MB.", file=path)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "target"
            self.updater.download_target(target, str(file))
            return file.read_bytes()
