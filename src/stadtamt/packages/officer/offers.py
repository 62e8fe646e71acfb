"""Where a town gets packages from: those shipped with the program, those of registries, and a file somebody sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from stadtamt.kernel import audit, tenancy
from stadtamt.kernel.expressions import ExpressionError, compile_text
from stadtamt.packages.archive import EXTENSION, unpack
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import Files, files_of_folder
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import newer, read_package, version_key
from stadtamt.packages.keeping import Source, other_author, put_by
from stadtamt.packages.models import Installation, KeptPackage
from stadtamt.packages.trust import Adoption, Contents, Registry, RegistryProblem, registries, registry
from stadtamt.packages.trust.entries import found_by

SHIPPED = ""
"""The source of a package that came with the program; every other source is a registry's name."""
_FRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that a town may adopt, in its newest version."""

    source: str
    key: str
    version: str
    title: str
    summary: str
    users: tuple[str, ...] = ()  # towns that agreed to be named


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and the registries that could not be asked, each with its reason."""

    offers: tuple[Offer, ...]
    troubles: tuple[str, ...]


def find_offers(text: str, *, now: datetime) -> Found:
    """Packages in which all the words occur; without words, all. The shipped ones first."""
    troubles: list[str] = []
    found = [_shipped_offer(package) for package in _shipped().values() if _speaks_of(package, text)]
    for known in registries(_place()):
        try:
            contents = _contents(known, now)
        except RegistryProblem as problem:
            troubles.append(f"Register „{known.name}“: {problem.sentence}")
            continue
        for entry in found_by(text, contents.entries):
            users = tuple(one.municipality for one in contents.users_of(entry.service))
            summary = _for_here(entry.summary)
            found.append(Offer(known.name, entry.service, entry.version, entry.title, summary, users))
    return Found(tuple(found), tuple(troubles))


def newer_offers(*, now: datetime) -> dict[str, Offer]:
    """For every installed package the newest version that is offered, where it is newer than the installed one."""
    best: dict[str, Offer] = {}
    installed = {one.key: one.version for one in Installation.objects.select_related("package")}
    for offer in find_offers("", now=now).offers:
        if offer.key not in installed or not newer(offer.version, installed[offer.key]):
            continue
        if offer.key not in best or version_key(offer.version) > version_key(best[offer.key].version):
            best[offer.key] = offer
    return best


def fetch(*, source: str, key: str, now: datetime, actor: audit.Actor) -> KeptPackage:
    """The newest version of a package, verified and kept. Raises PackageProblem with the reason."""
    if source == SHIPPED:
        if key not in _shipped():
            raise PackageProblem("", f"Ein Paket „{key[:60]}“ gibt es hier nicht.")
        return keep(files=_shipped()[key].files, source=Source(), actor=actor)
    archive = registry(_place(), source).fetch(key, now=now)
    return receive(archive=archive, origin=source, actor=actor)


def receive(*, archive: bytes, origin: str = "", actor: audit.Actor) -> KeptPackage:
    """A package that came as a signed file, read as hostile, and kept. Raises PackageProblem; then nothing is kept."""
    opened = unpack(archive)
    source = Source(archive=archive, author=opened.key_id, origin=origin)
    return keep(files=opened.files, source=source, actor=actor)


def keep(*, files: Files, source: Source, actor: audit.Actor) -> KeptPackage:
    """A version of a package as its author published it, put by for the town; nothing is in force yet."""
    kept, new = put_by(files=files, source=source)
    if new:
        audit.record("package.kept", subject=kept, actor=actor, key=kept.key, version=kept.version)
    return kept


def source_of(kept: KeptPackage) -> Source:
    """Where a kept package came from, as `install` wants it."""
    return Source(bytes(kept.archive) if kept.archive else None, kept.author, kept.origin)


def changes_author(present: KeptPackage, offered: KeptPackage) -> bool:
    """Whether somebody else signed what is offered than what is in force."""
    return other_author(present, digest=offered.digest, author=offered.author)


def file_name(kept: KeptPackage) -> str:
    """What a package is called as a file."""
    return f"{kept.key}-{kept.version}{EXTENSION}"


def make_known(*, installation: Installation, now: datetime) -> None:
    """Tell the registry that the town uses the service, where the town agreed. Raises PackageProblem."""
    origin = installation.package.origin
    if not (installation.tells_registry and origin):
        return
    town = installation.municipality
    note = Adoption(town.office_name, town.ars, installation.key, installation.version, now.date())
    registry(_place(), origin).adopt(note, now=now)


def _place() -> Path:
    folder: Path = settings.DATA / "registries"
    return folder


def _shipped_offer(package: Package) -> Offer:
    title, summary = str(package.service["title"]), str(package.service["summary"])
    return Offer(SHIPPED, package.id, package.version, title, _for_here(summary))


def _for_here(summary: str) -> str:
    """The summary as this town would say it; one that speaks of figures is not shown before there are any."""
    town = tenancy.current()
    known = {"place": town.place or town.name, "municipality_name": town.office_name}
    try:
        text = compile_text(summary)
        strange = text.paths - {("parameters", key) for key in known}
        return "" if strange else text.render({"parameters": known})
    except ExpressionError:
        return ""


def _speaks_of(package: Package, text: str) -> bool:
    service: Any = package.service
    words = [service["title"], service["summary"], package.id, *service.get("synonyms", [])]
    everything = " ".join(words).casefold()
    return all(word in everything for word in text.casefold().split())


def _shipped() -> dict[str, Package]:
    """The packages beside the program, by name; a folder that is none is passed over."""
    folder: Path = settings.SERVICES
    stamp = max((file.stat().st_mtime for file in folder.glob("**/*")), default=0.0)
    return _read_shipped(folder, stamp)


@cache
def _read_shipped(folder: Path, stamp: float) -> dict[str, Package]:
    return dict(_each_shipped(folder))


def _each_shipped(folder: Path) -> Iterator[tuple[str, Package]]:
    for place in sorted(folder.iterdir() if folder.is_dir() else ()):
        try:
            package = read_package(files_of_folder(place))
        except PackageProblem:
            continue
        yield package.id, package


_asked: dict[tuple[str, str], tuple[datetime, Contents]] = {}


def forget_registries() -> None:
    """The next look asks every registry anew."""
    _asked.clear()


def _contents(known: Registry, now: datetime) -> Contents:
    """What the registry lists; asked again after ten minutes, so that a page does not wait for it each time."""
    key = (known.name, str(known.folder))
    if key in _asked and timedelta(0) <= now - _asked[key][0] < _FRESH:
        return _asked[key][1]
    contents = known.refresh(now=now)
    _asked[key] = (now, contents)
    return contents
