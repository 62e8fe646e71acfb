"""What further deviations would do to a form before they count: to the package, its cases, and what it asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stadtamt.forms.schema import Situation
from stadtamt.forms.schema.measuring import Burden, burden_of, extent_of
from stadtamt.kernel import clock, tenancy
from stadtamt.kernel.dates import with_dates
from stadtamt.packages.format.layer import Override
from stadtamt.packages.gate import failing_cases
from stadtamt.packages.officer.deviating import Deviating, with_deviations
from stadtamt.packages.overrides.needs import read_form
from stadtamt.packages.preparing import Prepared, prepare


@dataclass(frozen=True, slots=True)
class Weighed:
    """What would come of it. `failures` are the cases that would not come out as they should."""

    before: Burden
    after: Burden
    whole_before: Burden
    whole_after: Burden
    failures: tuple[str, ...]

    @property
    def words(self) -> str:
        return _compared(self.before, self.after)

    @property
    def whole(self) -> str:
        """The same of everything that may be asked at all."""
        return _compared(self.whole_before, self.whole_after)


def weigh(now: Deviating, overrides: Iterable[Override]) -> Weighed:
    """These deviations tried, with nothing taken. Raises PackageProblem where they do not fit."""
    given = list(overrides)
    prepared = under(now, given)
    layer = with_deviations(now.layer, given)
    failures = failing_cases(prepared.package, layer, town=tenancy.current().name)
    before, after = situation_of(under(now, ())), situation_of(prepared)
    wholes = extent_of(before.schema), extent_of(after.schema)
    return Weighed(burden_of(before), burden_of(after), *wholes, failures)


def burden(now: Deviating, overrides: Iterable[Override] = ()) -> Burden:
    """What the form asks of somebody who gives nothing optional, under these further deviations.

    Raises PackageProblem where they do not fit.
    """
    return burden_of(situation_of(under(now, overrides)))


def under(now: Deviating, overrides: Iterable[Override]) -> Prepared:
    """The package as it would be under these further deviations. Raises PackageProblem."""
    return prepare(now.installation.package.files, with_deviations(now.layer, overrides))


def situation_of(prepared: Prepared) -> Situation:
    """Somebody who has answered nothing yet, in the current town."""
    town = tenancy.current()
    return Situation(
        read_form(prepared.package.form),
        {},
        with_dates(prepared.parameters),
        clock.today(),
        {"name": town.name, "office": town.office_name, "land": town.land},
        {"title": str(prepared.package.service["title"])},
    )


def _compared(before: Burden, after: Burden) -> str:
    return f"{after.words}, wie bisher" if before == after else f"{before.words} → {after.words}"
