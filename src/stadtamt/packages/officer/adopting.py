"""What an officer filled in on a sheet comes into force: a package adopted, or the settings of one changed."""

from __future__ import annotations

from stadtamt.kernel import audit
from stadtamt.packages.actions import Source, install
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.models import Installation, Sheet
from stadtamt.packages.officer.sheets import tear_up
from stadtamt.packages.updating import change_settings


def adopt(*, sheet: Sheet, layer: Layer, source: Source, tells_registry: bool, actor: audit.Actor) -> Installation:
    """Put the sheet's package with this layer into force and tear up the sheet: all of it, or nothing.

    Raises PackageProblem; InstallRefused where the check finds an error or a golden case does not hold.
    """
    kept = sheet.package
    if Installation.objects.filter(key=kept.key, package=kept).exists():
        installation = change_settings(key=kept.key, layer=layer, actor=actor)
    else:
        installation = install(files=kept.files, layer=layer, source=source, actor=actor)
    if installation.tells_registry != tells_registry:
        installation.tells_registry = tells_registry
        installation.save(update_fields=["tells_registry"])
    tear_up(sheet=sheet)
    return installation
