"""Packages of one town at the terminal: where they come from, and what the commands do with them inside the town."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from stadtamt.conf.commandline.console import CommandProblem
from stadtamt.conf.commandline.package_files import files_at
from stadtamt.kernel import audit, clock
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import Source
from stadtamt.packages.archive import author_key, pack, unpack
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import Files, files_of_folder
from stadtamt.packages.format.reader import version_key
from stadtamt.packages.models import KeptPackage
from stadtamt.packages.officer.offers import make_known
from stadtamt.packages.trust import RegistryProblem, registries, registry
from stadtamt.packages.updating import installed

TERMINAL = audit.Actor("office", name="Kommandozeile")


def find_town(text: str) -> Municipality:
    """The town of this name or official regional key (ARS, 12 digits). Raises CommandProblem."""
    field = "ars" if text.isdigit() else "name__iexact"
    found = list(Municipality.objects.filter(**{field: text})[:2])
    if len(found) == 1:
        return found[0]
    known = ", ".join(Municipality.objects.order_by("name").values_list("name", flat=True)[:10])
    reason = "gibt es mehrmals; bitte den Regionalschlüssel angeben" if found else "gibt es hier nicht"
    raise CommandProblem(f"Die Kommune „{text[:60]}“ {reason}. Bekannt sind: {known or 'keine'}.")


def obtain(wanted: str, *, version: str | None = None, origin: str = "") -> tuple[Files, Source]:
    """The package at a path, or of this name: from the registry `origin`, else from all known ones, else as shipped.

    Of several versions the newest. Raises CommandProblem or PackageProblem.
    """
    if _is_path(wanted):
        return _from_path(Path(wanted).expanduser())
    found = _from_registries(wanted, version, origin)
    shipped: Path = settings.SERVICES / wanted
    if found is not None:
        return found
    if not shipped.is_dir():
        raise CommandProblem(f"„{wanted[:60]}“ ist kein Pfad, und kein bekanntes Register hat ein Paket dieses Namens.")
    if version is not None:
        raise CommandProblem(f"„{wanted[:60]}“ gibt es nicht in der Version {version}.")
    return files_of_folder(shipped), Source()


def as_archive(kept: KeptPackage, *, key_file: Path) -> bytes:
    """The archive as it was received; a package that came as a folder is packed and signed by this installation."""
    return bytes(kept.archive) if kept.archive is not None else pack(kept.files, author_key(key_file))


def tell_registry(town: Municipality, key: str) -> str:
    """Let the registry know that the town uses the package, where the town agreed; what went wrong as a sentence.

    Called after the town's own transaction: what is in force here does not hang on whether a registry answers.
    """
    with within(town):
        installation = installed(key)
        try:
            make_known(installation=installation, now=clock.now())
        except PackageProblem as problem:
            return f"Das Register hat die Meldung nicht angenommen: {problem}"
    return ""


def answers_of(given: Sequence[str]) -> dict[str, Any]:
    """``CONFLICT=mine``, ``=theirs`` or ``=VALUE``: JSON or plain text; after ``value:`` it is taken as it is."""
    answers: dict[str, Any] = {}
    for entry in given:
        conflict, sign, text = entry.partition("=")
        if not sign:
            raise CommandProblem(f"„{entry[:80]}“: Eine Antwort hat die Form KONFLIKT=mine, =theirs oder =WERT.")
        answers[conflict] = text if text in {"mine", "theirs"} else {"value": _value(text.removeprefix("value:"))}
    return answers


def _value(text: str) -> Any:
    with suppress(ValueError):
        return json.loads(text)
    return text


def _is_path(wanted: str) -> bool:
    return "/" in wanted or wanted in {".", ".."} or wanted.endswith(".leistung") or Path(wanted).is_dir()


def _from_path(path: Path) -> tuple[Files, Source]:
    if path.is_dir():
        return files_at(path), Source()
    try:
        data = path.read_bytes()
    except OSError:
        raise CommandProblem(f"{path} gibt es nicht oder lässt sich nicht lesen.") from None
    archive = unpack(data)
    return archive.files, Source(archive=data, author=archive.key_id)


def _from_registries(name: str, version: str | None, origin: str) -> tuple[Files, Source] | None:
    """The newest version that one of the registries has. A registry that cannot be believed stops the search."""
    place = settings.DATA / "registries"
    known = [registry(place, origin)] if origin else registries(place)
    best: tuple[tuple[int, ...], str, str] | None = None
    for one in known:
        try:
            entries = one.refresh(now=clock.now()).versions_of(name)
        except RegistryProblem as problem:
            raise CommandProblem(f"Register „{one.name}“: {problem.sentence}") from problem
        for entry in entries:
            offer = (version_key(entry.version), entry.version, one.name)
            if version in (None, entry.version) and (best is None or offer > best):
                best = offer
    if best is None:
        return None
    _, newest, source = best
    data = registry(place, source).fetch(name, newest, now=clock.now())
    archive = unpack(data)
    return archive.files, Source(archive=data, author=archive.key_id, origin=source)
