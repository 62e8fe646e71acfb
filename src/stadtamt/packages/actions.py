"""Deeds of the room: a package is installed in the current municipality, with the town's layer over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from stadtamt.kernel import audit, clock, tenancy
from stadtamt.packages.archive import digest_of
from stadtamt.packages.errors import InstallRefused
from stadtamt.packages.format.files import Files
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import misfit, plain
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.gate import failing_cases, faults_of, in_one_sentence
from stadtamt.packages.keeping import UNSIGNED, Source, check_author, hold_packages, put_by
from stadtamt.packages.models import Edition, Installation, KeptPackage
from stadtamt.packages.preparing import Prepared, prepare
from stadtamt.packages.publishing import publish

__all__ = ["UNSIGNED", "Source", "check_author", "install", "with_shared"]


@tenancy.all_or_nothing()
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
    hold_packages()
    if not new_author:
        check_author(Installation.objects.filter(key=package.id).select_related("package").first(), files, source)
    layer = with_shared(package, layer, forget=forget)
    installation = _put(files, layer, source, actor)
    for other in _others(package):
        _tell_other(other, package, layer, actor, forget)
    return installation


def with_shared(package: Package, layer: Layer, *, forget: frozenset[str] = frozenset()) -> Layer:
    """The layer with what the town has set for other packages of the same matter, where nothing is set here."""
    values, sources = dict(layer.values), dict(layer.sources)
    for other in _others(package):
        there = other.layer
        fitting = _fitting(package, read_package(other.package.files), there.values, forget)
        taken = {key: value for key, value in fitting.items() if key not in values}
        values |= taken
        sources = {**{key: there.sources[key] for key in taken if key in there.sources}, **sources}
    return replace(layer, values=values, sources=sources)


def _others(package: Package) -> QuerySet[Installation]:
    return Installation.objects.filter(matter=package.matter).exclude(key=package.id).select_related("package")


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
    kept, _ = put_by(files=files, source=source)
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
    told = _fitting(read_package(files), package, layer.values, forget)
    sources = {key: text for key, text in before.sources.items() if key not in forget}
    sources |= {key: layer.sources[key] for key in told if key in layer.sources}
    after = replace(before, values={**kept, **told}, sources=sources)
    if after != before:
        _put(files, after, UNSIGNED, actor)


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
