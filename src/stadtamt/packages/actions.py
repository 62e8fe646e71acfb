"""Deeds of the room: a package is installed in the current municipality, with the town's layer over it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stadtamt.kernel import audit, clock
from stadtamt.packages.format.files import Files, text_of
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.models import Edition, Installation, KeptPackage
from stadtamt.packages.preparing import Prepared, digest_of, prepare
from stadtamt.packages.publishing import publish


@dataclass(frozen=True, slots=True)
class Source:
    """Where a package came from: the archive as received, the author's key, the registry."""

    archive: bytes | None = None
    author: str = ""
    origin: str = ""


def install(
    *, files: Files, layer: Layer, source: Source = Source(), actor: audit.Actor = audit.OFFICE
) -> Installation:
    """Put a package with the town's layer into the stations: all of it, or nothing.

    What the town has set for another package of the same matter holds here too, and what it sets here holds there.
    Installing the same content again changes nothing; other settings make a new edition, and running cases keep theirs.
    Raises PackageProblem.
    """
    package = read_package(files)
    others = list(Installation.objects.filter(matter=package.matter).exclude(key=package.id).select_related("package"))
    known = {parameter.key for parameter in package.parameters}
    for other in others:
        shared = {key: value for key, value in other.layer.values.items() if key in known}
        layer = replace(layer, values={**shared, **layer.values})
    installation = _put(files, layer, source, actor)
    for other in others:
        _tell_other(other, layer, actor)
    return installation


def _put(files: Files, layer: Layer, source: Source, actor: audit.Actor) -> Installation:
    prepared = prepare(files, layer)
    kept = _kept(files, prepared, source)
    _keep_edition(kept, prepared, layer)
    publish(prepared)
    installation, _ = Installation.objects.update_or_create(
        key=prepared.package.id,
        defaults={
            "matter": prepared.package.matter,
            "package": kept,
            "layer_data": layer.as_data(),
            "edition": prepared.edition,
            "changed_at": clock.now(),
        },
    )
    audit.record(
        "package.installed",
        subject=installation,
        actor=actor,
        key=installation.key,
        version=prepared.package.version,
        edition=prepared.edition,
    )
    return installation


def _tell_other(other: Installation, layer: Layer, actor: audit.Actor) -> None:
    """A package of the same matter takes what the town set anew; nothing happens where it is set so already."""
    files, before = other.package.files, other.layer
    known = {parameter.key for parameter in read_package(files).parameters}
    values = {**before.values, **{key: value for key, value in layer.values.items() if key in known}}
    if values != before.values:
        _put(files, replace(before, values=values), Source(), actor)


def _kept(files: Files, prepared: Prepared, source: Source) -> KeptPackage:
    package = prepared.package
    kept, _ = KeptPackage.objects.get_or_create(
        key=package.id,
        version=package.version,
        digest=digest_of(files),
        defaults={
            "content": {name: text_of(files, name) for name in files},
            "archive": source.archive,
            "author": source.author,
            "origin": source.origin,
            "kept_at": clock.now(),
        },
    )
    return kept


def _keep_edition(kept: KeptPackage, prepared: Prepared, layer: Layer) -> None:
    Edition.objects.get_or_create(
        key=kept.key,
        edition=prepared.edition,
        defaults={
            "package": kept,
            "layer_data": layer.as_data(),
            "parameters": dict(prepared.parameters),
            "made_at": clock.now(),
        },
    )
