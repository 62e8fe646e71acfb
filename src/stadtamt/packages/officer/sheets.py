"""Sheets: settings of a package that an officer has begun to fill in, kept between pages and days."""

from __future__ import annotations

from collections.abc import Mapping

from stadtamt.kernel import clock
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.models import Edition, KeptPackage, Sheet


def sheet_of(key: str) -> Sheet | None:
    """The sheet of this package, if one was begun."""
    return Sheet.objects.select_related("package").filter(key=key).first()


def last_layer(package: KeptPackage) -> Layer | None:
    """What the town set for this service when it last offered it; its deviations only where the package is the same."""
    last = Edition.objects.filter(key=package.key).order_by("made_at").last()
    if last is None:
        return None
    layer = last.layer
    return layer if last.package_id == package.pk else Layer(layer.values, layer.sources)


def lay_out(*, package: KeptPackage, typed: Mapping[str, list[str]], origins: Mapping[str, str]) -> Sheet:
    """A sheet with what is known already; an earlier one of the same service is torn up."""
    sheet, _ = Sheet.objects.update_or_create(
        key=package.key,
        defaults={"package": package, "typed": dict(typed), "origins": dict(origins), "changed_at": clock.now()},
    )
    return sheet


def fill_out(*, sheet: Sheet, typed: Mapping[str, list[str]], origins: Mapping[str, str] | None = None) -> None:
    """Put down what was typed, right or wrong."""
    sheet.typed = dict(typed)
    if origins is not None:
        sheet.origins = dict(origins)
    sheet.changed_at = clock.now()
    sheet.save(update_fields=["typed", "origins", "changed_at"])


def tear_up(*, sheet: Sheet) -> None:
    """The settings are in force, or nobody wants them."""
    sheet.delete()
