"""Puts what The Update Framework refuses into a class and a sentence of its own reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    SlowRetrievalError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Root

from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.trust import problems
from stadtamt.packages.trust.fetching import Fetcher

_ROLE = re.compile(r"root|timestamp|snapshot|targets")
_EXPIRED = {
    "root": "Der Vertrauensanker des Registers ist abgelaufen; der Betreiber muss ihn erneuern.",
    "timestamp": "Das Register ist abgelaufen: Es wurde lange nicht erneuert, oder jemand hält Neues zurück.",
    "snapshot": "Der Stand des Registers ist abgelaufen: Es wurde lange nicht erneuert, oder jemand hält Neues zurück.",
    "targets": "Die Liste der Leistungen im Register ist abgelaufen; der Betreiber muss sie erneuern.",
}
_ROLLED_BACK = re.compile(r"New (timestamp|snapshot) |Expected \S+\.json version")
# The first that fits: the class of the library, a look at its words and at what was read, and the reason.
_REASONS: tuple[tuple[type[Exception], Callable[[str, bool], object], type[problems.RegistryProblem]], ...] = (
    (LengthOrHashMismatchError, lambda text, about_target: about_target and "length" in text, problems.WrongSize),
    (LengthOrHashMismatchError, lambda _, about_target: about_target, problems.RegistryTampered),
    (LengthOrHashMismatchError, lambda *_: True, problems.MixedUp),
    (RepositoryError, lambda text, _: _ROLLED_BACK.match(text), problems.RegistryRolledBack),
    (BadVersionNumberError, lambda *_: True, problems.MixedUp),
    (DownloadLengthMismatchError, lambda *_: True, problems.EndlessData),
    (SlowRetrievalError, lambda *_: True, problems.TooSlow),
    (DownloadHTTPError, lambda *_: True, problems.NotThere),
    (DownloadError, lambda *_: True, problems.Unreachable),
)


@contextmanager
def in_words(fetcher: Fetcher, root: Callable[[], Root] | None = None) -> Iterator[None]:
    """Inside, every refusal leaves as a RegistryProblem. `root` tells which keys are trusted at that moment."""
    try:
        yield
    except (RepositoryError, DownloadError) as fault:
        cause = fault.__cause__
        raise (cause if isinstance(cause, PackageProblem) else _in_words(fault, fetcher, root and root())) from fault


def _in_words(fault: Exception, fetcher: Fetcher, root: Root | None) -> problems.RegistryProblem:
    file, text = fetcher.last_name.rpartition("/")[2], str(fault)
    if isinstance(fault, UnsignedMetadataError):
        return _about_signatures(file, fetcher.last_content, root)
    if isinstance(fault, ExpiredMetadataError):
        role = next(role for role in _EXPIRED if role in text)
        return problems.RegistryExpired(_EXPIRED[role], file=f"{role}.json")
    if isinstance(fault, DownloadHTTPError) and fault.status_code not in (403, 404):
        return problems.Unreachable(f"Das Register antwortet mit dem Fehler {fault.status_code}.", file=file)
    about_target = fetcher.last_name.startswith("targets/")
    for kind, told, reason in _REASONS:
        if isinstance(fault, kind) and told(text, about_target):
            return reason(file=file)
    return problems.RegistryTampered("Eine Datei des Registers ist unlesbar.", file=file)


def _about_signatures(file: str, content: bytes, root: Root | None) -> problems.RegistryProblem:
    """Whether there is no signature, one by a stranger, or one that does not fit the content."""
    found = {one["keyid"]: one["sig"] for one in _signatures(content) if one.get("sig")}
    if not found:
        return problems.RegistryUnsigned(file=file)
    role = _ROLE.search(file)
    trusted = root.roles[role[0]].keyids if root and role else []
    if not set(trusted) & found.keys():
        return problems.UnknownKey(file=file)
    return problems.RegistryTampered(
        "Eine Datei des Registers wurde verändert, nachdem sie unterschrieben war.", file=file
    )


def _signatures(content: bytes) -> list[Mapping[str, str]]:
    try:
        found = json.loads(content)["signatures"]
        return [one for one in found if isinstance(one, dict) and isinstance(one.get("keyid"), str)]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
