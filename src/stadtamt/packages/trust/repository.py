"""The side of the registry that signs: build, publish archives, renew, rotate keys.

Everything is written in the order in which readers need it: archives, targets, snapshot, and last the timestamp. Who
reads in between sees the old state whole.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from securesystemslib.signer import Signer
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from stadtamt.packages.archive import unpack
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.trust import adoptions, state
from stadtamt.packages.trust.entries import Entry, entry_of
from stadtamt.packages.trust.keys import ROLES, RegistryKeys
from stadtamt.packages.trust.problems import AuthorChanged, NotOurs, RegistryProblem, VersionTaken
from stadtamt.packages.trust.state import State

LIFE = {
    Root.type: timedelta(days=365),
    Targets.type: timedelta(days=180),
    Snapshot.type: timedelta(days=30),
    Timestamp.type: timedelta(days=14),
}
AUTHORS = "x-stadtamt-authors"  # service id to the key id of its author, in the signed part of the targets
KEPT_VERSIONS = 20


@dataclass(slots=True)
class Signed:
    """What a run has done: roles signed anew, archives and notes published, and what somebody must see to."""

    roles: list[str] = field(default_factory=list)
    archives: list[Entry] = field(default_factory=list)
    adoptions: int = 0
    renew_by: datetime | None = None
    warnings: list[str] = field(default_factory=list)


def create(folder: Path, keys: RegistryKeys, *, now: datetime) -> None:
    """A new, empty registry with new keys. Raises RegistryProblem where there is one already."""
    if keys.folder.resolve().is_relative_to(folder.resolve()):
        raise RegistryProblem("Die Schlüssel dürfen nicht in dem Ordner liegen, der veröffentlicht wird.")
    with _alone(keys):
        if state.exists(folder):
            raise RegistryProblem("In diesem Ordner liegt schon ein Register.")
        signers = {role: keys.create(role) for role in ROLES}
        root = Root(expires=_end(Root.type, now), consistent_snapshot=True)
        for role, signer in signers.items():
            root.add_key(signer.public_key, role)
        fresh = State(
            Metadata(root),
            Metadata(Timestamp(expires=_end(Timestamp.type, now))),
            Metadata(Snapshot(expires=_end(Snapshot.type, now))),
            Metadata(Targets(expires=_end(Targets.type, now))),
        )
        fresh.root.sign(signers[Root.type])
        state.write_metadata(folder, "1.root.json", fresh.root)
        _write(folder, keys, fresh, {Targets.type}, now=now)


def publish(
    folder: Path,
    keys: RegistryKeys,
    archives: Sequence[bytes],
    *,
    now: datetime,
    new_author: bool = False,
    maturity: Callable[[Package], str] = lambda package: "",
) -> Signed:
    """Take archives in and sign; a service stays with the author who first published it, unless `new_author` says so.

    Raises ArchiveProblem, PackageProblem, AuthorChanged or VersionTaken; then nothing has changed.
    """
    with _alone(keys):
        present = _open(folder)
        taken = [
            _take(present.targets.signed, data, now=now, new_author=new_author, maturity=maturity) for data in archives
        ]
        for entry, data in zip(taken, archives, strict=True):
            state.write_file(state.place_of(folder, present.targets.signed.targets[entry.path]), data)
        return _sign(folder, keys, present, Signed(archives=taken), now=now)


def sign(folder: Path, keys: RegistryKeys, *, now: datetime) -> Signed:
    """Renew what expires and publish the notes of towns; to be run every day."""
    with _alone(keys):
        return _sign(folder, keys, _open(folder), Signed(), now=now)


def rotate(folder: Path, keys: RegistryKeys, role: str, *, now: datetime) -> Signed:
    """A new key for a role. Who pinned an older root follows by itself, as the old root signs the new one.

    Interrupted anywhere, the registry stays readable: what the role signs is first signed by the old and the new key,
    then the root names the new one, and only then the old key is gone.
    """
    with _alone(keys):
        present = _open(folder)
        root = present.root.signed
        root_signer = keys.signer(Root.type, root.roles[Root.type].keyids)
        keys.forget_next(role)
        fresh = keys.create(role, next_one=True)
        done = Signed()
        if role != Root.type:
            done = _sign(folder, keys, present, done, now=now, forced={role} - {Timestamp.type}, beside={role: fresh})
        for key_id in list(root.roles[role].keyids):
            root.revoke_key(key_id, role)
        root.add_key(fresh.public_key, role)
        _renew(folder, present.root, [root_signer, fresh] if role == Root.type else [root_signer], now=now)
        keys.promote(role)
        done.roles.append(Root.type)
        return _sign(folder, keys, present, done, now=now) if role == Root.type else done


def withdraw(folder: Path, keys: RegistryKeys, service: str, version: str, *, now: datetime) -> Signed:
    """Take a version out of the registry; who has it keeps it. The archive stays for readers of the last state."""
    with _alone(keys):
        present = _open(folder)
        paths = [p for p, one in present.entries.items() if (one.service, one.version) == (service, version)]
        if not paths:
            raise RegistryProblem(f"„{service}“ gibt es im Register nicht in der Version {version}.")
        for path in paths:
            del present.targets.signed.targets[path]
        return _sign(folder, keys, present, Signed(), now=now, forced={Targets.type})


def listed(folder: Path) -> set[tuple[str, str]]:
    """Services and versions in the registry, for who serves it and has no keys."""
    return {(entry.service, entry.version) for entry in state.load(folder).entries.values()}


def _open(folder: Path) -> State:
    present = state.load(folder)
    state.verify(folder, present)
    return present


def _take(
    targets: Targets, data: bytes, *, now: datetime, new_author: bool, maturity: Callable[[Package], str]
) -> Entry:
    """Put an archive into the list. What is said about it comes out of the archive, from nowhere else."""
    archive = unpack(data)
    package = read_package(archive.files)
    entry = entry_of(package, archive, maturity=maturity(package), published=now.date())
    authors = targets.unrecognized_fields.setdefault(AUTHORS, {})
    if authors.get(entry.service, entry.author) != entry.author and not new_author:
        raise AuthorChanged(
            f"„{entry.service}“ wurde bisher mit einem anderen Schlüssel unterschrieben. Hat der Urheber "
            "gewechselt, bestätigen Sie das mit --new-author.",
            file=entry.path,
        )
    target = TargetFile.from_data(entry.path, data)
    before = targets.targets.get(entry.path)
    if before and before.hashes != target.hashes:
        raise VersionTaken(
            f"„{entry.service}“ {entry.version} gibt es schon mit anderem Inhalt: Bitte die Version erhöhen.",
            file=entry.path,
        )
    if not before:
        target.unrecognized_fields["custom"] = entry.as_custom()
        targets.targets[entry.path] = target
    authors[entry.service] = entry.author
    return entry


def _sign(
    folder: Path,
    keys: RegistryKeys,
    present: State,
    done: Signed,
    *,
    now: datetime,
    forced: Collection[str] = (),
    beside: Mapping[str, Signer] = MappingProxyType({}),
) -> Signed:
    """Publish waiting notes, renew what has lived half its life, always the timestamp."""
    files = _publish_notes(folder, present, done, now=now)
    changed = set(forced)
    if done.archives or done.adoptions:
        changed.add(Targets.type)
    pieces: dict[str, Metadata[Any]] = {Targets.type: present.targets, Snapshot.type: present.snapshot}
    changed |= {role for role, piece in pieces.items() if piece.signed.expires - now < LIFE[role] / 2}
    _look_at_root(folder, keys, present, done, now=now)
    done.roles += _write(folder, keys, present, changed, now=now, beside=beside)
    done.renew_by = min(piece.signed.expires for piece in (present.timestamp, present.snapshot, present.targets))
    for file in files:
        file.unlink(missing_ok=True)
    return done


def _write(
    folder: Path,
    keys: RegistryKeys,
    present: State,
    changed: Collection[str],
    *,
    now: datetime,
    beside: Mapping[str, Signer] = MappingProxyType({}),
) -> list[str]:
    """Sign and write the changed roles and what hangs on them; `beside` signs too. Gives the roles written."""
    roles = present.root.signed.roles

    def renew(piece: Metadata[Any]) -> bytes:
        role = piece.signed.type
        signers = [keys.signer(role, roles[role].keyids), *([beside[role]] if role in beside else [])]
        return _renew(folder, piece, signers, now=now)

    written = []
    if Targets.type in changed:
        present.snapshot.signed.meta["targets.json"] = _meta(present.targets, renew(present.targets))
        written.append(Targets.type)
    if changed:
        present.timestamp.signed.snapshot_meta = _meta(present.snapshot, renew(present.snapshot))
        written.append(Snapshot.type)
    renew(present.timestamp)
    for role in (Targets.type, Snapshot.type):
        _prune(folder, role)
    return [*written, Timestamp.type]


def _renew(folder: Path, piece: Metadata[Any], signers: Sequence[Signer], *, now: datetime) -> bytes:
    role = piece.signed.type
    # The first version is 1 and has no signature yet; every later one follows the one that is in force.
    piece.signed.version += 1 if piece.signatures else 0
    piece.signed.expires = _end(role, now)
    piece.signatures.clear()
    for signer in signers:
        piece.sign(signer, append=True)
    name = f"{role}.json" if role == Timestamp.type else f"{piece.signed.version}.{role}.json"
    return state.write_metadata(folder, name, piece)


def _look_at_root(folder: Path, keys: RegistryKeys, present: State, done: Signed, *, now: datetime) -> None:
    """The root is renewed in the second half of its life if its key is at hand; else somebody must bring it."""
    left = present.root.signed.expires - now
    if left >= LIFE[Root.type] / 2:
        return
    try:
        signer = keys.signer(Root.type, present.root.signed.roles[Root.type].keyids)
    except NotOurs:
        done.warnings.append(
            f"Der Vertrauensanker läuft in {max(left.days, 0)} Tagen ab: "
            "Bitte den Schlüssel „root“ bringen und noch einmal unterschreiben."
        )
        return
    _renew(folder, present.root, [signer], now=now)
    done.roles.append(Root.type)


def _publish_notes(folder: Path, present: State, done: Signed, *, now: datetime) -> list[Path]:
    """Put the notes of the inbox into ``adoptions.json``. Gives the files that are then done with."""
    known = {(entry.service, entry.version) for entry in present.entries.values()}
    notes, files = adoptions.waiting(folder, known=known, today=now.date())
    targets = present.targets.signed.targets
    before = targets.get(adoptions.TARGET)
    old = adoptions.read_published(state.read_file(state.place_of(folder, before))) if before else ()
    rows = adoptions.merged(old, notes)
    done.adoptions = len(set(rows) - set(old))
    if done.adoptions:
        content = adoptions.published(rows)
        fresh = TargetFile.from_data(adoptions.TARGET, content)
        state.write_file(state.place_of(folder, fresh), content)
        targets[adoptions.TARGET] = fresh
    return files


def _meta(piece: Metadata[Any], content: bytes) -> MetaFile:
    return MetaFile.from_data(piece.signed.version, content, ["sha256"])


def _end(role: str, now: datetime) -> datetime:
    return now.replace(microsecond=0) + LIFE[role]


def _prune(folder: Path, role: str) -> None:
    """Old metadata goes, except what somebody may just be reading; roots stay for ever."""
    files = (folder / state.METADATA).glob(f"*.{role}.json")
    ordered = sorted(files, key=lambda file: int(file.name.split(".")[0]) if file.name[0].isdigit() else 0)
    for file in ordered[:-KEPT_VERSIONS]:
        file.unlink(missing_ok=True)


@contextmanager
def _alone(keys: RegistryKeys) -> Iterator[None]:
    """One signer at a time; the kernel lifts the lock when its holder dies."""
    keys.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(keys.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
