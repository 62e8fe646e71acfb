"""Sheets: settings of a package that an officer has begun to fill in, kept between pages and days."""

from __future__ import annotations

from collections.abc import Mapping

from stadtamt.kernel import clock
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.keeping import past_layer
from stadtamt.packages.merging import merge
from stadtamt.packages.models import KeptPackage, Sheet

__all__ = ["fill_out", "last_layer", "lay_out", "past_layer", "sheet_of", "tear_up"]


def sheet_of(key: str) -> Sheet | None:
    """The sheet of this package, if one was begun."""
    return Sheet.objects.select_related("package").filter(key=key).first()


def last_layer(package: KeptPackage) -> Layer | None:
    """What the town set for this service when it last offered it; what can be kept of it in another version."""
    past = past_layer(package.key)
    if past is None:
        return None
    kept, layer = past
    if kept.digest == package.digest:
        return layer
    return merge(read_package(kept.files), read_package(package.files), layer).layer


def lay_out(
    *, package: KeptPackage, typed: Mapping[str, list[str]], origins: Mapping[str, str], base: Layer | None = None
) -> Sheet:
    """A sheet with what is known already; an earlier one of the same service is torn up. `base`: what is in force."""
    sheet, _ = Sheet.objects.update_or_create(
        key=package.key,
        defaults={"package": package, "typed": dict(typed), "origins": dict(origins), "changed_at": clock.now()}
        | {"base": base.as_data() if base is not None else {}},
    )
    return sheet


def fill_out(
    *,
    sheet: Sheet,
    typed: Mapping[str, list[str]],
    origins: Mapping[str, str] | None = None,
    base: Layer | None = None,
) -> None:
    """Put down what was typed, right or wrong; `base` where it was brought up to what is in force now."""
    sheet.typed = dict(typed)
    if origins is not None:
        sheet.origins = dict(origins)
    if base is not None:
        sheet.base = base.as_data()
    sheet.changed_at = clock.now()
    sheet.save(update_fields=["typed", "origins", "base", "changed_at"])


def tear_up(*, sheet: Sheet) -> None:
    """The settings are in force, or nobody wants them."""
    sheet.delete()
