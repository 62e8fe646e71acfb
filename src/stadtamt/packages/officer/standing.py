"""How the town's packages stand: what is in force, and how many cases still run under which edition."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from stadtamt.cases.models import Case, State
from stadtamt.catalogue.models import Service
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.maturity import TOP, Maturity, maturity_of
from stadtamt.packages.models import Edition, Installation, KeptPackage

__all__ = ["TOP", "RunningEdition", "Standing", "maturity_of_kept", "standing_of", "standing_of_all"]


@dataclass(frozen=True, slots=True)
class RunningEdition:
    """An edition that is in force or has open cases."""

    edition: str
    version: str
    made_at: datetime
    cases: int
    current: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """One installed package."""

    key: str
    title: str
    version: str
    edition: str
    withdrawn: bool
    changed_at: datetime
    author: str
    origin: str
    has_archive: bool
    editions: tuple[RunningEdition, ...]
    maturity: Maturity


def standing_of_all() -> list[Standing]:
    """All installed packages, by title."""
    found = [_standing(one) for one in Installation.objects.select_related("package").defer("package__archive")]
    return sorted(found, key=lambda one: one.title.casefold())


def standing_of(key: str) -> Standing | None:
    """One installed package."""
    one = Installation.objects.select_related("package").filter(key=key).first()
    return _standing(one) if one else None


def _standing(installation: Installation) -> Standing:
    key = installation.key
    running = Counter(Case.objects.filter(package=key).exclude(state=State.CLOSED).values_list("edition", flat=True))
    editions = Edition.objects.filter(key=key, edition__in=[*running, installation.edition]).select_related("package")
    services = Service.objects.filter(package=key)
    own = services.filter(key=key).first()
    return Standing(
        key=key,
        title=own.title if own else str(read_package(installation.package.files).service["title"]),
        version=installation.version,
        edition=installation.edition,
        withdrawn=not services.filter(withdrawn=False).exists(),
        changed_at=installation.changed_at,
        author=installation.package.author,
        origin=installation.package.origin,
        has_archive=installation.package.archive is not None,
        editions=tuple(
            RunningEdition(
                edition=one.edition,
                version=one.package.version,
                made_at=one.made_at,
                cases=running[one.edition],
                current=one.edition == installation.edition,
            )
            for one in editions.defer("package__archive", "package__content").order_by("-made_at")
        ),
        maturity=maturity_of_kept(installation.package),
    )


_computed: dict[str, Maturity] = {}


def maturity_of_kept(kept: KeptPackage) -> Maturity:
    """The maturity of the author's package; computed once, as what has this digest never changes."""
    if kept.digest not in _computed:
        _computed[kept.digest] = maturity_of(read_package(kept.files))
    return _computed[kept.digest]
