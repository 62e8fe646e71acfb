"""Deeds on what is installed: the author's next version, other settings, and the end of a package in a town."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from stadtamt.catalogue.actions import withdraw_service
from stadtamt.catalogue.models import Service
from stadtamt.kernel import audit, tenancy
from stadtamt.packages.actions import install, with_shared
from stadtamt.packages.errors import NotInstalled, UpdateRefused
from stadtamt.packages.format.files import Files
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.gate import in_one_sentence
from stadtamt.packages.keeping import UNSIGNED, Source, check_author, hold_packages, put_layer_by
from stadtamt.packages.models import Installation
from stadtamt.packages.planning import NOTHING, UpdatePlan, plan
from stadtamt.packages.preparing import prepare
from stadtamt.packages.publishing import publish


def plan_update(*, key: str, files: Files, answers: Mapping[str, Any] = NOTHING) -> UpdatePlan:
    """What taking these files would do in this town; nothing is changed. Raises NotInstalled, PackageProblem."""
    return _plan(installed(key), files, answers)


@tenancy.all_or_nothing()
def update(
    *,
    key: str,
    files: Files,
    answers: Mapping[str, Any] = NOTHING,
    source: Source = UNSIGNED,
    actor: audit.Actor = audit.OFFICE,
    back: bool = False,
    new_author: bool = False,
) -> Installation:
    """Take another version of an installed package; the town keeps what it set. Running cases keep their edition.

    Raises InstallRefused, and nothing is changed: as long as a conflict is unanswered or a golden case does not hold
    (UpdateRefused), for an older version unless `back` says that this is meant, for another author unless `new_author`.
    """
    installation = installed(key, lock=True)
    planned = _plan(installation, files, answers)
    if planned.back and not back:
        raise UpdateRefused(
            f"Eingerichtet ist Version {planned.before}; Version {planned.after} ist älter. "
            "Soll wirklich zur älteren Version zurückgegangen werden, ist das ausdrücklich zu sagen."
        )
    if not new_author:
        check_author(installation, files, source)
    _check_ready(planned)
    done = install(files=files, layer=planned.layer, source=source, actor=actor, new_author=True)
    audit.record("package.updated", subject=done, actor=actor, key=key, before=planned.before, after=planned.after)
    return done


def change_settings(*, key: str, layer: Layer, actor: audit.Actor = audit.OFFICE) -> Installation:
    """The same version with another layer of the town's; a new edition for new applications.

    A setting that is no longer in the layer has its default again, in all packages of the matter.
    Raises PackageProblem; InstallRefused where a golden case does not hold under the new settings.
    """
    return revise(key=key, revised=lambda _: layer, actor=actor)


def revise(*, key: str, revised: Callable[[Layer], Layer], actor: audit.Actor = audit.OFFICE) -> Installation:
    """`change_settings` with what `revised` makes of the layer in force, which nobody else changes meanwhile."""
    installation = installed(key, lock=True)
    layer = revised(installation.layer)
    forget = frozenset(installation.layer.values) - frozenset(layer.values)
    return install(files=installation.package.files, layer=layer, actor=actor, forget=forget)


@tenancy.all_or_nothing()
def withdraw(*, key: str, actor: audit.Actor = audit.OFFICE) -> None:
    """Take a package out of the catalogue; running cases go on under their editions, and drafts can still be sent.

    Where another package has an entry of this name (the universal application), the address is served by it again.
    """
    installation = installed(key, lock=True)
    for service in Service.objects.filter(package=key, withdrawn=False):
        withdraw_service(service=service)
    audit.record("package.withdrawn", subject=installation, actor=actor, key=key, edition=installation.edition)
    put_layer_by(installation)
    installation.delete()
    for other in Installation.objects.select_related("package"):
        prepared = prepare(other.package.files, other.layer)
        if prepared.package.entries:
            publish(prepared)


def installed(key: str, *, lock: bool = False) -> Installation:
    """The installation of a package in this town; `lock` holds the town's packages. Raises NotInstalled."""
    if lock:
        # Held first and read then: whoever waited sees the package that is in force now.
        hold_packages()
    found = Installation.objects.filter(key=key).select_related("package").first()
    if found is None:
        raise NotInstalled(key)
    return found


def _plan(installation: Installation, files: Files, answers: Mapping[str, Any]) -> UpdatePlan:
    """What another package of the matter has been told already is not asked again."""
    layer = installation.layer
    shared = with_shared(read_package(files), layer)
    told = replace(layer, sources=shared.sources)
    return plan(installation.package.files, files, told, answers, shared=shared.values, town=tenancy.current().name)


def _check_ready(planned: UpdatePlan) -> None:
    conflicts = tuple(conflict.sentence for conflict in planned.open)
    if conflicts:
        sentence = in_one_sentence("Bitte entscheiden Sie zuerst:", conflicts)
        raise UpdateRefused(sentence, planned.failures, tuple(conflict.id for conflict in planned.open))
    if planned.failures:
        sentence = in_one_sentence("Die neue Version besteht die Prüfung nicht:", planned.failures)
        raise UpdateRefused(sentence, planned.failures)
