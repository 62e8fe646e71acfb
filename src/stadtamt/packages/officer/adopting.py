"""What an officer filled in on a sheet comes into force: a package adopted, or the settings of one changed."""

from __future__ import annotations

from stadtamt.kernel import audit, tenancy
from stadtamt.packages.actions import Source, install
from stadtamt.packages.errors import InstallRefused
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.keeping import hold_packages
from stadtamt.packages.models import Installation, Sheet
from stadtamt.packages.officer.sheets import tear_up
from stadtamt.packages.updating import change_settings


@tenancy.all_or_nothing()
def adopt(
    *, sheet: Sheet, layer: Layer, source: Source, tells_registry: bool, actor: audit.Actor, seen: Installation | None
) -> Installation:
    """Put the sheet's package with this layer into force and tear up the sheet: all of it, or nothing.

    `seen` is what was in force when the layer was made from the sheet. Raises PackageProblem; InstallRefused where the
    check finds an error or a golden case does not hold, and where something else is in force by now.
    """
    hold_packages()
    kept = sheet.package
    present = Installation.objects.filter(key=kept.key).first()
    if _said(present) != _said(seen) or (present is not None and present.package_id != kept.pk):
        raise InstallRefused(
            "Inzwischen wurde an dieser Leistung etwas anderes geändert. "
            "Bitte sehen Sie sich die Einstellungen und die Vorschau noch einmal an."
        )
    if present is not None:
        installation = change_settings(key=kept.key, layer=layer, actor=actor)
    else:
        installation = install(files=kept.files, layer=layer, source=source, actor=actor)
    if installation.tells_registry != tells_registry:
        installation.tells_registry = tells_registry
        installation.save(update_fields=["tells_registry"])
    tear_up(sheet=sheet)
    return installation


def _said(installation: Installation | None) -> tuple[object, ...]:
    return () if installation is None else (installation.package_id, installation.layer_data)
