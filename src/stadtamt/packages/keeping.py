"""What a town keeps: packages as their authors published them, and what it had set when it stopped using one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from stadtamt.kernel import clock, tenancy
from stadtamt.packages.archive import digest_of
from stadtamt.packages.errors import InstallRefused
from stadtamt.packages.format.files import Files, text_of
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.models import Edition, Installation, KeptPackage, PastLayer


@dataclass(frozen=True, slots=True)
class Source:
    """Where a package came from: the archive as received, the author's key, the registry."""

    archive: bytes | None = None
    author: str = ""
    origin: str = ""


UNSIGNED = Source()
"""A folder on this machine."""


def hold_packages() -> None:
    """One deed on a town's packages at a time, to the end of the transaction: they share settings and addresses."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 11))", [str(tenancy.current_id())])


def put_by(*, files: Files, source: Source) -> tuple[KeptPackage, bool]:
    """The kept package of this content and source, and whether it is new.

    The same files signed by somebody else are another one: whoever signs a copy becomes nobody's author by it.
    What comes without a signature is what is in force already, if it says the same.
    """
    package, digest = read_package(files), digest_of(files)
    if not source.author:
        present = Installation.objects.filter(key=package.id, package__digest=digest).select_related("package").first()
        if present is not None:
            return present.package, False
    return KeptPackage.objects.get_or_create(
        key=package.id,
        version=package.version,
        digest=digest,
        author=source.author,
        origin=source.origin,
        defaults={
            "content": {name: text_of(files, name) for name in files},
            "archive": source.archive,
            "kept_at": clock.now(),
        },
    )


def other_author(present: KeptPackage, *, digest: str, author: str) -> bool:
    """Whether these files come from somebody else than those in force; a copy without a signature is no change."""
    if present.digest == digest and not author:
        return False
    return present.author != author


def check_author(present: Installation | None, files: Files, source: Source) -> None:
    """Raises InstallRefused where files come from somebody else than the author of those in force."""
    if present is None or not other_author(present.package, digest=digest_of(files), author=source.author):
        return
    before = "ein anderer Urheber unterschrieben als die eingerichtete"
    if not present.package.author:
        before = "ein Urheber unterschrieben; die eingerichtete kam ohne Unterschrift"
    if not source.author:
        before = "niemand unterschrieben; die eingerichtete trägt eine Unterschrift"
    raise InstallRefused(
        f"Die neue Fassung von „{present.key}“ hat {before}. "
        "Bitte klären Sie, ob das seine Richtigkeit hat; wenn ja, ist der neue Urheber ausdrücklich anzunehmen."
    )


def put_layer_by(installation: Installation) -> None:
    """What the town has set is taken up again when it offers the service again."""
    PastLayer.objects.update_or_create(
        key=installation.key,
        defaults={"package": installation.package, "layer_data": installation.layer_data, "kept_at": clock.now()},
    )


def past_layer(key: str) -> tuple[KeptPackage, Layer] | None:
    """What the town had set when it last offered this service, and for which package."""
    found: PastLayer | Edition | None = PastLayer.objects.select_related("package").filter(key=key).first()
    found = found or Edition.objects.select_related("package").filter(key=key).order_by("made_at").last()
    return (found.package, found.layer) if found is not None else None
