"""Deeds of the room: a package is installed in the current municipality, with the town's layer over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from stadtamt.kernel import audit, clock, tenancy
from stadtamt.packages.errors import InstallRefused
from stadtamt.packages.format.files import Files, text_of
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import misfit, plain
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.gate import failing_cases, faults_of, in_one_sentence
from stadtamt.packages.models import Edition, Installation, KeptPackage
from stadtamt.packages.preparing import Prepared, digest_of, prepare
from stadtamt.packages.publishing import publish


@dataclass(frozen=True, slots=True)
class Source:
    """Where a package came from: the archive as received, the author's key, the registry."""

    archive: bytes | None = None
    author: str = ""
    origin: str = ""


UNSIGNED = Source()
"""A folder on this machine."""


def install(
    *,
    files: Files,
    layer: Layer,
    source: Source = UNSIGNED,
    actor: audit.Actor = audit.OFFICE,
    forget: frozenset[str] = frozenset(),
    new_author: bool = False,
) -> Installation:
    """Put a package with the town's layer into the stations: all of it, or nothing.

    What the town has set for another package of the same matter holds here too, and what it sets here holds there,
    where it fits; `forget` are settings that shall no longer hold in any of them. Installing the same content again
    changes nothing; other settings make a new edition, and running cases keep theirs.

    Raises PackageProblem; InstallRefused where the check finds an error or a golden case does not hold in this town,
    and where somebody else has signed than what is in force, unless `new_author` says that this is meant.
    """
    package = read_package(files)
    if not new_author:
        check_author(Installation.objects.filter(key=package.id).select_related("package").first(), files, source)
    layer = with_shared(package, layer, forget=forget)
    installation = _put(files, layer, source, actor)
    for other in _others(package):
        _tell_other(other, package, layer, actor, forget)
    return installation


def with_shared(package: Package, layer: Layer, *, forget: frozenset[str] = frozenset()) -> Layer:
    """The layer with what the town has set for other packages of the same matter, where nothing is set here."""
    values = dict(layer.values)
    for other in _others(package):
        values = {**_fitting(package, read_package(other.package.files), other.layer.values, forget), **values}
    return replace(layer, values=values)


def _others(package: Package) -> QuerySet[Installation]:
    return Installation.objects.filter(matter=package.matter).exclude(key=package.id).select_related("package")


def check_author(present: Installation | None, files: Files, source: Source) -> None:
    """Raises InstallRefused where other files than those in force come from somebody else than their author."""
    author = present.package.author if present is not None else ""
    if present is None or not author or author == source.author or present.package.digest == digest_of(files):
        return
    raise InstallRefused(
        f"Die neue Fassung von „{present.key}“ hat ein anderer Urheber unterschrieben als die eingerichtete. "
        "Bitte klären Sie, ob das seine Richtigkeit hat; wenn ja, ist der neue Urheber ausdrücklich anzunehmen."
    )


def _fitting(package: Package, other: Package, values: Mapping[str, Any], forget: frozenset[str]) -> dict[str, Any]:
    """Those of the other package's settings that this one knows in the same sense: of the same type, and they fit."""
    types = {parameter.key: parameter.type for parameter in other.parameters}
    known = {
        parameter.key: parameter
        for parameter in package.parameters
        if parameter.key not in forget and types.get(parameter.key) == parameter.type
    }
    return {key: value for key, value in values.items() if key in known and not misfit(known[key], plain(value))}


def _put(files: Files, layer: Layer, source: Source, actor: audit.Actor) -> Installation:
    prepared = prepare(files, layer)
    if not _in_force(prepared, files, layer):
        _pass_gate(prepared, files, layer)
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


def _in_force(prepared: Prepared, files: Files, layer: Layer) -> bool:
    """Whether exactly this is installed already, and so has passed."""
    same = Installation.objects.filter(key=prepared.package.id, edition=prepared.edition, layer_data=layer.as_data())
    return same.filter(package__digest=digest_of(files)).exists()


def _pass_gate(prepared: Prepared, files: Files, layer: Layer) -> None:
    package = prepared.package
    if faults := faults_of(files):
        raise InstallRefused(in_one_sentence(f"„{package.id}“ {package.version} hat Fehler:", faults), faults)
    if failures := failing_cases(package, layer, town=tenancy.current().name):
        beginning = f"„{package.id}“ {package.version} rechnet mit Ihren Einstellungen nicht wie erwartet:"
        raise InstallRefused(in_one_sentence(beginning, failures), failures)


def _tell_other(
    other: Installation, package: Package, layer: Layer, actor: audit.Actor, forget: frozenset[str]
) -> None:
    """A package of the same matter takes what the town set anew; nothing happens where it is set so already."""
    files, before = other.package.files, other.layer
    kept = {key: value for key, value in before.values.items() if key not in forget}
    values = {**kept, **_fitting(read_package(files), package, layer.values, forget)}
    if values != before.values:
        _put(files, replace(before, values=values), UNSIGNED, actor)


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
    if source.archive is not None and kept.archive is None:
        # The same files were laid down from a folder before; what makes the export byte-equal comes with the archive.
        kept.archive, kept.author, kept.origin = source.archive, source.author, source.origin
        kept.save(update_fields=["archive", "author", "origin"])
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
