"""The folder of a registry as it lies on disk: its metadata, read and written one file at a time.

metadata/1.root.json … timestamp.json N.snapshot.json N.targets.json     read by everybody
targets/SERVICE/DIGEST.SERVICE-VERSION.leistung  targets/DIGEST.adoptions.json
inbox/                                                                    notes of towns, not served
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, TargetFile, Targets, Timestamp

from stadtamt.packages.trust.entries import Entry, read_entry
from stadtamt.packages.trust.problems import NotThere, RegistryTampered

METADATA, TARGETS = "metadata", "targets"
MAX_METADATA_BYTES = 5_000_000


@dataclass(slots=True)
class State:
    """The four pieces of metadata that are in force."""

    root: Metadata[Root]
    timestamp: Metadata[Timestamp]
    snapshot: Metadata[Snapshot]
    targets: Metadata[Targets]

    @property
    def entries(self) -> dict[str, Entry]:
        """What is listed, by path. Raises RegistryTampered."""
        return entries_of(self.targets.signed)


def entries_of(targets: Targets) -> dict[str, Entry]:
    """The archives that the metadata lists, by path."""
    return {path: read_entry(path, target.custom) for path, target in targets.targets.items() if "/" in path}


def exists(folder: Path) -> bool:
    return (folder / METADATA / "timestamp.json").exists()


def load(folder: Path) -> State:
    """The present state, not yet verified. Raises NotThere or RegistryTampered."""
    place = folder / METADATA
    timestamp = _load(Timestamp, place / "timestamp.json")
    snapshot = _load(Snapshot, place / f"{timestamp.signed.snapshot_meta.version}.snapshot.json")
    targets = _load(Targets, place / f"{snapshot.signed.meta['targets.json'].version}.targets.json")
    return State(_load(Root, place / f"{_newest_root(place)}.root.json"), timestamp, snapshot, targets)


def verify(folder: Path, state: State) -> None:
    """Nobody has changed the folder since it was signed; else a new signature would bless the change."""
    root = state.root.signed
    try:
        root.verify_delegate(Root.type, state.root.signed_bytes, state.root.signatures)
        for role, metadata in (
            (Timestamp.type, state.timestamp),
            (Snapshot.type, state.snapshot),
            (Targets.type, state.targets),
        ):
            root.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
        for target in state.targets.signed.targets.values():
            target.verify_length_and_hashes(read_file(place_of(folder, target)))
    except (RepositoryError, ValueError) as fault:
        raise RegistryTampered(
            "Der Ordner des Registers wurde verändert: Unterschrift oder Prüfsumme stimmt nicht. "
            "Er wird so nicht neu unterschrieben."
        ) from fault


def place_of(folder: Path, target: TargetFile) -> Path:
    """Where a target lies, under the name that carries its digest."""
    return folder / TARGETS / target.get_prefixed_paths()[0]


def write_metadata(folder: Path, name: str, metadata: Metadata[Any]) -> bytes:
    content = metadata.to_bytes()
    write_file(folder / METADATA / name, content)
    return content


def write_file(file: Path, content: bytes) -> None:
    """Whole or not at all, also when the power fails."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with beside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)


def read_file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise NotThere("Dem Register fehlt eine Datei.", file=file.name) from None


def _newest_root(place: Path) -> int:
    versions = [int(match[1]) for file in place.glob("*.root.json") if (match := re.fullmatch(r"(\d+)\..*", file.name))]
    if not versions:
        raise NotThere("In diesem Ordner liegt kein Register; „registry build“ legt eines an.")
    return max(versions)


def _load[Kind: (Root, Timestamp, Snapshot, Targets)](kind: type[Kind], file: Path) -> Metadata[Kind]:
    try:
        metadata: Metadata[Kind] = Metadata.from_bytes(read_file(file)[:MAX_METADATA_BYTES])
        if not isinstance(metadata.signed, kind):
            raise RegistryTampered("Die Datei ist vertauscht.", file=file.name)
    except (RepositoryError, ValueError, KeyError) as fault:
        raise RegistryTampered("Die Datei ist unlesbar.", file=file.name) from fault
    return metadata
